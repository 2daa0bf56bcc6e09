package etal.fleet.world.forger;

import static etal.fleet.world.forger.Forged.unless;

import etal.fleet.auditor.Reckoning;
import etal.fleet.market.VotedRules;
import etal.fleet.world.sim.fund.SimFund;
import etal.protocol.card.Balances;
import etal.protocol.card.Deltas;
import etal.protocol.catalogue.Product;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.scheme.file.SchemeReading;
import etal.protocol.scheme.file.ShippedSchemes;
import etal.protocol.split.Basket;
import etal.protocol.split.BasketLine;
import etal.protocol.split.CardState;
import etal.protocol.split.Plan;
import etal.protocol.split.PointOfSale;
import etal.protocol.split.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** What the rules give for many baskets and purses, against the auditor's own reckoning from the scheme's words. */
final class RuleForgeries {
    private static final int BASKETS = 150;
    private static final int CAP_EUROS = 3;

    private RuleForgeries() {}

    static List<Attempt> all() {
        return List.of(
                new Attempt("many baskets under every fund's rules", fund -> everyFund()),
                new Attempt("many baskets under a cap per sale", fund -> capped()));
    }

    private static void everyFund() {
        for (String id : SimFund.withCards()) {
            SimFund fund = SimFund.of(id, ForgersFund.FUND);
            baskets(fund, fund.scheme());
        }
    }

    private static void capped() {
        SimFund fund = SimFund.of(ShippedSchemes.DIEULEFIT, ForgersFund.FUND);
        String yaml = fund.yaml().replaceFirst("(?m)^  loadCap: .*$", "$0\n  saleMost: " + CAP_EUROS);
        switch (SchemeFile.read(yaml, "capped")) {
            case SchemeReading.Read read -> baskets(fund, read.scheme());
            case SchemeReading.Faulty faulty -> throw new IllegalStateException(faulty.toString());
        }
    }

    private static void baskets(SimFund fund, Scheme scheme) {
        var random = new SplittableRandom(1);
        for (int basket = 0; basket < BASKETS; basket++) {
            // Every fourth card is almost as full as a card may be.
            long most = scheme.card().loadCapCents();
            long allocation = basket % 4 == 0 ? Math.max(0, most - random.nextInt(500)) : random.nextInt(20_000);
            var purses =
                    new Reckoning.Purses(allocation, random.nextInt(2) * random.nextInt(3_000), random.nextInt(4_000));
            check(fund, scheme, lines(fund, random), purses);
        }
    }

    private static List<BasketLine> lines(SimFund fund, SplittableRandom random) {
        var lines = new ArrayList<BasketLine>();
        for (int line = 1 + random.nextInt(4); line > 0; line--) {
            List<Product> products = fund.catalogue().products();
            Product product = products.get(random.nextInt(products.size()));
            int percent = product.coveragePercent() == 0 ? 0 : 50 + 10 * random.nextInt(6);
            long cents = product.unitPriceCents() * (1 + random.nextInt(5)) + random.nextInt(100);
            lines.add(new BasketLine(
                    product.id(),
                    product.name(),
                    product.family(),
                    1,
                    cents,
                    product.vatPermille(),
                    percent,
                    product.labels(),
                    cents,
                    0));
        }
        return lines;
    }

    private static void check(SimFund fund, Scheme scheme, List<BasketLine> lines, Reckoning.Purses purses) {
        long place = SimFund.POINT_OF_SALE;
        var card = new CardState(new Balances(purses.allocation(), purses.bonus(), purses.earnable()), place);
        Plan plan = Split.split(
                new Basket(lines, Optional.empty()), scheme, new PointOfSale(place, SmallMarket.SIREN), card);
        List<Reckoning.Line> funded = lines.stream()
                .filter(line -> line.coveragePercent() > 0)
                .map(line ->
                        new Reckoning.Line(line.family(), line.labels(), line.priceCents(), line.coveragePercent()))
                .toList();
        Reckoning.Shares shares = Reckoning.of(VotedRules.of(scheme), place, place, funded, purses);
        var due = new Deltas(-shares.fromAllocation(), shares.earned() - shares.fromBonus(), -shares.earned());
        long totalCents = lines.stream().mapToLong(BasketLine::priceCents).sum();
        unless(
                plan.deltas().equals(due),
                "the rules of " + fund.scheme().id() + " give " + plan.deltas() + ", by their words " + due);
        unless(
                plan.cashCents() == totalCents - shares.card(),
                "of " + totalCents + " cents " + plan.cashCents() + " are left to pay in cash");
    }
}

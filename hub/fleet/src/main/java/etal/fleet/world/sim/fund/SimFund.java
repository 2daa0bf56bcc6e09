package etal.fleet.world.sim.fund;

import etal.fleet.market.OwnMarket;
import etal.protocol.card.Balances;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Period;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.Product;
import etal.protocol.scheme.Allocation;
import etal.protocol.scheme.Bonus;
import etal.protocol.scheme.Household;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.scheme.file.SchemeReading;
import etal.protocol.scheme.file.ShippedSchemes;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A fund in which a market is played: the rules of one that ships, under the number and at the day of the simulation.
 * Immutable.
 *
 * @param yaml its scheme as it is published
 * @param catalogue the market's product list; where the rules look at labels or rates, with some of each
 * @param entitlement what the card of two grown-ups loads each month
 */
public record SimFund(Scheme scheme, String yaml, Catalogue catalogue, Entitlement entitlement) {
    /** The stall's number; every scheme that ships with a register knows it. */
    public static final long POINT_OF_SALE = 1;

    private static final YearMonth MONTH = YearMonth.of(2025, 4);
    private static final List<String> LABELS = List.of("base", "bio", "durable", "local");
    private static final long POOLED_CENTS = 7_000;
    private static final long CATALOGUE_SEED = 18;

    /** The fund of that name, taking the number {@code fund}. */
    public static SimFund of(String id, long fund) {
        String yaml = ShippedSchemes.yaml(id)
                .replaceFirst("(?m)^fund: .*$", "fund: " + fund)
                .replaceFirst("(?m)^holdsFrom: .*$", "holdsFrom: 2025-03-01");
        Scheme scheme = switch (SchemeFile.read(yaml, id)) {
            case SchemeReading.Read read -> read.scheme();
            case SchemeReading.Faulty faulty -> throw new IllegalStateException(faulty.toString());
        };
        boolean plain = id.equals(ShippedSchemes.DIEULEFIT);
        return new SimFund(scheme, yaml, plain ? OwnMarket.catalogue() : labelled(), entitlement(scheme));
    }

    /** Those funds whose cards carry value. */
    public static List<String> withCards() {
        return ShippedSchemes.ids().stream()
                .filter(id -> ShippedSchemes.scheme(id).allocation().onCard())
                .toList();
    }

    private static Entitlement entitlement(Scheme scheme) {
        Household two = Household.ofAdults(2);
        // A pool's mean follows from who has paid; here it is simply some amount.
        boolean pooled = scheme.allocation().basis() instanceof Allocation.Basis.PooledMean;
        long amountCents = pooled ? POOLED_CENTS : scheme.allocation().amountCents(two, MONTH);
        long earnableCents = scheme.bonus()
                .map(bonus -> bonus.earnableCents(two.persons()))
                .map(cents -> cents == Bonus.NO_CAP ? scheme.card().loadCapCents() : cents)
                .orElse(0L);
        return new Entitlement(
                amountCents,
                earnableCents,
                Math.min(Balances.PURSE_MAX, scheme.card().carryOver().keepCents(amountCents)),
                scheme.convention().pointsOfSale().chosenOnly() ? POINT_OF_SALE : 0,
                Period.of(MONTH.getYear(), MONTH.getMonthValue()),
                Period.of(MONTH.getYear(), MONTH.getMonthValue()) + 11,
                scheme.card().catchUpMonths(),
                1);
    }

    private static Catalogue labelled() {
        var random = new SplittableRandom(CATALOGUE_SEED);
        var products = new ArrayList<Product>();
        for (Product product : OwnMarket.catalogue().products()) {
            List<String> labels =
                    LABELS.stream().filter(label -> random.nextInt(2) == 0).toList();
            boolean part = product.coveragePercent() > 0 && random.nextInt(4) == 0;
            products.add(new Product(
                    product.id(),
                    product.name(),
                    product.family(),
                    product.unitPriceCents(),
                    product.vatPermille(),
                    part ? 1 + random.nextInt(99) : product.coveragePercent(),
                    labels));
        }
        return new Catalogue(products);
    }
}

package etal.fleet.market;

import etal.fleet.auditor.ExpectedDay;
import etal.fleet.fault.FaultPlanner;
import etal.fleet.market.Visit.Purchase;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.Product;
import etal.protocol.scheme.Scheme;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;

/** Makes the plan of a day from receipts and a seed: who comes to which stall when, and what goes wrong. */
public final class DayPlanner {
    /** A Wednesday, the day of the Marché du Lavoir. */
    public static final LocalDate DAY = LocalDate.of(2025, 4, 2);

    private static final LocalTime OPENS = LocalTime.of(16, 0);
    private static final Duration MARKET = Duration.ofHours(4);
    private static final int HOUSEHOLDS_MIN = 50;
    private static final int BASKETS_PER_HOUSEHOLD = 12;

    private final Scheme scheme;
    private final Catalogue catalogue;
    private final SplittableRandom random;
    private final long seed;

    private DayPlanner(Scheme scheme, Catalogue catalogue, long seed) {
        this.scheme = scheme;
        this.catalogue = catalogue;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** The plan of {@code receipts} sold on {@link #DAY} under {@code scheme}. */
    public static DayPlan plan(Scheme scheme, Catalogue catalogue, List<Receipt> receipts, long seed) {
        return new DayPlanner(scheme, catalogue, seed).plan(receipts);
    }

    private DayPlan plan(List<Receipt> receipts) {
        List<StallOfTheDay> stalls = StallOfTheDay.all();
        List<Household> households = households(Math.max(HOUSEHOLDS_MIN, receipts.size() / BASKETS_PER_HOUSEHOLD));
        List<Visit> visits = emptyOneCard(visits(receipts, stalls, households), households);
        var expected = ExpectedDay.of(VotedRules.of(scheme), VotedRules.goods(catalogue), households, visits);
        var faults = FaultPlanner.plan(random.split(), stalls, visits, expected, opens(), opens().plus(MARKET));
        return new DayPlan(seed, DAY, stalls, households, visits, faults);
    }

    private Instant opens() {
        return DAY.atTime(OPENS).atZone(scheme.zone()).toInstant();
    }

    private List<Household> households(int count) {
        var households = new ArrayList<Household>();
        for (int number = 1; number <= count; number++) {
            households.add(Household.drawn(number, scheme, random));
        }
        return households;
    }

    private List<Visit> visits(List<Receipt> receipts, List<StallOfTheDay> stalls, List<Household> households) {
        var visits = new ArrayList<Visit>();
        Duration step = MARKET.dividedBy(receipts.size() + 1L);
        for (int i = 0; i < receipts.size(); i++) {
            List<Purchase> purchases = purchases(receipts.get(i));
            int stall = 1 + random.nextInt(stalls.size());
            int household = 1 + random.nextInt(households.size());
            Instant at = opens().plus(step.multipliedBy(i + 1L));
            visits.add(
                    new Visit(i + 1, stall, household, at, purchases, conventioned(purchases), random.nextInt(8) == 0));
        }
        return visits;
    }

    private List<Purchase> purchases(Receipt receipt) {
        var quantities = new LinkedHashMap<String, Long>();
        for (String item : receipt.items()) {
            int dice = random.nextInt(20);
            quantities.merge(item, dice < 15 ? 1L : dice < 19 ? 2L : 3L, Long::sum);
        }
        return quantities.entrySet().stream()
                .map(entry -> new Purchase(entry.getKey(), entry.getValue()))
                .toList();
    }

    private boolean conventioned(List<Purchase> purchases) {
        return purchases.stream().anyMatch(purchase -> coveragePercent(product(purchase)) > 0);
    }

    private int coveragePercent(Product product) {
        return scheme.convention().coveragePercent(product.family(), List.of(), product.coveragePercent(), 1);
    }

    private Product product(Purchase purchase) {
        return catalogue.find(purchase.product()).orElseThrow();
    }

    /**
     * Where no card runs empty in the middle of a basket by itself, the last buyer with a card fills the basket until it does:
     * a market day without an empty card would leave out what members fear most.
     */
    private List<Visit> emptyOneCard(List<Visit> visits, List<Household> households) {
        var expected = ExpectedDay.of(VotedRules.of(scheme), VotedRules.goods(catalogue), households, visits);
        boolean oneRunsEmpty = visits.stream().anyMatch(visit -> expected.runsEmptyAt(visit.number()));
        int last = visits.size() - 1;
        while (last >= 0
                && !(visits.get(last).card()
                        && expected.cardCentsAt(visits.get(last).number()) > 0)) {
            last--;
        }
        if (oneRunsEmpty || last < 0) {
            return visits;
        }
        Visit visit = visits.get(last);
        long leftCents = expected.balanceCentsBefore(visit.number());
        var fuller = new ArrayList<>(visits);
        fuller.set(last, withMore(visit, leftCents));
        return fuller;
    }

    private Visit withMore(Visit visit, long beyondCents) {
        var purchases = new ArrayList<>(visit.purchases());
        for (int i = 0; i < purchases.size(); i++) {
            Product product = product(purchases.get(i));
            if (coveragePercent(product) > 0) {
                long coveredPerUnit = Math.max(1, product.unitPriceCents() * coveragePercent(product) / 100);
                purchases.set(i, new Purchase(product.id(), beyondCents / coveredPerUnit + 2));
                break;
            }
        }
        return new Visit(
                visit.number(), visit.stall(), visit.household(), visit.at(), List.copyOf(purchases), true, true);
    }
}

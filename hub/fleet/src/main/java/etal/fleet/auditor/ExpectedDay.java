package etal.fleet.auditor;

import etal.fleet.market.Household;
import etal.fleet.market.Visit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the day must come to, worked out from the plan alone: each household's money in the order of its visits.
 *
 * <p>The arithmetic is written out a second time in {@link Reckoning} on purpose; sharing the engine's would share its faults.
 */
public final class ExpectedDay {
    private final Map<Integer, Long> cardCentsByVisit = new TreeMap<>();
    private final Map<Integer, Long> totalCentsByVisit = new TreeMap<>();
    private final Map<Integer, Long> balanceBeforeByVisit = new TreeMap<>();
    private final Map<Integer, Boolean> shortByVisit = new TreeMap<>();
    private final Map<Integer, Long> cardCentsByStall = new TreeMap<>();
    private final Map<Integer, Long> salesByStall = new TreeMap<>();

    /** One of the goods of the market: its family, price and the rate of the product list. */
    public record Goods(String family, long unitPriceCents, int coveragePercent) {}

    private ExpectedDay() {}

    /** Works the day out. */
    public static ExpectedDay of(
            Rules rules, Map<String, Goods> catalogue, List<Household> households, List<Visit> visits) {
        var day = new ExpectedDay();
        var balances = new LinkedHashMap<Integer, Long>();
        households.forEach(household -> balances.put(household.number(), household.entitlementCents()));
        for (Visit visit : visits) {
            day.add(visit, rules, catalogue, balances);
        }
        return day;
    }

    private void add(Visit visit, Rules rules, Map<String, Goods> catalogue, Map<Integer, Long> balances) {
        var lines = new ArrayList<Reckoning.Line>();
        long total = 0;
        for (Visit.Purchase purchase : visit.purchases()) {
            Goods product = Objects.requireNonNull(catalogue.get(purchase.product()));
            long price = Math.multiplyExact(product.unitPriceCents(), purchase.quantity());
            total = Math.addExact(total, price);
            lines.add(new Reckoning.Line(product.family(), List.of(), price, product.coveragePercent()));
        }
        long before = balances.getOrDefault(visit.household(), 0L);
        var shares = Reckoning.of(rules, visit.stall(), 0, lines, new Reckoning.Purses(before, 0, 0));
        long covered = shares.covered();
        long card = shares.card();
        balances.put(visit.household(), before - card);
        balanceBeforeByVisit.put(visit.number(), before);
        cardCentsByVisit.put(visit.number(), card);
        totalCentsByVisit.put(visit.number(), total);
        shortByVisit.put(visit.number(), before > 0 && covered > before);
        cardCentsByStall.merge(visit.stall(), card, Long::sum);
        salesByStall.merge(visit.stall(), 1L, Long::sum);
    }

    /** What the card pays at one visit. */
    public long cardCentsAt(int visit) {
        return cardCentsByVisit.getOrDefault(visit, 0L);
    }

    /** What one visit costs altogether. */
    public long totalCentsAt(int visit) {
        return totalCentsByVisit.getOrDefault(visit, 0L);
    }

    /** What is on the household's card before one visit. */
    public long balanceCentsBefore(int visit) {
        return balanceBeforeByVisit.getOrDefault(visit, 0L);
    }

    /** Whether the card has something, but not enough, at one visit. */
    public boolean runsEmptyAt(int visit) {
        return shortByVisit.getOrDefault(visit, false);
    }

    /** What the cards pay at one stall over the day. */
    public long cardCentsOfStall(int stall) {
        return cardCentsByStall.getOrDefault(stall, 0L);
    }

    /** How many sales one stall makes. */
    public long salesOfStall(int stall) {
        return salesByStall.getOrDefault(stall, 0L);
    }

    /** All sales of the day. */
    public long sales() {
        return totalCentsByVisit.size();
    }
}

package etal.hub.reconcile;

import etal.hub.books.Chart;
import etal.hub.books.Journal.Balance;
import etal.hub.members.Member;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Entitlement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the books have on each card against what its newest record says it holds: added up by nobody but the card. And what
 * each load brought against what the household is entitled to, counted month by month. A card of which records are missing
 * is left out of the first, because it is named for that.
 */
final class CardCheck {
    private CardCheck() {}

    /**
     * What a load brought and took, by the card's record.
     *
     * @param months how many; 1 when nothing tells, because no amount belongs to a month
     */
    record Brought(long loadedCents, long expiredCents, long months) {
        static Brought of(Entitlement entitlement, CardRecord load) {
            long before = load.before().allocation();
            long kept = before > entitlement.keepCents() ? entitlement.keepCents() : before;
            long loaded = load.after().allocation() - kept;
            long months = entitlement.amountCents() > 0 ? loaded / entitlement.amountCents() : 1;
            return new Brought(loaded, before - kept, months);
        }
    }

    static List<String> differences(Sources sources, Chart chart, List<Balance> balances) {
        TreeMap<String, CardRecord> newest = new TreeMap<>();
        TreeMap<String, Long> next = new TreeMap<>();
        TreeSet<String> incomplete = new TreeSet<>();
        sources.records().forEach((key, record) -> {
            if (key.counter() > next.getOrDefault(key.card(), 1L)) {
                incomplete.add(key.card());
            }
            next.put(key.card(), key.counter() + 1);
            newest.put(key.card(), record);
        });
        TreeMap<String, Long> books = new TreeMap<>();
        String allocation = chart.account("card-allocation").number();
        String bonus = chart.account("card-bonus").number();
        balances.forEach(
                balance -> books.merge(balance.account() + " " + balance.third(), balance.creditCents(), Long::sum));
        List<String> differences = new ArrayList<>();
        newest.forEach((card, record) -> {
            if (!incomplete.contains(card)) {
                compare(card, allocation, record.after().allocation(), books, differences);
                compare(card, bonus, record.after().bonus(), books, differences);
            }
        });
        differences.addAll(loads(sources));
        return differences;
    }

    private static void compare(
            String card, String account, long heldCents, TreeMap<String, Long> books, List<String> differences) {
        long booksCents = books.getOrDefault(account + " " + card, 0L);
        if (booksCents != heldCents) {
            differences.add("card " + card + " holds " + heldCents + ", account " + account + " says " + booksCents);
        }
    }

    private static List<String> loads(Sources sources) {
        TreeMap<String, Member> members = sources.byCard();
        List<String> differences = new ArrayList<>();
        sources.records().forEach((key, record) -> {
            Member member = members.get(key.card());
            if (record.tag() == CardRecord.Tag.LOAD
                    && (member == null || !entitled(member.entitlement(), record, sources.before(key)))) {
                differences.add(key + ": its household is not entitled to what it loaded");
            }
        });
        return differences;
    }

    private static boolean entitled(Entitlement entitlement, CardRecord load, Optional<CardRecord> before) {
        Brought brought = Brought.of(entitlement, load);
        boolean whole = brought.loadedCents() == brought.months() * entitlement.amountCents();
        boolean others =
                load.after().bonus() == load.before().bonus() && load.after().earnable() == entitlement.earnableCents();
        int due = monthsDue(entitlement, before.map(CardRecord::period).orElse(0), load.period());
        boolean asMany = before.isPresent() && entitlement.amountCents() > 0
                ? brought.months() == due
                : brought.months() >= 1 && brought.months() <= due;
        return whole && others && asMany;
    }

    /** Counted back from the load's month to the one that was loaded before, as far as the entitlement reaches. */
    private static int monthsDue(Entitlement entitlement, int loadedBefore, int period) {
        int due = 0;
        int month = period;
        while (month > loadedBefore
                && month >= entitlement.firstPeriod()
                && period <= entitlement.lastPeriod()
                && due <= entitlement.catchUpMonths()) {
            due++;
            month--;
        }
        return due;
    }
}

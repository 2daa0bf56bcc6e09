package etal.hub.reconcile;

import etal.hub.books.Chart;
import etal.hub.books.Journal.Balance;
import etal.hub.members.Member;
import etal.protocol.card.CardRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the books have on each card against what its newest record says it holds: added up by nobody but the card. And what
 * each load brought against what the household is entitled to, counted month by month. A card of which records are missing
 * is left out of the first, because it is named for that.
 */
final class CardCheck {
    private CardCheck() {}

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
                // What a blocked card holds for ever counts on the card in its place.
                boolean gone = sources.cards().transferred(card);
                compare(card, allocation, gone ? 0 : record.after().allocation(), books, differences);
                compare(card, bonus, gone ? 0 : record.after().bonus(), books, differences);
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
                    && (member == null
                            || sources.cards().terms(member).giving(record).isEmpty())) {
                differences.add(key + ": its household is not entitled to what it loaded");
            }
        });
        return differences;
    }
}

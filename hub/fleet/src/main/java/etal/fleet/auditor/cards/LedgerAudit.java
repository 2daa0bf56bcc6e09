package etal.fleet.auditor.cards;

import etal.fleet.auditor.Reckoning;
import etal.fleet.auditor.Reckoning.Purses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tills against cards and wishes: each debit is a sale once or comes back once, and each sale is what somebody wished. */
final class LedgerAudit {
    private final Ground ground;
    private final List<String> wrong;
    private final Map<String, Spoken> byBytes = new LinkedHashMap<>();
    private final TreeSet<String> sold = new TreeSet<>();
    private final TreeSet<String> refunded = new TreeSet<>();
    private final TreeSet<String> cancelled = new TreeSet<>();
    private final TreeMap<String, String> soldBy = new TreeMap<>();
    private final TreeSet<String> soldRecords = new TreeSet<>();
    private final TreeSet<String> paidUnseen = new TreeSet<>();
    private final TreeMap<Long, Taken.Range> forkedCents = new TreeMap<>();
    private final TreeMap<Long, Long> soldCents = new TreeMap<>();

    LedgerAudit(Ground ground, List<String> wrong) {
        this.ground = ground;
        this.wrong = wrong;
    }

    Taken check() {
        List<Spoken> spoken = Spoken.all(ground.cards());
        spoken.forEach(each -> byBytes.put(each.word().bytes() + each.card().id(), each));
        for (TillSeen till : ground.tills()) {
            soldCents.putIfAbsent(till.stall(), 0L);
            till.sold().forEach(sale -> sale(till, sale));
            till.cancelled().forEach(sale -> cancellation(till, sale));
            till.refunded().forEach(record -> refund(till, record));
            till.baskets().forEach((key, shown) -> shown(till, key, shown));
            trained(till);
        }
        for (Spoken each : spoken) {
            if (each.word().moves() && each.word().terminal() == ground.crook().stall()) {
                crooked(each);
            } else if (each.word().moves() && !forked(each)) {
                settled(each);
            }
        }
        for (String reason : ground.crook().mustLie()) {
            boolean forked = ground.crook().lies().contains("card-forked")
                    || ground.crook().lies().contains("not-continuous");
            if (!ground.crook().lies().contains(reason) && !forked) {
                wrong.add("stall " + ground.crook().stall() + " has cheated, and nothing lies in quarantine as "
                        + reason);
            }
        }
        spoken.stream().filter(this::forked).forEach(this::paidUnseen);
        ground.wishes().values().forEach(this::kept);
        return new Taken(sold, refunded, cancelled, soldCents, forkedCents);
    }

    /** What was practised stands within a training, where nothing else moves anything, and nothing is booked for it. */
    private void trained(TillSeen till) {
        String name = "stall " + till.stall() + ", epoch " + till.epoch() + ": entry ";
        till.trained().astray().forEach(entry -> wrong.add(name + entry + " is practised outside of any training"));
        till.trained().within().forEach(entry -> wrong.add(name + entry + " moves value within a training"));
        till.trained().sales().stream()
                .filter(entry -> ground.hub().booked().contains(till.stall() + "/" + till.epoch() + "/" + entry))
                .forEach(entry -> wrong.add(name + entry + " was practised, and the hub has booked something for it"));
    }

    private static boolean at(CardWord word, TillSeen till) {
        return word.terminal() == till.stall() && word.epoch() == till.epoch();
    }

    private boolean forked(Spoken spoken) {
        return ground.forked().contains(spoken.card().id());
    }

    /** What a forked card has signed is owed if the hub has taken that branch's record, and no cent more. */
    private void owed(TillSeen till, Spoken found) {
        long cents = found.word().spentCents();
        if (!forked(found)) {
            soldCents.merge(till.stall(), cents, Long::sum);
        } else if (found.word().bytes().equals(ground.hub().records().get(found.key()))) {
            var none = new Taken.Range(0, 0);
            forkedCents.merge(till.stall(), none.plus(cents), (one, other) -> one.plus(cents));
        }
    }

    /**
     * What a card signed before it was forked, or on the branch that the hub has taken, may be paid without its sale, as it is
     * of any card: the till asked, the goods were gone, and the card never told. Branches share their first words.
     */
    private void paidUnseen(Spoken each) {
        String key = each.key();
        boolean entered = sold.contains(key) || refunded.contains(key) || cancelled.contains(key);
        if (each.word().moves()
                && each.word().terminal() != ground.crook().stall()
                && !entered
                && ground.hub().payable().contains(key)
                && each.word().bytes().equals(ground.hub().records().get(key))
                && paidUnseen.add(key)) {
            var none = new Taken.Range(0, 0);
            long cents = each.word().spentCents();
            forkedCents.merge(each.word().terminal(), none.plus(cents), (one, other) -> one.plus(cents));
        }
    }

    /** Whoever cheats is paid for what cards have signed under the rules, and for nothing else. */
    private void crooked(Spoken each) {
        soldCents.merge(each.word().terminal(), 0L, Long::sum);
        if (forked(each)) {
            var none = new Taken.Range(0, 0);
            long cents = each.word().spentCents();
            forkedCents.merge(each.word().terminal(), none.plus(cents), (one, other) -> one.plus(cents));
        } else if (ground.crook().honest().contains(each.word().sale())) {
            sold.add(each.key());
            soldCents.merge(each.word().terminal(), each.word().spentCents(), Long::sum);
        }
    }

    private @Nullable Spoken find(TillSeen till, String record) {
        for (CardAccount card : ground.cards()) {
            Spoken found = byBytes.get(record + card.id());
            if (found != null) {
                return found;
            }
        }
        wrong.add("stall " + till.stall() + " holds a record that no card has signed: "
                + CardWord.read(java.util.HexFormat.of().parseHex(record)));
        return null;
    }

    private void sale(TillSeen till, TillSeen.Sold sale) {
        String record = sale.record();
        Spoken found = record == null ? null : find(till, record);
        if (found == null) {
            return;
        }
        CardWord word = found.word();
        owed(till, found);
        if (!word.debit() || !at(word, till) || word.sale() != sale.sale()) {
            wrong.add("sale " + sale.sale() + " of stall " + till.stall() + " stands on " + found.name());
        }
        sold.add(found.key());
        if (!soldRecords.add(record)) {
            wrong.add(found.name() + " is sold twice");
        }
        Wish wish = ground.wishes().get(till.basketOf().getOrDefault(sale.sale(), ""));
        if (wish == null || !wish.wasPresented(found.card().number())) {
            wrong.add(found.name() + ": nobody laid that card down for it");
            return;
        }
        String other = soldBy.put(wish.key(), found.name());
        if (other != null) {
            wrong.add("basket " + wish.key() + " is sold twice: " + other + ", " + found.name());
        }
        if (wish.end() == Wish.End.RETURNED) {
            wrong.add(found.name() + ": sold, and the goods of " + wish.key() + " stayed at the stall");
        }
        reckon(wish, found, till, sale.version());
    }

    /** The card has paid what the words of the scheme give for what it held. */
    private void reckon(Wish wish, Spoken found, TillSeen till, long version) {
        Purses before = found.word().before();
        List<Purses> expected = ground.voted().lists(till, version).stream()
                .map(list -> Reckoning.of(
                        ground.voted().rules(version),
                        wish.stall(),
                        ground.chosenPointOfSale(),
                        wish.lines(list),
                        before))
                .map(shares ->
                        new Purses(-shares.fromAllocation(), shares.earned() - shares.fromBonus(), -shares.earned()))
                .toList();
        if (!expected.contains(found.word().deltas())) {
            wrong.add(found.name() + ": paid " + found.word().deltas() + " for " + wish.key() + ", version " + version
                    + " of the rules gives " + expected);
        }
    }

    /** The card has taken back all of what it had paid for that sale, once, and somebody wished it. */
    private void cancellation(TillSeen till, TillSeen.Sold sale) {
        String record = sale.record();
        Spoken found = record == null ? null : find(till, record);
        if (found == null) {
            return;
        }
        CardWord word = found.word();
        owed(till, found);
        boolean whole = found.card().words().stream()
                .anyMatch(debit -> debit.debit()
                        && debit.place().equals(word.place())
                        && debit.spentCents() == -word.spentCents()
                        && debit.earnedCents() == -word.earnedCents());
        if (!word.tag().equals("EC") || !at(word, till) || word.sale() != sale.sale() || !whole) {
            wrong.add("the cancellation of sale " + sale.sale() + " of stall " + till.stall() + " stands on "
                    + found.name());
        }
        Wish wish = ground.wishes().get(till.basketOf().getOrDefault(sale.sale(), ""));
        if (wish == null || !wish.mayBeCancelled()) {
            wrong.add(found.name() + " is cancelled, and nobody wished it");
        }
        if (!cancelled.add(found.key()) && !forked(found)) {
            wrong.add(found.name() + " is cancelled twice");
        }
    }

    private void refund(TillSeen till, String record) {
        Spoken found = find(till, record);
        if (found == null) {
            return;
        }
        Wish wish =
                ground.wishes().get(till.basketOf().getOrDefault(found.word().sale(), ""));
        if (wish == null || !wish.mayComeBack()) {
            wrong.add(found.name() + " is given back, and nobody gave it up");
        }
        if ((!refunded.add(found.key()) || sold.contains(found.key())) && !forked(found)) {
            wrong.add(found.name() + " is settled twice");
        }
    }

    /** What the screen showed as paid is in the ledger, with that amount of the card's money. */
    private void shown(TillSeen till, String key, TillSeen.Shown shown) {
        Wish wish = ground.wishes().get(key);
        if (wish == null || !shown.paid()) {
            return;
        }
        List<TillSeen.Sold> sales =
                till.sold().stream().filter(sale -> sale.sale() == shown.sale()).toList();
        long cents = 0;
        for (TillSeen.Sold sale : sales) {
            String record = sale.record();
            cents += record == null
                    ? 0
                    : CardWord.read(java.util.HexFormat.of().parseHex(record)).spentCents();
        }
        if (sales.size() != 1
                || cents != shown.cardCents()
                || shown.cardCents() + shown.cashCents() != wish.totalCents()) {
            wrong.add("basket " + key + " is shown as paid, " + shown.cardCents() + " by card of " + wish.totalCents()
                    + "; the ledger of stall " + till.stall() + " has " + sales.size() + " sales of it with " + cents);
        }
    }

    /** A debit is a sale, is given back, a cancellation is in the ledger, or is still asked for by its till; at the end the hub must have decided. */
    private void settled(Spoken each) {
        String key = each.key();
        boolean decided =
                ground.hub().payable().contains(key) || ground.hub().returned().contains(key);
        boolean asked = !ground.last()
                && ground.tills().stream()
                        .anyMatch(till -> at(each.word(), till)
                                && (till.gone() != null
                                        || till.undecided().contains(each.word().sale())));
        boolean entered = sold.contains(key) || refunded.contains(key) || cancelled.contains(key);
        if (!entered && !decided && !asked) {
            wrong.add(each.name() + " is neither sold nor given back, and its till does not ask");
        }
        if (!entered && each.word().debit()) {
            asPeopleLeftIt(each);
        }
    }

    /** What the hub decides follows the goods: the stall is not paid for what it kept, the member not given back what was eaten. */
    private void asPeopleLeftIt(Spoken each) {
        for (TillSeen till : ground.tills()) {
            Wish wish =
                    ground.wishes().get(till.basketOf().getOrDefault(each.word().sale(), ""));
            if (!at(each.word(), till) || wish == null) {
                continue;
            }
            if (wish.end() == Wish.End.RETURNED && ground.hub().payable().contains(each.key())) {
                wrong.add(each.name() + " is paid to the stall, and the goods of " + wish.key() + " stayed there");
            }
            if (wish.end() == Wish.End.KEPT && ground.hub().returned().contains(each.key())) {
                wrong.add(each.name() + " goes back, and the member has the goods of " + wish.key());
            }
        }
    }

    private void kept(Wish wish) {
        boolean shown = ground.tills().stream()
                .anyMatch(till -> till.stall() == wish.stall()
                        && till.epoch() == wish.epoch()
                        && (till.gone() != null
                                || till.baskets().containsKey(wish.key())
                                        && till.baskets().get(wish.key()).paid()));
        if (wish.end() == Wish.End.PAID && !shown && !wish.mayBeCancelled()) {
            wrong.add("basket " + wish.key() + " was shown as paid, and is not any more");
        }
    }
}

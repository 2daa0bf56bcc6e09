package etal.hub.reconcile.cards;

import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.card.CardRecord.Tag;
import etal.protocol.card.Deltas;
import etal.protocol.card.order.CardOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What orders to cards and the records that took them should have led to in the books: by what the cards' purses held
 * before and after, never by what the orders say they do.
 */
public final class ExpectedOrders {
    private final CardsSeen cards;
    private final TreeMap<String, String> replacements;
    private final Posting posting;
    private final List<String> faults;

    /** Hears of an event that should be posted. */
    @FunctionalInterface
    public interface Posting {
        /** An event of that name under the reference NAME/KEY. */
        void put(String event, String key, Map<String, Long> amounts, Map<String, String> thirds);
    }

    private ExpectedOrders(
            CardsSeen cards, TreeMap<String, String> replacements, Posting posting, List<String> faults) {
        this.cards = cards;
        this.replacements = replacements;
        this.posting = posting;
        this.faults = faults;
    }

    /**
     * All of it.
     *
     * @param replacements the card in whose place each comes, by the replaced one's id
     * @param returned card and counter of the payments that went back to their members
     * @param faults is added to: orders and records that nothing stands behind
     */
    public static void of(
            CardsSeen cards,
            TreeMap<String, String> replacements,
            Set<String> returned,
            Posting posting,
            List<String> faults) {
        ExpectedOrders expected = new ExpectedOrders(cards, replacements, posting, faults);
        faults.addAll(cards.faults());
        for (String record : returned) {
            if (cards.issuedFor("refund/" + record).isEmpty()) {
                faults.add("payment " + record + " went back to its member, and no voucher says so");
            }
        }
        cards.orders().forEach(seen -> expected.order(seen, returned));
        cards.records().forEach((card, records) -> records.values().forEach(record -> expected.record(card, record)));
    }

    private void order(OrderSeen seen, Set<String> returned) {
        Optional<CardRecord> taken = seen.taken().isEmpty()
                ? Optional.empty()
                : cards.record(seen.card(), seen.taken().getAsLong());
        boolean taking = taken.filter(record -> cards.taken(seen.card(), record).equals(Optional.of(seen)))
                .isPresent();
        if (seen.taken().isPresent() && !taking) {
            faults.add(seen.name() + ": it counts as taken by record "
                    + seen.taken().getAsLong() + ", which does not say so");
        }
        if (seen.order() instanceof CardOrder.Add add && !stands(seen, add, returned)) {
            faults.add(seen.name() + ": nothing stands behind it: " + seen.why());
        }
    }

    private boolean stands(OrderSeen seen, CardOrder.Add add, Set<String> returned) {
        String[] why = seen.why().split("/", 3);
        return switch (why[0]) {
            case "refund" -> returned.contains(why[1] + "/" + why[2]) && isRefund(add, why[1], Long.parseLong(why[2]));
            case "correction" -> correction(seen, add);
            case "transfer" -> transfer(seen, add, why[1]);
            case "moved" -> moved(seen, add, why[1], Long.parseLong(why[2]));
            default -> false;
        };
    }

    /** The purses hold as much after it as if the payment had not been, all in all; and nothing is taken from one. */
    private boolean isRefund(CardOrder.Add add, String card, long counter) {
        Optional<CardRecord> paid = cards.record(card, counter);
        Deltas given = add.deltas();
        if (paid.isEmpty() || given.allocation() < 0 || given.bonus() < 0 || given.earnable() < 0) {
            return false;
        }
        Balances before = paid.get().before();
        Balances after = paid.get().after();
        long spentCents = before.allocation() + before.bonus() - after.allocation() - after.bonus();
        long earnedCents = before.earnable() - after.earnable();
        return given.allocation() + given.bonus() + given.earnable() == spentCents + earnedCents
                && given.earnable() <= earnedCents
                && given.allocation() <= before.allocation() - after.allocation();
    }

    private boolean correction(OrderSeen seen, CardOrder.Add add) {
        Deltas deltas = add.deltas();
        posting.put(
                "correction-issued",
                seen.card() + "/" + add.number(),
                Map.of("allocation", Math.max(0, deltas.allocation()), "bonus", Math.max(0, deltas.bonus())),
                Map.of("card", seen.card()));
        return deltas.earnable() == 0;
    }

    private boolean transfer(OrderSeen seen, CardOrder.Add add, String blocked) {
        Optional<CardRecord> last = cards.last(blocked);
        if (last.isEmpty() || !seen.card().equals(replacements.get(blocked))) {
            return false;
        }
        Balances held = last.get().after();
        posting.put(
                "transfer-issued",
                blocked,
                Map.of("allocation", held.allocation(), "bonus", held.bonus()),
                Map.of("card", blocked, "replacement", seen.card()));
        Deltas deltas = add.deltas();
        return deltas.allocation() == held.allocation()
                && deltas.bonus() == held.bonus()
                && (deltas.earnable() == 0 || deltas.earnable() == held.earnable());
    }

    private boolean moved(OrderSeen seen, CardOrder.Add add, String blocked, long number) {
        Optional<CardOrder.Add> untaken = cards.orders().stream()
                .filter(one -> one.card().equals(blocked) && one.taken().isEmpty())
                .map(OrderSeen::order)
                .filter(CardOrder.Add.class::isInstance)
                .map(CardOrder.Add.class::cast)
                .filter(one -> one.number() == number)
                .findFirst();
        if (untaken.isEmpty() || cards.last(blocked).isEmpty() || !seen.card().equals(replacements.get(blocked))) {
            return false;
        }
        Deltas deltas = add.deltas();
        long earnedBack = add.reason() == CardOrder.Reason.REFUND ? deltas.earnable() : 0;
        posting.put(
                "rights-moved",
                blocked + "/" + number,
                Map.of("moved", Math.max(0, deltas.allocation()) + Math.max(0, deltas.bonus()) + earnedBack),
                Map.of("card", blocked, "replacement", seen.card()));
        return deltas.equals(untaken.get().deltas())
                && add.reason() == untaken.get().reason();
    }

    private void record(String card, CardRecord record) {
        if (record.tag() != Tag.ADDED && record.tag() != Tag.SET && record.tag() != Tag.BLOCKED) {
            return;
        }
        Optional<OrderSeen> seen = cards.taken(card, record);
        if (seen.isEmpty() || seen.get().order().recordTag() != record.tag()) {
            faults.add("card " + card + " record " + record.counter() + ": the order that it took is not there");
            return;
        }
        if (seen.get().taken().orElse(-1) != record.counter()) {
            faults.add(seen.get().name() + ": record " + record.counter() + " took it, and it counts as not taken");
        }
        if (seen.get().order() instanceof CardOrder.Add add) {
            loaded(card, record, add.reason());
        }
    }

    private void loaded(String card, CardRecord record, CardOrder.Reason reason) {
        long allocation = record.after().allocation() - record.before().allocation();
        long bonus = record.after().bonus() - record.before().bonus();
        long earnable = record.after().earnable() - record.before().earnable();
        String event = switch (reason) {
            case REFUND -> "refund-loaded";
            case CORRECTION -> "correction-loaded";
            case TRANSFER -> "transfer-loaded";
        };
        posting.put(
                event,
                card + "/" + record.counter(),
                Map.of(
                        "allocation", Math.max(0, allocation),
                        "bonus", Math.max(0, bonus),
                        "allocation-back", Math.max(0, -allocation),
                        "bonus-back", Math.max(0, -bonus),
                        "unearned", Math.max(0, earnable)),
                Map.of("card", card));
    }
}

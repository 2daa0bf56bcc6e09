package etal.hub.orders;

import etal.hub.books.Booking;
import etal.hub.books.OrderBookings;
import etal.hub.books.Sql;
import etal.hub.members.Cards;
import etal.hub.members.Member;
import etal.hub.restore.Gates;
import etal.hub.restore.Restored;
import etal.port.Database.Damaged;
import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.order.CardOrder;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Orders that a restored hub issued after its backup and has forgotten, known again by the records of the cards that took
 * them: a card takes nothing that the hub has not signed. What a voucher was for follows from what is owed to the card; of
 * one for which nothing is owed, from nothing but the operator's memory. Used from the loop only, within a transaction.
 */
final class Recognised {
    private final OrderBook book;
    private final Gates gates;
    private final Refunds refunds;

    Recognised(OrderBook book, Gates gates) {
        this.gates = gates;
        refunds = new Refunds(book);
        this.book = book;
    }

    /**
     * An order as it must have been, but for the second of its issue.
     *
     * @param why what it was issued for
     * @param firstPeriod of an entitlement the first month that the books open by it
     */
    record Known(CardOrder order, String why, int firstPeriod) {}

    /**
     * The order behind a record, if the hub may have forgotten it. The record's time says nothing: a till may show an old order
     * long after, and its clock may be wrong.
     */
    Optional<Known> behind(Connection connection, byte[] card, CardRecord record) throws SQLException {
        Optional<Member> member = Cards.find(connection, card);
        if (member.isEmpty() || !Restored.ever(connection) || issued(connection, card, record)) {
            return Optional.empty();
        }
        return switch (record.tag()) {
            case ADDED -> added(connection, member.get(), record);
            case SET -> set(connection, card, record);
            // Also of a card that the list has taken off again: there is no way back from a blocked one.
            case BLOCKED -> Optional.of(blocked(card, record));
            case FIRST, LOAD, DEBIT, CANCEL -> Optional.empty();
        };
    }

    /**
     * The order that was signed anew for one that the hub had forgotten and a card has taken all the same: another second of
     * issue, or another number, and the same in all else. One that a record has taken stands for no second one.
     */
    Optional<CardOrder> again(Connection connection, byte[] card, CardRecord record) throws SQLException {
        if (!Restored.ever(connection)) {
            return Optional.empty();
        }
        return IssuedOrder.of(connection, card).stream()
                .filter(issued -> issued.taken().isEmpty() && same(issued, record))
                .map(IssuedOrder::order)
                .findFirst();
    }

    private static boolean same(IssuedOrder issued, CardRecord record) {
        return switch (issued.order()) {
            // A correction is the operator's word, and said twice it is two.
            case CardOrder.Add add ->
                record.tag() == CardRecord.Tag.ADDED
                        && add.reason() != CardOrder.Reason.CORRECTION
                        && add.number() > record.sale()
                        && add.deltas().equals(record.deltas());
            case CardOrder.Set set ->
                record.tag() == CardRecord.Tag.SET && set.entitlement().version() == record.sale();
            case CardOrder.Block block -> record.tag() == CardRecord.Tag.BLOCKED;
        };
    }

    /** What was booked when the addition was issued: a refund's payment had become a right by itself. */
    Optional<Booking> issued(Connection connection, byte[] card, CardOrder.Add add, String why, String day)
            throws SQLException {
        if (why.startsWith("moved/")) {
            byte[] blocked =
                    Cards.find(connection, card).orElseThrow().replaces().orElseThrow();
            return IssuedOrder.of(connection, blocked).stream()
                    .map(IssuedOrder::order)
                    .filter(CardOrder.Add.class::isInstance)
                    .map(CardOrder.Add.class::cast)
                    .filter(untaken -> why(blocked, untaken).equals(why))
                    .map(untaken -> OrderBookings.rightsMoved(Hash.hex(blocked), Hash.hex(card), untaken, day))
                    .findFirst();
        }
        return switch (add.reason()) {
            case REFUND -> Optional.empty();
            case CORRECTION -> Optional.of(OrderBookings.correctionIssued(Hash.hex(card), add, day));
            case TRANSFER -> {
                byte[] blocked =
                        Cards.find(connection, card).orElseThrow().replaces().orElseThrow();
                Balances held = last(connection, blocked).orElseThrow().after();
                yield Optional.of(OrderBookings.transferIssued(Hash.hex(blocked), Hash.hex(card), held, day));
            }
        };
    }

    private static boolean issued(Connection connection, byte[] card, CardRecord record) throws SQLException {
        return Sql.number(
                        connection,
                        "SELECT COUNT(*) FROM card_order WHERE card = ? AND kind = ? AND number = ?",
                        card,
                        switch (record.tag()) {
                            case ADDED -> "ADD";
                            case SET -> "SET";
                            default -> "BLOCK";
                        },
                        record.sale())
                > 0;
    }

    private Known blocked(byte[] card, CardRecord record) {
        return new Known(book.signedBlock(card, record.timeSeconds()), "denied/" + Hash.hex(card), 0);
    }

    /** The list of members says what that version is; the books open by it what they have not opened yet. */
    private Optional<Known> set(Connection connection, byte[] card, CardRecord record) throws SQLException {
        Optional<Entitlement> listed = book.listed(card, record.sale());
        if (listed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Known(
                book.signedSet(card, listed.get(), record.timeSeconds()),
                "entitlement/" + Hash.hex(card) + "/" + record.sale(),
                1 + Math.max(lastOpened(connection, card), record.period() - 1)));
    }

    /** The last month that the books have opened for a card; a month that brings nothing leaves its contribution alone. */
    private static int lastOpened(Connection connection, byte[] card) throws SQLException {
        int last = 0;
        for (String event : List.of("month-opened/", "contribution-called/")) {
            String of = event + Hash.hex(card) + "/";
            for (int period : Sql.list(
                    connection,
                    "SELECT reference FROM event WHERE reference >= ? AND reference < ? ORDER BY reference",
                    row -> Integer.parseInt(row.getString(1).substring(of.length())),
                    of,
                    of + ":")) {
                last = Math.max(last, period);
            }
        }
        return last;
    }

    private Optional<Known> added(Connection connection, Member member, CardRecord record) throws SQLException {
        Optional<String> why = refund(connection, member.card(), record);
        if (why.isPresent()) {
            return known(connection, member.card(), record, CardOrder.Reason.REFUND, why.get());
        }
        why = transfer(connection, member, record);
        if (why.isPresent()) {
            return known(connection, member.card(), record, CardOrder.Reason.TRANSFER, why.get());
        }
        Optional<IssuedOrder> moved = moved(connection, member, record);
        if (moved.isPresent() && moved.get().order() instanceof CardOrder.Add untaken) {
            String of = why(member.replaces().orElseThrow(), untaken);
            return known(connection, member.card(), record, untaken.reason(), of);
        }
        if (waitsFor(connection, member, record).isPresent()) {
            return Optional.empty();
        }
        String of = "correction/" + Hash.hex(member.card()) + "/forgotten " + record.sale();
        return known(connection, member.card(), record, CardOrder.Reason.CORRECTION, of);
    }

    /** What must come before the hub can say what a forgotten order was for, in a sentence; empty if nothing. */
    Optional<String> waitsFor(Connection connection, Member member, CardRecord record) throws SQLException {
        if (!Restored.ever(connection)) {
            return Optional.empty();
        }
        return switch (record.tag()) {
            case SET ->
                book.listed(member.card(), record.sale()).isPresent()
                        ? Optional.empty()
                        : Optional.of(
                                "the hub has forgotten its entitlement of version " + record.sale()
                                        + ": write that one under \"earlier\" of the card in members.json and start the hub again");
            case ADDED -> voucherWaitsFor(connection, member, record);
            case BLOCKED, FIRST, LOAD, DEBIT, CANCEL -> Optional.empty();
        };
    }

    /** Until all is read back, what it was for may still come; and only a correction stands for itself. */
    private Optional<String> voucherWaitsFor(Connection connection, Member member, CardRecord record)
            throws SQLException {
        String what = "the hub has forgotten its voucher of " + record.deltas().allocation() + " and "
                + record.deltas().bonus() + ", and waits ";
        if (!gates.readBack(connection)) {
            return Optional.of(what + "for all terminals to be read back");
        }
        if (member.replaces().isPresent()
                && !allOf(connection, member.replaces().get())) {
            return Optional.of(what + "for the records of the card in whose place it comes");
        }
        if (undecided(connection, member.card(), record.deltas())) {
            return Optional.of(what + "for the operator's word on a payment of the card that lies in suspense");
        }
        // What could be earned again comes with a payment that went back, and with nothing else.
        return record.deltas().earnable() == 0
                ? Optional.empty()
                : Optional.of(what + "for the word by which a payment of the card went back to its member");
    }

    /** Whether a card is blocked and every record of it is here. */
    private static boolean allOf(Connection connection, byte[] blocked) throws SQLException {
        Optional<CardRecord> last = last(connection, blocked);
        return last.isPresent()
                && Sql.number(connection, "SELECT COUNT(*) FROM card_record WHERE card = ? AND counter > 0", blocked)
                        >= last.get().counter();
    }

    private Optional<Known> known(
            Connection connection, byte[] card, CardRecord record, CardOrder.Reason reason, String why)
            throws SQLException {
        CardOrder.Add add = book.signed(connection, card, record.sale(), reason, record.deltas(), record.timeSeconds());
        return Optional.of(new Known(add, why, 0));
    }

    private static Optional<String> refund(Connection connection, byte[] card, CardRecord record) throws SQLException {
        String of = "orphan-returned/" + Hash.hex(card) + "/";
        List<Long> returned = Sql.list(
                connection,
                "SELECT reference FROM event WHERE reference >= ? AND reference < ? ORDER BY id",
                row -> Long.parseLong(row.getString(1).substring(of.length())),
                of,
                of + ":");
        for (long counter : returned) {
            Optional<CardRecord> paid = record(connection, card, counter);
            String why = Refunds.why(card, counter);
            if (paid.isPresent()
                    && Refunds.deltas(paid.get().deltas()).equals(record.deltas())
                    && unissued(connection, why)) {
                return Optional.of(why);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> transfer(Connection connection, Member member, CardRecord record)
            throws SQLException {
        if (member.replaces().isEmpty()) {
            return Optional.empty();
        }
        String why = "transfer/" + Hash.hex(member.replaces().get());
        Optional<CardRecord> last = last(connection, member.replaces().get());
        if (last.isEmpty() || !unissued(connection, why)) {
            return Optional.empty();
        }
        Balances held = last.get().after();
        Deltas taken = record.deltas();
        boolean all = taken.allocation() == held.allocation()
                && taken.bonus() == held.bonus()
                && (taken.earnable() == 0 || taken.earnable() == held.earnable());
        return all ? Optional.of(why) : Optional.empty();
    }

    private static Optional<CardRecord> last(Connection connection, byte[] card) throws SQLException {
        return Sql.first(
                connection,
                "SELECT bytes FROM card_record WHERE card = ? AND tag = 'BLOCKED'",
                row -> decoded(row.getBytes(1)),
                card);
    }

    /** What the card in whose place this one comes was to take and never did. */
    private Optional<IssuedOrder> moved(Connection connection, Member member, CardRecord record) throws SQLException {
        if (member.replaces().isEmpty() || !allOf(connection, member.replaces().get())) {
            return Optional.empty();
        }
        byte[] blocked = member.replaces().get();
        refunds.issueMissingTo(connection, blocked, record.timeSeconds() * 1_000);
        for (IssuedOrder issued : IssuedOrder.of(connection, blocked)) {
            if (issued.order() instanceof CardOrder.Add add
                    && issued.taken().isEmpty()
                    && add.deltas().equals(record.deltas())
                    && unissued(connection, why(blocked, add))) {
                return Optional.of(issued);
            }
        }
        return Optional.empty();
    }

    private static String why(byte[] blocked, CardOrder.Add untaken) {
        return "moved/" + Hash.hex(blocked) + "/" + untaken.number();
    }

    /** Whether a payment of which nobody has said yet whose money it is would go back as just this. */
    private static boolean undecided(Connection connection, byte[] card, Deltas taken) throws SQLException {
        return Sql.list(
                        connection,
                        "SELECT bytes FROM card_record AS r WHERE card = ? AND tag = 'DEBIT'"
                                + " AND NOT EXISTS (SELECT 1 FROM sale AS s WHERE s.card = r.card AND s.counter = r.counter)"
                                + " AND NOT EXISTS (SELECT 1 FROM event WHERE reference IN ("
                                + "'orphan-payable/' || ? || '/' || r.counter, 'orphan-returned/' || ? || '/' || r.counter,"
                                + " 'sale/' || ? || '/' || r.counter)) ORDER BY counter",
                        row -> decoded(row.getBytes(1)),
                        card,
                        Hash.hex(card),
                        Hash.hex(card),
                        Hash.hex(card))
                .stream()
                .anyMatch(paid -> Refunds.deltas(paid.deltas()).equals(taken));
    }

    private static boolean unissued(Connection connection, String why) throws SQLException {
        return Sql.number(connection, "SELECT COUNT(*) FROM card_order WHERE why = ?", why) == 0;
    }

    private static Optional<CardRecord> record(Connection connection, byte[] card, long counter) throws SQLException {
        return Sql.first(
                connection,
                "SELECT bytes FROM card_record WHERE card = ? AND counter = ?",
                row -> decoded(row.getBytes(1)),
                card,
                counter);
    }

    private static CardRecord decoded(byte[] bytes) throws SQLException {
        try {
            return CardRecord.decode(bytes);
        } catch (Malformed e) {
            throw new Damaged("a card record does not read", e);
        }
    }
}

package etal.hub.reconcile;

import etal.hub.books.CardBookings;
import etal.hub.books.Journal;
import etal.hub.books.Sql;
import etal.hub.books.Withdrawal;
import etal.hub.members.Decision;
import etal.hub.members.Fund;
import etal.hub.members.HubKeys;
import etal.hub.members.PointOfSale;
import etal.hub.orders.Refunds;
import etal.hub.reconcile.Reconciliation.Suspended;
import etal.hub.reconcile.undone.OrphanCancels;
import etal.protocol.card.CardRecord;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body.Abandoned;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Card records without a sale (rows 13a and 13b). Each goes into suspense in the evening. It leaves by itself when the
 * stall's own word decides: goods kept and the day closed, the producer is paid; goods returned, the member gets it back by a voucher,
 * even when the producer was paid before it said so; the sale arrives after all, the producer is paid. Anything else waits
 * for the operator.
 */
final class Suspense {
    private static final String UNBACKED = "SELECT card, counter, bytes FROM card_record AS r WHERE tag = 'DEBIT'"
            + " AND NOT EXISTS (SELECT 1 FROM sale WHERE sale.card = r.card AND sale.counter = r.counter)"
            + " AND NOT EXISTS (SELECT 1 FROM refund_request AS f WHERE f.card = r.card AND f.counter = r.counter)"
            + " ORDER BY card, counter";

    private final Fund fund;
    private final HubKeys keys;
    private final Journal journal;
    private final Refunds refunds;
    private final OrphanCancels cancels;

    Suspense(Fund fund, HubKeys keys, Journal journal, Refunds refunds) {
        this.refunds = refunds;
        this.fund = fund;
        this.keys = keys;
        this.journal = journal;
        cancels = new OrphanCancels(fund, journal);
    }

    private record Unbacked(byte[] card, CardRecord record) {
        /** A damaged record is named by the check of the store and takes no part here. */
        static Optional<Unbacked> read(byte[] card, byte[] bytes) {
            try {
                return Optional.of(new Unbacked(card, CardRecord.decode(bytes)));
            } catch (Malformed e) {
                return Optional.empty();
            }
        }
    }

    /** Moves what has no sale into suspense, and out of it what is decided. */
    void post(Connection connection, String day, long nowMillis) throws SQLException {
        cancels.post(connection, day, nowMillis);
        for (Unbacked each : unbacked(connection)) {
            long counter = each.record().counter();
            if (journal.posted(connection, CardBookings.reference("sale", each.card(), counter))) {
                // Its sale is paid and has left the store's index: the comparison with the ledgers names that.
                continue;
            }
            journal.post(connection, CardBookings.orphan(each.card(), each.record(), day), nowMillis);
            if (!journal.posted(connection, CardBookings.reference("orphan-returned", each.card(), counter))) {
                asTheStallSays(connection, each, day, nowMillis);
            }
        }
    }

    private void asTheStallSays(Connection connection, Unbacked each, String day, long nowMillis) throws SQLException {
        byte[] card = each.card();
        CardRecord record = each.record();
        Optional<Long> doubt = doubt(connection, each);
        OptionalInt given = doubt.isEmpty() ? OptionalInt.empty() : abandoned(connection, each, doubt.get());
        Optional<PointOfSale> point = pointOfSale(record);
        if (undone(given)) {
            Withdrawal.post(connection, journal, card, record, day, null, nowMillis);
            journal.post(connection, CardBookings.returned(card, record, day, null), nowMillis);
            refunds.issue(connection, card, record, nowMillis);
        } else if (doubt.isPresent()
                && given.isEmpty()
                && point.isPresent()
                && closedAfter(connection, record, doubt.get())) {
            journal.post(
                    connection, CardBookings.payable(card, record, point.get().third(), day, null), nowMillis);
        }
    }

    private static boolean undone(OptionalInt given) {
        return given.isPresent() && given.getAsInt() == Abandoned.GIVEN_UP_UNDONE;
    }

    /** Keeps and posts the operator's word on a record that waits; what speaks against it, if anything does. */
    Optional<String> decide(Connection connection, Decision decision, String day) throws SQLException {
        if (cancels.waits(connection, decision)) {
            Optional<String> against = cancels.decide(connection, decision, day);
            if (against.isEmpty()) {
                decision.keep(connection, keys);
            }
            return against;
        }
        Optional<Unbacked> waiting = unbacked(connection).stream()
                .filter(each -> Arrays.equals(each.card(), decision.card())
                        && each.record().counter() == decision.counter())
                .findFirst();
        if (waiting.isEmpty() || decided(connection, waiting.get())) {
            return Optional.of("nothing waits under that card and counter");
        }
        CardRecord record = waiting.get().record();
        Optional<PointOfSale> point = pointOfSale(record);
        Optional<String> against = against(connection, decision, waiting.get());
        if (against.isPresent()) {
            return against;
        }
        decision.keep(connection, keys);
        byte[] card = decision.card();
        journal.post(connection, CardBookings.orphan(card, record, day), decision.atMillis());
        journal.post(
                connection,
                decision.payable()
                        ? CardBookings.payable(card, record, point.orElseThrow().third(), day, null)
                        : CardBookings.returned(card, record, day, null),
                decision.atMillis());
        if (!decision.payable()) {
            refunds.issue(connection, card, record, decision.atMillis());
        }
        return Optional.empty();
    }

    /** What speaks against the operator's word on a record that waits. */
    private Optional<String> against(Connection connection, Decision decision, Unbacked waiting) throws SQLException {
        CardRecord record = waiting.record();
        if (decision.payable() && pointOfSale(record).isEmpty()) {
            return Optional.of("no single point of sale sells at terminal " + record.terminal());
        }
        Optional<Long> doubt = doubt(connection, waiting);
        if (decision.payable() && doubt.isPresent() && undone(abandoned(connection, waiting, doubt.get()))) {
            return Optional.of("the stall itself has given that sale up");
        }
        if (!decision.payable() && cancels.takenBack(connection, decision.card(), record)) {
            return Optional.of("the card has taken it back already");
        }
        return Optional.empty();
    }

    /** What waits, by card and counter. */
    List<Suspended> open(Connection connection) throws SQLException {
        List<Suspended> open = new ArrayList<>();
        for (Unbacked each : unbacked(connection)) {
            if (!decided(connection, each)) {
                open.add(suspended(connection, "orphan", each.card(), each.record()));
            }
        }
        for (OrphanCancels.Orphan each : cancels.open(connection)) {
            open.add(suspended(connection, "orphan-cancelled", each.card(), each.record()));
        }
        return open;
    }

    /** What a card took back stands there below zero. */
    private Suspended suspended(Connection connection, String event, byte[] card, CardRecord record)
            throws SQLException {
        String since = Sql.first(
                        connection,
                        "SELECT day FROM event WHERE reference = ?",
                        row -> row.getString(1),
                        CardBookings.reference(event, card, record.counter()))
                .orElse("");
        return new Suspended(
                Hash.hex(card),
                record.counter(),
                "t" + record.terminal() + "-e" + record.epoch(),
                record.sale(),
                since,
                CardBookings.paidCents(record.deltas()),
                pointOfSale(record).map(PointOfSale::name).orElse(""));
    }

    private boolean decided(Connection connection, Unbacked each) throws SQLException {
        long counter = each.record().counter();
        return journal.posted(connection, CardBookings.reference("sale", each.card(), counter))
                || journal.posted(connection, CardBookings.reference("orphan-payable", each.card(), counter))
                || journal.posted(connection, CardBookings.reference("orphan-returned", each.card(), counter));
    }

    /** The number of the entry in which the stall asked about exactly this record. */
    private static Optional<Long> doubt(Connection connection, Unbacked each) throws SQLException {
        CardRecord record = each.record();
        return Sql.list(
                        connection,
                        "SELECT number, allocation, bonus, earnable, intent_hash FROM doubt WHERE card = ? AND counter = ?"
                                + " AND terminal = ? AND epoch = ? AND sale = ? ORDER BY number DESC",
                        row -> row.getLong(2) == record.deltas().allocation()
                                        && row.getLong(3) == record.deltas().bonus()
                                        && row.getLong(4) == record.deltas().earnable()
                                        && Arrays.equals(row.getBytes(5), record.intentHash())
                                ? row.getLong(1)
                                : 0L,
                        each.card(),
                        record.counter(),
                        record.terminal(),
                        record.epoch(),
                        record.sale())
                .stream()
                .filter(number -> number > 0)
                .findFirst();
    }

    /** How the stall gave the sale up after its question, if it did. */
    private static OptionalInt abandoned(Connection connection, Unbacked each, long doubt) throws SQLException {
        CardRecord record = each.record();
        return Sql.list(
                        connection,
                        "SELECT reason FROM abandoned WHERE terminal = ? AND epoch = ? AND sale = ? AND number > ?"
                                + " AND cancelling = 0 ORDER BY number DESC",
                        row -> row.getInt(1),
                        record.terminal(),
                        record.epoch(),
                        record.sale(),
                        doubt)
                .stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    private static boolean closedAfter(Connection connection, CardRecord record, long doubt) throws SQLException {
        return Sql.number(
                        connection,
                        "SELECT COUNT(*) FROM closing WHERE terminal = ? AND epoch = ? AND number > ?",
                        record.terminal(),
                        record.epoch(),
                        doubt)
                > 0;
    }

    private Optional<PointOfSale> pointOfSale(CardRecord record) {
        List<PointOfSale> points = fund.pointsOfSale().stream()
                .filter(point -> point.terminal() == record.terminal())
                .toList();
        // Where several sellers share a terminal the record alone does not say whose sale it was.
        return points.size() == 1 ? Optional.of(points.getFirst()) : Optional.empty();
    }

    private static List<Unbacked> unbacked(Connection connection) throws SQLException {
        return Sql.list(connection, UNBACKED, row -> Unbacked.read(row.getBytes(1), row.getBytes(3))).stream()
                .flatMap(Optional::stream)
                .toList();
    }
}

package etal.hub.reconcile.undone;

import etal.hub.books.CardBookings;
import etal.hub.books.Journal;
import etal.hub.books.Sql;
import etal.hub.members.Decision;
import etal.hub.members.Fund;
import etal.hub.members.PointOfSale;
import etal.protocol.card.CardRecord;
import etal.protocol.cbor.Malformed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Cards' records of cancellations that came without their entry (rows 13a and 13b). Each goes into suspense in the evening.
 * It leaves by itself when the stall itself has said that it asked for exactly this, and the sale is in the books: then the
 * producer is owed no more, whatever the stall has thought since, for the member has the money. It leaves when the entry
 * arrives. Anything else waits for the operator: {@code payable}, the producer keeps its claim and the fund bears it;
 * {@code returned}, the producer is charged.
 */
public final class OrphanCancels {
    private final Fund fund;
    private final Journal journal;

    /** Over the books of that fund. */
    public OrphanCancels(Fund fund, Journal journal) {
        this.fund = fund;
        this.journal = journal;
    }

    /** A record without its entry. Array not copied: nobody may change it. */
    public record Orphan(byte[] card, CardRecord record) {
        /** A damaged record is named by the check of the store and takes no part here. */
        private static Optional<Orphan> read(byte[] card, byte[] bytes) {
            try {
                return Optional.of(new Orphan(card, CardRecord.decode(bytes)));
            } catch (Malformed e) {
                return Optional.empty();
            }
        }
    }

    /** Moves what has no entry into suspense, and out of it what is decided. */
    public void post(Connection connection, String day, long nowMillis) throws SQLException {
        for (Orphan each : all(connection)) {
            byte[] card = each.card();
            CardRecord record = each.record();
            if (journal.posted(connection, CardBookings.reference("cancelled", card, record.counter()))) {
                // Its cancellation is posted and has left the store's index: the comparison with the ledgers names
                // that.
                continue;
            }
            journal.post(connection, CardBookings.orphanCancelled(card, record, day), nowMillis);
            Optional<String> third = sold(connection, each);
            if (!settled(connection, each) && third.isPresent() && asked(connection, each)) {
                journal.post(connection, CardBookings.charged(card, record, third.get(), day, null), nowMillis);
            }
        }
    }

    /** What waits, by card and counter. */
    public List<Orphan> open(Connection connection) throws SQLException {
        List<Orphan> open = new java.util.ArrayList<>();
        for (Orphan each : all(connection)) {
            if (!settled(connection, each)) {
                open.add(each);
            }
        }
        return open;
    }

    /** Whether the operator's word is on one that waits. */
    public boolean waits(Connection connection, Decision decision) throws SQLException {
        return open(connection).stream().anyMatch(each -> isOf(each, decision));
    }

    /** Posts the operator's word on one that waits; what speaks against it, if anything does. */
    public Optional<String> decide(Connection connection, Decision decision, String day) throws SQLException {
        Orphan each = open(connection).stream()
                .filter(one -> isOf(one, decision))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing waits"));
        Optional<String> third = sold(connection, each).or(() -> pointOfSale(each.record()));
        if (!decision.payable() && third.isEmpty()) {
            return Optional.of(
                    "no single point of sale sells at terminal " + each.record().terminal());
        }
        journal.post(connection, CardBookings.orphanCancelled(each.card(), each.record(), day), decision.atMillis());
        journal.post(
                connection,
                decision.payable()
                        ? CardBookings.borne(each.card(), each.record(), day)
                        : CardBookings.charged(each.card(), each.record(), third.orElseThrow(), day, null),
                decision.atMillis());
        return Optional.empty();
    }

    /** Whether the card has taken back what that debit's record paid: it cannot go back to the member another way. */
    public boolean takenBack(Connection connection, byte[] card, CardRecord debit) throws SQLException {
        return all(connection).stream()
                .anyMatch(each -> Arrays.equals(each.card(), card)
                        && each.record().terminal() == debit.terminal()
                        && each.record().epoch() == debit.epoch()
                        && each.record().sale() == debit.sale());
    }

    private static boolean isOf(Orphan each, Decision decision) {
        return Arrays.equals(each.card(), decision.card()) && each.record().counter() == decision.counter();
    }

    private boolean settled(Connection connection, Orphan each) throws SQLException {
        long counter = each.record().counter();
        return journal.posted(connection, CardBookings.reference("cancelled", each.card(), counter))
                || journal.posted(connection, CardBookings.reference("orphan-cancel-charged", each.card(), counter))
                || journal.posted(connection, CardBookings.reference("orphan-cancel-borne", each.card(), counter));
    }

    private static List<Orphan> all(Connection connection) throws SQLException {
        return Sql.list(
                        connection,
                        "SELECT card, counter, bytes FROM card_record AS r WHERE tag = 'CANCEL' AND NOT EXISTS"
                                + " (SELECT 1 FROM cancellation AS c WHERE c.card = r.card AND c.counter = r.counter)"
                                + " ORDER BY card, counter",
                        row -> Orphan.read(row.getBytes(1), row.getBytes(3)))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** The point of sale of the sale in the books that the record undoes. */
    private Optional<String> sold(Connection connection, Orphan each) throws SQLException {
        CardRecord record = each.record();
        Optional<Long> point = Sql.first(
                connection,
                "SELECT point_of_sale FROM sale WHERE terminal = ? AND epoch = ? AND sale = ? AND card = ?",
                row -> row.getLong(1),
                record.terminal(),
                record.epoch(),
                record.sale(),
                each.card());
        return fund.pointsOfSale().stream()
                .filter(one -> point.equals(Optional.of(one.id())))
                .map(PointOfSale::third)
                .findFirst();
    }

    /** Where several sellers share a terminal the record alone does not say whose sale it was. */
    private Optional<String> pointOfSale(CardRecord record) {
        List<String> thirds = fund.pointsOfSale().stream()
                .filter(point -> point.terminal() == record.terminal())
                .map(PointOfSale::third)
                .toList();
        return thirds.size() == 1 ? Optional.of(thirds.getFirst()) : Optional.empty();
    }

    private static boolean asked(Connection connection, Orphan each) throws SQLException {
        CardRecord record = each.record();
        return Sql.number(
                        connection,
                        "SELECT COUNT(*) FROM doubt WHERE cancelling = 1 AND card = ? AND counter = ? AND terminal = ?"
                                + " AND epoch = ? AND sale = ? AND allocation = ? AND bonus = ? AND earnable = ?"
                                + " AND intent_hash = ?",
                        each.card(),
                        record.counter(),
                        record.terminal(),
                        record.epoch(),
                        record.sale(),
                        record.deltas().allocation(),
                        record.deltas().bonus(),
                        record.deltas().earnable(),
                        record.intentHash())
                > 0;
    }
}

package etal.hub.ingest;

import static etal.hub.ingest.SaleCheck.refusal;

import etal.hub.books.Booking.Source;
import etal.hub.books.CardBookings;
import etal.hub.books.Journal;
import etal.hub.books.Sql;
import etal.hub.ingest.CardRecords.Outcome;
import etal.hub.ingest.SaleCheck.Refusal;
import etal.hub.members.Fund;
import etal.hub.members.PointOfSale;
import etal.hub.prices.PooledPrices;
import etal.port.Database.Damaged;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body.Cancellation;
import etal.protocol.ledger.CardProof;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sales that were undone at their stalls, on their way into the books: what the card has taken back the producer is owed no
 * more. Each sale once, whole, by the card that paid. Used from the loop only, within a transaction.
 */
final class Cancellations {
    private static final int RING = 16;

    private final Fund fund;
    private final Journal journal;
    private final CardRecords records;

    Cancellations(Fund fund, Journal journal, CardRecords records) {
        this.fund = fund;
        this.journal = journal;
        this.records = records;
    }

    /** A sale in the books. */
    private record Sold(Source source, long sale, long pointOfSale, byte @Nullable [] card, long counter) {}

    /** Takes a cancellation; what is wrong with it, if anything. */
    Optional<Refusal> take(Connection connection, Received received, Cancellation cancellation) throws SQLException {
        CardProof proof = cancellation.card();
        if (proof == null) {
            return undo(connection, received, cancellation, null);
        }
        // The record is the card's own word: it is kept even when the cancellation around it is refused.
        Outcome outcome = records.take(connection, proof, "cancellation " + Sales.place(received), received);
        return switch (outcome) {
            case Outcome.Refused refused -> refusal(refused.reason(), refused.detail());
            case Outcome.Stands stands -> undo(connection, received, cancellation, stands);
        };
    }

    /** Whether the cancellation of that entry is in the books. */
    boolean taken(Connection connection, Received received) throws SQLException {
        return Sql.number(connection, "SELECT COUNT(*) FROM cancellation WHERE entry_hash = ?", received.hash()) > 0;
    }

    /** Whether a sound card makes such a record, beside those of it that are known. */
    static boolean sound(Connection connection, byte[] card, CardRecord record) throws SQLException {
        Deltas deltas = record.deltas();
        return record.counter() > 0
                && !deltas.equals(Deltas.NONE)
                && deltas.allocation() >= 0
                && deltas.earnable() >= 0
                && deltas.bonus() >= -deltas.earnable()
                && record.before().fitsCard()
                && pairs(connection, card, record);
    }

    /**
     * Whether a debit and its cancellation go together, whichever of the two comes first: the same month, no more back than
     * went, and once. A card knows its last {@value #RING} records, so they are never further apart.
     */
    static boolean pairs(Connection connection, byte[] card, CardRecord record) throws SQLException {
        boolean back = record.tag() == CardRecord.Tag.CANCEL;
        for (CardRecord other : Sql.list(
                connection,
                "SELECT bytes FROM card_record WHERE card = ? AND counter BETWEEN ? AND ? AND tag IN ('CANCEL', ?)"
                        + " ORDER BY counter",
                row -> stored(row.getBytes(1)),
                card,
                record.counter() - RING,
                record.counter() + RING,
                back ? "DEBIT" : "CANCEL")) {
            boolean ofOneSale = other.terminal() == record.terminal()
                    && other.epoch() == record.epoch()
                    && other.sale() == record.sale();
            boolean once = other.tag() != record.tag();
            if (ofOneSale && !(once && (back ? undoes(record, other) : undoes(other, record)))) {
                return false;
            }
        }
        return true;
    }

    private static boolean undoes(CardRecord back, CardRecord debit) {
        return back.counter() > debit.counter()
                && back.period() == debit.period()
                && back.deltas().undoes(debit.deltas());
    }

    private Optional<Refusal> undo(
            Connection connection, Received received, Cancellation cancellation, Outcome.@Nullable Stands stands)
            throws SQLException {
        Optional<Sold> sold = sold(connection, cancellation.saleHash());
        if (sold.isEmpty()) {
            return refusal(Reason.UNKNOWN_SALE, "sale " + cancellation.sale());
        }
        Optional<Refusal> refused = check(connection, received, cancellation, stands, sold.get());
        if (refused.isPresent()) {
            return refused;
        }
        String third = fund.pointsOfSale().stream()
                .filter(point -> point.id() == sold.get().pointOfSale())
                .map(PointOfSale::third)
                .findFirst()
                .orElseThrow(() -> new Damaged("a sale at a point of sale that is gone"));
        insert(connection, received, cancellation, sold.get(), stands);
        if (stands != null) {
            post(connection, received, stands, third);
        }
        PooledPrices.undo(
                connection,
                journal,
                cancellation.saleHash(),
                sold.get().source(),
                third,
                received.day(),
                received.source(),
                received.nowMillis());
        return Optional.empty();
    }

    private static Optional<Refusal> check(
            Connection connection,
            Received received,
            Cancellation cancellation,
            Outcome.@Nullable Stands stands,
            Sold sold)
            throws SQLException {
        boolean ofThisLedger = sold.source().terminal() == received.entry().terminal()
                && sold.source().epoch() == received.entry().epoch()
                && sold.sale() == cancellation.sale();
        if (!ofThisLedger) {
            return refusal(Reason.OTHER_SALE, "sale " + sold.sale() + " of entry " + sold.source());
        }
        if (Sql.number(connection, "SELECT COUNT(*) FROM cancellation WHERE sale_hash = ?", cancellation.saleHash())
                > 0) {
            return refusal(Reason.CANCELLED_ALREADY, "sale " + cancellation.sale());
        }
        byte[] card = sold.card();
        if (card == null || stands == null) {
            return card == null && stands == null
                    ? Optional.empty()
                    : refusal(Reason.OTHER_SALE, "sale " + cancellation.sale() + " was paid otherwise");
        }
        if (!Arrays.equals(card, stands.member().card())) {
            return refusal(Reason.OTHER_SALE, "another card paid sale " + cancellation.sale());
        }
        return SaleCheck.takenBack(
                received.entry(), cancellation, stands.record(), paid(connection, card, sold.counter()));
    }

    /** A record that waits in suspense for its entry leaves it; any other goes back onto the card from the producer's claim. */
    private void post(Connection connection, Received received, Outcome.Stands stands, String third)
            throws SQLException {
        byte[] card = stands.member().card();
        CardRecord record = stands.record();
        if (!journal.posted(connection, CardBookings.reference("orphan-cancelled", card, record.counter()))) {
            journal.post(
                    connection,
                    CardBookings.cancelled(card, record, third, received.day(), received.source()),
                    received.nowMillis());
            return;
        }
        boolean settled = journal.posted(
                        connection, CardBookings.reference("orphan-cancel-charged", card, record.counter()))
                || journal.posted(connection, CardBookings.reference("orphan-cancel-borne", card, record.counter()));
        if (!settled) {
            journal.post(
                    connection,
                    CardBookings.charged(card, record, third, received.day(), received.source()),
                    received.nowMillis());
        }
    }

    private static void insert(
            Connection connection,
            Received received,
            Cancellation cancellation,
            Sold sold,
            Outcome.@Nullable Stands stands)
            throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO cancellation (entry_hash, terminal, epoch, number, sale_hash, sale, branch, day,"
                        + " point_of_sale, card, counter, back_cents) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                received.hash(),
                received.entry().terminal(),
                received.entry().epoch(),
                received.entry().number(),
                cancellation.saleHash(),
                cancellation.sale(),
                received.branch() == Received.Branch.CHAIN ? "chain" : "fork",
                received.day(),
                sold.pointOfSale(),
                sold.card(),
                stands == null ? null : stands.record().counter(),
                stands == null ? 0L : -CardBookings.paidCents(stands.record().deltas()));
    }

    private static Optional<Sold> sold(Connection connection, byte[] saleHash) throws SQLException {
        return Sql.first(
                connection,
                "SELECT terminal, epoch, number, sale, point_of_sale, card, counter FROM sale WHERE entry_hash = ?",
                row -> new Sold(
                        new Source(row.getLong(1), row.getLong(2), row.getLong(3)),
                        row.getLong(4),
                        row.getLong(5),
                        row.getBytes(6),
                        row.getLong(7)),
                saleHash);
    }

    private static CardRecord paid(Connection connection, byte[] card, long counter) throws SQLException {
        byte[] bytes = Sql.first(
                        connection,
                        "SELECT bytes FROM card_record WHERE card = ? AND counter = ?",
                        row -> row.getBytes(1),
                        card,
                        counter)
                .orElseThrow(() -> new Damaged("a sale without its card's record"));
        return stored(bytes);
    }

    private static CardRecord stored(byte[] bytes) throws SQLException {
        try {
            return CardRecord.decode(bytes);
        } catch (Malformed e) {
            throw new Damaged("a card record does not read", e);
        }
    }
}

package etal.hub.ingest;

import static etal.hub.ingest.SaleCheck.refusal;

import etal.hub.books.CardBookings;
import etal.hub.books.Journal;
import etal.hub.books.Sql;
import etal.hub.books.Withdrawal;
import etal.hub.ingest.CardRecords.Outcome;
import etal.hub.ingest.SaleCheck.Refusal;
import etal.hub.orders.Refunds;
import etal.hub.wanted.WantedBook;
import etal.protocol.card.CardRecord;
import etal.protocol.ledger.Body.Abandoned;
import etal.protocol.ledger.Body.InDoubt;
import etal.protocol.ledger.Body.RefundRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The hub's part of the table of one payment: what stalls could not decide is noted here and decided in the evening; a
 * refund request gives the member's money back at once. Used from the loop only, within a transaction.
 */
final class Doubts {
    private final Journal journal;
    private final CardRecords records;
    private final Refunds refunds;

    Doubts(Journal journal, CardRecords records, Refunds refunds) {
        this.journal = journal;
        this.records = records;
        this.refunds = refunds;
    }

    /** Notes an open question, with the rules that held when it was asked: its answer may come after newer ones. */
    void inDoubt(Connection connection, Received received, InDoubt doubt, Chain chain) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO doubt (terminal, epoch, number, sale, day, card, counter, allocation, bonus, earnable,"
                        + " intent_hash, scheme_version, cancelling) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                received.entry().terminal(),
                received.entry().epoch(),
                received.entry().number(),
                doubt.sale(),
                received.day(),
                doubt.cardId(),
                doubt.counterSeen() + 1,
                doubt.deltas().allocation(),
                doubt.deltas().bonus(),
                doubt.deltas().earnable(),
                doubt.intentHash(),
                chain.schemeVersion(),
                doubt.cancelling() ? 1L : 0L);
        WantedBook.of(connection, doubt.cardId());
    }

    /** Whether that ledger asked about exactly what this record pays while no rules newer than {@code version} held. */
    static boolean askedUnder(Connection connection, CardRecord record, long version) throws SQLException {
        return Sql.number(
                        connection,
                        "SELECT COUNT(*) FROM doubt WHERE terminal = ? AND epoch = ? AND sale = ? AND intent_hash = ?"
                                + " AND scheme_version <= ?",
                        record.terminal(),
                        record.epoch(),
                        record.sale(),
                        record.intentHash(),
                        version)
                > 0;
    }

    /** Notes how a stall closed one. */
    void abandoned(Connection connection, Received received, Abandoned abandoned) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO abandoned (terminal, epoch, number, sale, reason, cancelling) VALUES (?, ?, ?, ?, ?, ?)",
                received.entry().terminal(),
                received.entry().epoch(),
                received.entry().number(),
                abandoned.sale(),
                abandoned.reason(),
                abandoned.cancelling() ? 1L : 0L);
        WantedBook.closed(
                connection, received.entry().terminal(), received.entry().epoch(), abandoned.sale());
    }

    /** Gives back what a card has paid for goods that stayed at the stall, by a voucher. */
    Optional<Refusal> refund(Connection connection, Received received, RefundRequest request) throws SQLException {
        Outcome outcome = records.take(connection, request.card(), "refund " + Sales.place(received), received);
        return switch (outcome) {
            case Outcome.Refused refused -> refusal(refused.reason(), refused.detail());
            case Outcome.Stands stands -> giveBack(connection, received, request, stands);
        };
    }

    /** Keeps the record of a request and gives nothing back. */
    Optional<Refusal> record(Connection connection, Received received, RefundRequest request) throws SQLException {
        return switch (records.take(connection, request.card(), "refund " + Sales.place(received), received)) {
            case Outcome.Refused refused -> refusal(refused.reason(), refused.detail());
            case Outcome.Stands stands -> Optional.empty();
        };
    }

    private Optional<Refusal> giveBack(
            Connection connection, Received received, RefundRequest request, Outcome.Stands stands)
            throws SQLException {
        CardRecord record = stands.record();
        byte[] card = stands.member().card();
        if (record.tag() != CardRecord.Tag.DEBIT
                || record.terminal() != received.entry().terminal()
                || record.epoch() != received.entry().epoch()
                || record.sale() != request.sale()) {
            return refusal(Reason.OTHER_SALE, "the card paid sale " + record.sale());
        }
        // The evening may have given it back already, on the stall's own word: then nothing is posted anew.
        if (sold(connection, card, record.counter()) || requested(connection, card, record.counter())) {
            return refusal(Reason.RECORD_USED, CardBookings.reference("refund", card, record.counter()));
        }
        Sql.update(
                connection,
                "INSERT INTO refund_request (terminal, epoch, number, sale, card, counter) VALUES (?, ?, ?, ?, ?, ?)",
                received.entry().terminal(),
                received.entry().epoch(),
                received.entry().number(),
                request.sale(),
                card,
                record.counter());
        journal.post(connection, CardBookings.orphan(card, record, received.day()), received.nowMillis());
        Withdrawal.post(connection, journal, card, record, received.day(), received.source(), received.nowMillis());
        journal.post(
                connection,
                CardBookings.returned(card, record, received.day(), received.source()),
                received.nowMillis());
        refunds.issue(connection, card, record, received.nowMillis());
        return Optional.empty();
    }

    /** A producer may give back what the evening has paid it unseen, and not what pays a sale of its own. */
    private boolean sold(Connection connection, byte[] card, long counter) throws SQLException {
        return journal.posted(connection, CardBookings.reference("sale", card, counter))
                || Sql.number(connection, "SELECT COUNT(*) FROM sale WHERE card = ? AND counter = ?", card, counter)
                        > 0;
    }

    private static boolean requested(Connection connection, byte[] card, long counter) throws SQLException {
        return Sql.number(
                        connection, "SELECT COUNT(*) FROM refund_request WHERE card = ? AND counter = ?", card, counter)
                > 0;
    }
}

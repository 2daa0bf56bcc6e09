package etal.terminal.ledger;

import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.PriceChosen;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What the tables know because an entry says so: the same for an entry written now and for one taken back from the second
 * medium. That is why a restored older database neither reuses a sale number nor asks twice for a card's record.
 */
final class Derived {
    private Derived() {}

    static void note(Connection connection, Entry entry) throws SQLException {
        switch (entry.body()) {
            case Body.Sale sale -> sold(connection, entry, sale);
            case Body.Cancellation cancellation -> {
                recordKnown(connection, cancellation.card(), entry.number());
                cancelled(connection, cancellation.sale(), entry.number());
            }
            case Body.RefundRequest request -> {
                saleUsed(connection, request.sale());
                recordKnown(connection, request.card(), entry.number());
                close(connection, request.sale(), false);
            }
            case Body.Abandoned abandoned -> {
                saleUsed(connection, abandoned.sale());
                abandon(connection, abandoned);
            }
            case Body.InDoubt doubt -> {
                saleUsed(connection, doubt.sale());
                Sql.update(
                        connection,
                        "UPDATE intention SET state = 'IN_DOUBT' WHERE sale = ? AND kind = ? AND state <> 'CLOSED'",
                        doubt.sale(),
                        kind(doubt.cancelling()));
            }
            case Body.RecordCarried carried -> recordKnown(connection, carried.card(), entry.number());
            case Body.Closing closing ->
                TerminalStore.setCounter(connection, TerminalStore.LAST_CLOSING + closing.period(), entry.number());
            case Body.TrainingSale practised ->
                TerminalStore.setCounter(connection, TerminalStore.PRACTISED, practised.practice());
            case Body.TechnicalEvent event
            when event.code() == Body.TechnicalEvent.TRAINING_BEGUN ->
                TerminalStore.setCounter(connection, TerminalStore.TRAINING_SINCE, entry.timeMillis());
            default -> {}
        }
    }

    private static void sold(Connection connection, Entry entry, Body.Sale sale) throws SQLException {
        saleUsed(connection, sale.sale());
        TerminalStore.setCounter(
                connection, TerminalStore.SALES, TerminalStore.counter(connection, TerminalStore.SALES) + 1);
        recordKnown(connection, sale.card(), entry.number());
        priceKnown(connection, entry, sale.price());
        close(connection, sale.sale(), false);
        Sql.update(
                connection,
                "UPDATE basket SET state = 'PAID', sale = ?, entry = ?"
                        + " WHERE key IN (SELECT basket FROM intention WHERE sale = ? AND kind = 'DEBIT')",
                sale.sale(),
                entry.number(),
                sale.sale());
    }

    /** The sale stays, and so does the basket's place in it. */
    private static void cancelled(Connection connection, long sale, long entry) throws SQLException {
        close(connection, sale, true);
        Sql.update(connection, "INSERT OR IGNORE INTO cancelled(sale, entry) VALUES(?, ?)", sale, entry);
        Sql.update(connection, "UPDATE basket SET state = 'CANCELLED' WHERE sale = ?", sale);
    }

    /** Given up, the card may still show that it has done it: the intention stays, with that verdict. */
    private static void abandon(Connection connection, Body.Abandoned abandoned) throws SQLException {
        if (abandoned.reason() == Body.Abandoned.GIVEN_UP_UNDONE) {
            Sql.update(
                    connection,
                    "UPDATE intention SET verdict = 'UNDONE' WHERE sale = ? AND kind = ? AND state <> 'CLOSED'",
                    abandoned.sale(),
                    kind(abandoned.cancelling()));
        } else {
            close(connection, abandoned.sale(), abandoned.cancelling());
        }
        if (abandoned.cancelling()) {
            Sql.update(
                    connection,
                    "UPDATE basket SET state = 'PAID' WHERE sale = ? AND state = 'CANCEL_IN_DOUBT'",
                    abandoned.sale());
        }
    }

    private static void close(Connection connection, long sale, boolean cancelling) throws SQLException {
        Sql.update(
                connection,
                "UPDATE intention SET state = 'CLOSED' WHERE sale = ? AND kind = ?",
                sale,
                kind(cancelling));
    }

    private static String kind(boolean cancelling) {
        return cancelling ? "CANCEL" : "DEBIT";
    }

    private static void saleUsed(Connection connection, long sale) throws SQLException {
        if (sale > TerminalStore.counter(connection, TerminalStore.SALE)) {
            TerminalStore.setCounter(connection, TerminalStore.SALE, sale);
        }
    }

    private static void priceKnown(Connection connection, Entry entry, @Nullable PriceChosen price)
            throws SQLException {
        if (price != null && price.shortfallCents() > 0) {
            Sql.update(
                    connection,
                    "INSERT OR IGNORE INTO price_chosen(entry, time_millis, shortfall_cents) VALUES(?, ?, ?)",
                    entry.number(),
                    entry.timeMillis(),
                    price.shortfallCents());
        }
    }

    private static void recordKnown(Connection connection, @Nullable CardProof card, long entry) throws SQLException {
        if (card == null) {
            return;
        }
        try {
            Sql.update(
                    connection,
                    "INSERT OR IGNORE INTO card_record(card, counter, entry) VALUES(?, ?, ?)",
                    CardCertificate.decode(card.certificate()).cardId(),
                    CardRecord.decode(card.record()).counter(),
                    entry);
        } catch (Malformed malformed) {
            throw new IllegalStateException("an own entry holds what is no card record", malformed);
        }
    }
}

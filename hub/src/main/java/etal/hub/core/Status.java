package etal.hub.core;

import etal.hub.books.Schema;
import etal.hub.books.Sql;
import etal.hub.restore.Gates;
import etal.hub.restore.Standing;
import etal.port.Database;
import etal.port.StorageFailed;
import etal.protocol.cose.Hash;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the hub stands.
 *
 * @param generation raised when the hub was restored from a backup
 * @param entries stored, of all ledgers
 * @param sales in the books, with card or without
 * @param quarantined what failed, is kept, and has not passed since
 * @param terminals how far each ledger has come
 * @param orders to cards, how they stand
 * @param restored what a hub restored from a backup still waits for before it pays and issues; null when nothing is closed
 */
public record Status(
        long generation,
        long entries,
        long sales,
        long quarantined,
        List<Held> terminals,
        Orders orders,
        @Nullable Standing restored) {
    /**
     * Vouchers and block orders.
     *
     * @param issued ever
     * @param taken those of which the card's record has come
     * @param replacementsWaiting cards in the place of lost ones whose last record has not come: nobody knows yet what they held
     */
    public record Orders(long issued, long taken, long replacementsWaiting) {}

    /** A ledger's last entry; {@code head} is its hash in hexadecimal. */
    public record Held(long terminal, long epoch, long number, String head) {}

    /** When the hub of that store last took an entry, milliseconds since 1970; 0 when it never has. */
    public static long lastReceivedMillis(Database database) throws StorageFailed {
        Schema.migrate(database);
        return database.inTransaction(
                connection -> Sql.number(connection, "SELECT COALESCE(MAX(received_millis), 0) FROM entry"));
    }

    /** As the store says alone; of what is closed only that it is: who is waited for stands in the configuration. */
    static Status read(Connection connection) throws SQLException {
        return read(connection, Gates.unread(connection).orElse(null));
    }

    static Status read(Connection connection, @Nullable Standing restored) throws SQLException {
        return new Status(
                Sql.number(connection, "SELECT generation FROM hub"),
                Sql.number(connection, "SELECT COUNT(*) FROM entry"),
                Sql.number(connection, "SELECT COUNT(*) FROM sale"),
                Sql.number(connection, "SELECT COUNT(*) FROM quarantine WHERE resolved_millis IS NULL"),
                Sql.list(
                        connection,
                        "SELECT terminal, epoch, number, head FROM ledger ORDER BY terminal, epoch",
                        row -> new Held(row.getLong(1), row.getLong(2), row.getLong(3), Hash.hex(row.getBytes(4)))),
                new Orders(
                        Sql.number(connection, "SELECT COUNT(*) FROM card_order"),
                        Sql.number(connection, "SELECT COUNT(taken) FROM card_order"),
                        Sql.number(
                                connection,
                                "SELECT COUNT(*) FROM card AS c WHERE replaces IS NOT NULL AND NOT EXISTS (SELECT 1 FROM"
                                        + " card_record AS r WHERE r.card = c.replaces AND r.tag = 'BLOCKED')")),
                restored);
    }
}

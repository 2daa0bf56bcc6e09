package etal.hub.ingest;

import etal.hub.books.Booking.Source;
import etal.hub.books.Sql;
import etal.protocol.cose.Hash;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Keeps what failed, with its reason, once however often it comes. Stateless; within a transaction. */
final class Quarantine {
    private Quarantine() {}

    /** Keeps {@code bytes}. */
    static void keep(
            Connection connection, Reason reason, String detail, @Nullable Source source, byte[] bytes, long nowMillis)
            throws SQLException {
        Sql.update(
                connection,
                "INSERT OR IGNORE INTO quarantine (reason, detail, terminal, epoch, number, received_millis, hash, bytes)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                reason.code(),
                detail,
                source == null ? null : source.terminal(),
                source == null ? null : source.epoch(),
                source == null ? null : source.number(),
                nowMillis,
                Hash.sha256(bytes),
                bytes);
    }
}

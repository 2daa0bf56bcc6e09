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

    /** Keeps {@code bytes}; {@code chain}, how far their ledger had come, if they may be taken again one day. */
    static void keep(
            Connection connection,
            Reason reason,
            String detail,
            @Nullable Source source,
            byte[] bytes,
            @Nullable Chain chain,
            long nowMillis)
            throws SQLException {
        Sql.update(
                connection,
                "INSERT OR IGNORE INTO quarantine (reason, detail, terminal, epoch, number, received_millis, hash, bytes,"
                        + " scheme_version, checkpoint_millis) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                reason.code(),
                detail,
                source == null ? null : source.terminal(),
                source == null ? null : source.epoch(),
                source == null ? null : source.number(),
                nowMillis,
                Hash.sha256(bytes),
                bytes,
                chain == null ? null : chain.schemeVersion(),
                chain == null ? null : chain.checkpointMillis());
    }
}

package etal.hub.ingest;

import etal.hub.books.Booking.Source;
import etal.hub.books.Sql;
import etal.protocol.cose.Hash;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what failed, with its reason, once however often it comes; and entries beside their ledgers. Of one terminal so much
 * and no more: whoever holds its key can send for ever. What finds it full is counted and named, and as it is not acknowledged
 * it is there when it is asked for again. Stateless; within a transaction.
 */
final class Quarantine {
    /** What is kept of one terminal in each place, and of all messages that name none: a month of a market's entries. */
    static final long BYTES_MAX = 16L << 20;

    private static final String IN_QUARANTINE = "quarantine";
    private static final String BESIDE = "fork";

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
        byte[] hash = Hash.sha256(bytes);
        boolean known = Sql.number(
                        connection,
                        "SELECT COUNT(*) FROM quarantine WHERE reason = ? AND hash = ?",
                        reason.code(),
                        hash)
                > 0;
        // An entry that stands in its ledger or beside it is bounded there, and its reason is part of the books.
        boolean stands = chain != null;
        long terminal = source == null ? 0 : source.terminal();
        if (known && stands) {
            // What an order waits for may be another thing by now.
            Sql.update(
                    connection,
                    "UPDATE quarantine SET detail = ? WHERE reason = ? AND hash = ? AND detail <> ?"
                            + " AND resolved_millis IS NULL",
                    detail,
                    reason.code(),
                    hash,
                    detail);
        }
        if (known || !stands && !room(connection, terminal, IN_QUARANTINE, bytes.length)) {
            return;
        }
        Sql.update(
                connection,
                "INSERT INTO quarantine (reason, detail, terminal, epoch, number, received_millis, hash, bytes,"
                        + " scheme_version, checkpoint_millis) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                reason.code(),
                detail,
                source == null ? null : source.terminal(),
                source == null ? null : source.epoch(),
                source == null ? null : source.number(),
                nowMillis,
                hash,
                bytes,
                chain == null ? null : chain.schemeVersion(),
                chain == null ? null : chain.checkpointMillis());
    }

    /** The next epoch stands for an entry that was laid aside because its certificate had ended: nothing is open about it. */
    static void vouchedFor(Connection connection, byte[] hash, long nowMillis) throws SQLException {
        Sql.update(
                connection,
                "UPDATE quarantine SET resolved_millis = ? WHERE reason = ? AND hash = ? AND resolved_millis IS NULL",
                nowMillis,
                Reason.UNTRUSTED_CHAIN.code(),
                hash);
    }

    /** Whether another entry of that size still fits beside that terminal's ledgers; it is counted either way. */
    static boolean fitsBeside(Connection connection, long terminal, long length) throws SQLException {
        return room(connection, terminal, BESIDE, length);
    }

    private static boolean room(Connection connection, long terminal, String place, long length) throws SQLException {
        long kept =
                Sql.number(connection, "SELECT kept_bytes FROM kept WHERE terminal = ? AND place = ?", terminal, place);
        boolean fits = kept + length <= BYTES_MAX;
        Sql.update(
                connection,
                "INSERT INTO kept (terminal, place, kept_bytes, left_out, left_out_bytes) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (terminal, place) DO UPDATE SET kept_bytes = kept.kept_bytes + excluded.kept_bytes,"
                        + " left_out = kept.left_out + excluded.left_out,"
                        + " left_out_bytes = kept.left_out_bytes + excluded.left_out_bytes",
                terminal,
                place,
                fits ? length : 0,
                fits ? 0 : 1,
                fits ? 0 : length);
        return fits;
    }
}

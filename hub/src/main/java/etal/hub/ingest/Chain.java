package etal.hub.ingest;

import etal.hub.books.Sql;
import etal.protocol.ledger.LedgerId;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * How far a ledger has come. Immutable.
 *
 * @param number of its last entry, 0 before the first
 * @param head hash of its last entry, all zero before the first
 * @param scheme id of the newest rules it has used, empty before any
 * @param schemeVersion their version
 * @param checkpointMillis hub time of the newest acknowledgement it has received, 0 before any
 */
record Chain(long number, byte[] head, String scheme, long schemeVersion, long checkpointMillis) {
    static Chain load(Connection connection, LedgerId id) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT number, head, scheme, scheme_version, checkpoint_millis FROM ledger"
                                + " WHERE terminal = ? AND epoch = ?",
                        row -> new Chain(
                                row.getLong(1), row.getBytes(2), row.getString(3), row.getLong(4), row.getLong(5)),
                        id.terminal(),
                        id.epoch())
                .orElseGet(() -> new Chain(0, new byte[32], "", 0, 0));
    }

    void store(Connection connection, LedgerId id) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO ledger (terminal, epoch, number, head, scheme, scheme_version,"
                        + " checkpoint_millis) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (terminal, epoch) DO UPDATE SET"
                        + " number = excluded.number, head = excluded.head, scheme = excluded.scheme,"
                        + " scheme_version = excluded.scheme_version, checkpoint_millis = excluded.checkpoint_millis",
                id.terminal(),
                id.epoch(),
                number,
                head,
                scheme,
                schemeVersion,
                checkpointMillis);
    }

    Chain extended(long nextNumber, byte[] nextHead) {
        return new Chain(nextNumber, nextHead, scheme, schemeVersion, checkpointMillis);
    }

    /** Versions only grow, whatever the id: else naming another id in between would bring old rules back. */
    Chain withRules(String id, long version) {
        return version < schemeVersion ? this : new Chain(number, head, id, version, checkpointMillis);
    }

    /** The clock was set back before its newest rules: they were used too early, and those of before hold again. */
    Chain withoutRules() {
        return new Chain(number, head, "", 0, checkpointMillis);
    }

    Chain withCheckpoint(long hubTimeMillis) {
        return new Chain(number, head, scheme, schemeVersion, Math.max(checkpointMillis, hubTimeMillis));
    }

    boolean knowsNewerThan(long version) {
        return version < schemeVersion;
    }
}

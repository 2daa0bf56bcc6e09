package etal.hub.ingest;

import etal.hub.books.Sql;
import etal.hub.ingest.Received.Branch;
import etal.hub.ingest.SaleCheck.Refusal;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.SignedEntry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Stored entries that were refused for what the hub did not know, taken again as of where their ledger was then, in the
 * order in which they came. Within a transaction.
 */
final class Again {
    private final Connection connection;
    private final Bodies bodies;
    private final ZoneId zone;
    private final long nowMillis;

    Again(Connection connection, Bodies bodies, ZoneId zone, long nowMillis) {
        this.connection = connection;
        this.bodies = bodies;
        this.zone = zone;
        this.nowMillis = nowMillis;
    }

    /** An entry with the rows that withhold it. */
    private record Waiting(Received received, Chain chain) {}

    /** Takes all of them; true if something has passed. */
    boolean all() throws SQLException {
        boolean passed = false;
        List<Waiting> taken = new ArrayList<>();
        for (Waiting each : waiting()) {
            boolean again = taken.stream()
                    .anyMatch(one ->
                            Arrays.equals(one.received().hash(), each.received().hash()));
            if (!again) {
                taken.add(each);
                passed |= resolve(each, bodies.takeAgain(connection, each.received(), each.chain()));
            }
        }
        return passed;
    }

    private List<Waiting> waiting() throws SQLException {
        return Sql.list(
                        connection,
                        "SELECT q.reason, q.detail, q.hash, q.scheme_version, q.checkpoint_millis, e.bytes, f.bytes"
                                + " FROM quarantine AS q LEFT JOIN entry AS e ON e.terminal = q.terminal"
                                + " AND e.epoch = q.epoch AND e.number = q.number AND e.hash = q.hash"
                                + " LEFT JOIN fork AS f ON f.hash = q.hash"
                                + " WHERE q.resolved_millis IS NULL AND q.scheme_version IS NOT NULL ORDER BY q.id",
                        this::read)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Waiting> read(ResultSet row) throws SQLException {
        byte[] entry = row.getBytes(6);
        byte[] bytes = entry == null ? row.getBytes(7) : entry;
        // Bytes that a hand has changed are named by the check of the store and take no part here.
        if (!passes(row.getString(1), row.getString(2))
                || bytes == null
                || !Arrays.equals(Hash.sha256(bytes), row.getBytes(3))) {
            return Optional.empty();
        }
        try {
            SignedEntry signed = SignedEntry.decode(bytes);
            Branch branch = entry == null ? Branch.FORK : Branch.CHAIN;
            Chain chain = new Chain(
                    signed.entry().number() - 1, signed.entry().previous(), "", row.getLong(4), row.getLong(5));
            return Optional.of(new Waiting(Received.of(signed, row.getBytes(3), branch, zone, nowMillis), chain));
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    /** A record that a card carried is refused under its own reason, and says whose in the detail. */
    private static boolean passes(String reason, String detail) {
        Reason own = Reason.of(reason);
        return own.passes()
                || own == Reason.WRONG_CARRIED
                        && (detail.startsWith(Reason.UNKNOWN_CARD.code())
                                || detail.startsWith(Reason.UNKNOWN_ORDER.code())
                                || detail.startsWith(Reason.WRONG_LOAD.code()));
    }

    /** What speaks against it now has a row of its own; any other of the reasons that pass has passed. */
    private boolean resolve(Waiting waiting, List<Refusal> refusals) throws SQLException {
        boolean passed = false;
        List<String> still =
                refusals.stream().map(refusal -> refusal.reason().code()).toList();
        for (Row row : Sql.list(
                connection,
                "SELECT id, reason, detail FROM quarantine WHERE hash = ? AND resolved_millis IS NULL ORDER BY id",
                row -> new Row(row.getLong(1), row.getString(2), row.getString(3)),
                waiting.received().hash())) {
            if (passes(row.reason(), row.detail()) && !still.contains(row.reason())) {
                Sql.update(connection, "UPDATE quarantine SET resolved_millis = ? WHERE id = ?", nowMillis, row.id());
                passed = true;
            }
        }
        return passed;
    }

    private record Row(long id, String reason, String detail) {}
}

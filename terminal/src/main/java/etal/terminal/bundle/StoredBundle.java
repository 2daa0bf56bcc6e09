package etal.terminal.bundle;

import etal.port.Database;
import etal.port.StorageFailed;
import etal.protocol.sync.Batch;
import etal.protocol.sync.Presence;
import etal.protocol.sync.SignedPresence;
import etal.protocol.sync.Topics;
import etal.protocol.sync.bundle.Bundle;
import etal.protocol.sync.bundle.Bundle.Message;
import etal.protocol.sync.bundle.Packing;
import etal.protocol.sync.bundle.Way;
import etal.terminal.ledger.Identity;
import etal.terminal.ledger.Sql;
import etal.terminal.sync.Uplink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The same bundle from the store alone, running or not, for a technician without the till's screen: what the hub has not
 * signed for of the terminal's own ledger. What is late of an epoch before goes with the key alone. Stateless.
 */
public final class StoredBundle {
    private StoredBundle() {}

    /**
     * A bundle, and how many entries of how many are in it.
     *
     * @param head the number of the ledger's last entry
     */
    public record Packed(Bundle bundle, long entries, long head) {}

    /** Reads the store; empty while the ledger has not begun. */
    public static Optional<Packed> of(Database store, Identity identity, long fund, long nowMillis)
            throws StorageFailed {
        long head = number(store, "SELECT max(number) FROM entry");
        if (head == 0) {
            return Optional.empty();
        }
        long sent = number(store, "SELECT number FROM checkpoint ORDER BY generation DESC, number DESC LIMIT 1");
        long first = sent + 1;
        long terminal = identity.id().terminal();
        Packing packing = new Packing(Way.UP, fund, identity.id());
        boolean fits = true;
        while (fits && sent < head) {
            List<byte[]> entries = from(store, sent + 1);
            Batch batch = new Batch(terminal, identity.id().epoch(), identity.chain(), entries);
            fits = packing.add(new Message(Topics.up(fund, terminal), batch.encode()));
            sent += fits ? entries.size() : 0;
        }
        Presence word = new Presence(terminal, identity.id().epoch(), head, nowMillis);
        SignedPresence signed = SignedPresence.sign(word, identity.kid(), identity.signer()::sign);
        if (!packing.addLast(new Message(Topics.here(fund, terminal), signed.bytes()))) {
            throw new IllegalStateException("there is room for the last word");
        }
        return Optional.of(new Packed(packing.bundle(), sent + 1 - first, head));
    }

    private static long number(Database store, String sql) throws StorageFailed {
        return store.inTransaction(
                connection -> Sql.first(connection, sql, row -> row.getLong(1)).orElse(0L));
    }

    private static List<byte[]> from(Database store, long number) throws StorageFailed {
        List<byte[]> found = store.inTransaction(connection -> Sql.rows(
                connection,
                "SELECT bytes FROM entry WHERE number >= ? ORDER BY number LIMIT ?",
                row -> row.getBytes(1),
                number,
                Uplink.ENTRIES_MAX));
        List<byte[]> taken = new ArrayList<>();
        long bytes = 0;
        for (byte[] entry : found) {
            bytes += entry.length;
            if (!taken.isEmpty() && bytes > Uplink.BYTES_MAX) {
                break;
            }
            taken.add(entry);
        }
        if (taken.isEmpty()) {
            throw new StorageFailed("entry " + number + " is not in store");
        }
        return taken;
    }
}

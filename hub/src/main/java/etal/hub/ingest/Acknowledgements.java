package etal.hub.ingest;

import etal.hub.books.Sql;
import etal.hub.members.HubKeys;
import etal.hub.restore.Restored;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.Checkpoint;
import etal.protocol.sync.SignedCheckpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Signed checkpoints, one for each head that was ever acknowledged: asked again, the hub says the same bytes. One that was
 * restored says it anew in its own generation: to a word of the one before a terminal does not listen any more.
 */
final class Acknowledgements {
    private final HubKeys keys;

    Acknowledgements(HubKeys keys) {
        this.keys = keys;
    }

    /** The checkpoint of the ledger's head. It may be sent once the transaction has committed. */
    byte[] of(Connection connection, LedgerId ledger, Chain chain, long nowMillis) throws SQLException {
        Optional<byte[]> given = Sql.first(
                connection,
                "SELECT bytes FROM checkpoint WHERE terminal = ? AND epoch = ? AND number = ?",
                row -> row.getBytes(1),
                ledger.terminal(),
                ledger.epoch(),
                chain.number());
        long generation = Restored.generation(connection);
        if (given.isPresent() && generationOf(given.get()) == generation) {
            return given.get();
        }
        Checkpoint checkpoint =
                new Checkpoint(ledger.terminal(), ledger.epoch(), chain.number(), chain.head(), nowMillis, generation);
        byte[] signed = Checkpoint.sign(checkpoint, keys.acknowledgingKid(), keys.acknowledging()::sign);
        Sql.update(
                connection,
                "INSERT INTO checkpoint (terminal, epoch, number, bytes) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (terminal, epoch, number) DO UPDATE SET bytes = excluded.bytes",
                ledger.terminal(),
                ledger.epoch(),
                chain.number(),
                signed);
        return signed;
    }

    private static long generationOf(byte[] checkpoint) {
        try {
            return SignedCheckpoint.decode(checkpoint).checkpoint().generation();
        } catch (Malformed e) {
            // The check of the store names it; what is said from now on is sound again.
            return 0;
        }
    }
}

package etal.hub.ingest;

import etal.hub.books.Sql;
import etal.hub.members.HubKeys;
import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.Checkpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Signed checkpoints, one for each head that was ever acknowledged: asked again, the hub says the same bytes. */
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
        if (given.isPresent()) {
            return given.get();
        }
        long generation = Sql.number(connection, "SELECT generation FROM hub");
        Checkpoint checkpoint =
                new Checkpoint(ledger.terminal(), ledger.epoch(), chain.number(), chain.head(), nowMillis, generation);
        byte[] signed = Checkpoint.sign(checkpoint, keys.acknowledgingKid(), keys.acknowledging()::sign);
        Sql.update(
                connection,
                "INSERT INTO checkpoint (terminal, epoch, number, bytes) VALUES (?, ?, ?, ?)",
                ledger.terminal(),
                ledger.epoch(),
                chain.number(),
                signed);
        return signed;
    }
}

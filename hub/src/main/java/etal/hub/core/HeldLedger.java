package etal.hub.core;

import etal.hub.books.Sql;
import etal.protocol.ledger.LedgerFile;
import etal.protocol.ledger.LedgerId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A ledger as the hub holds it, in its open form. Stateless. */
final class HeldLedger {
    private HeldLedger() {}

    /** The file; empty when the hub holds nothing of it. */
    static Optional<byte[]> file(Connection connection, LedgerId id, List<byte[]> acknowledgingChain)
            throws SQLException {
        List<byte[]> entries = blobs(connection, "SELECT bytes FROM entry", "number", id);
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        List<byte[]> certificates = new ArrayList<>(blobs(connection, "SELECT der FROM certificate", "position", id));
        certificates.addAll(acknowledgingChain);
        List<byte[]> checkpoints = blobs(connection, "SELECT bytes FROM checkpoint", "number", id);
        return Optional.of(new LedgerFile(certificates, checkpoints, entries).encode());
    }

    private static List<byte[]> blobs(Connection connection, String select, String order, LedgerId id)
            throws SQLException {
        return Sql.list(
                connection,
                select + " WHERE terminal = ? AND epoch = ? ORDER BY " + order,
                row -> row.getBytes(1),
                id.terminal(),
                id.epoch());
    }
}

package etal.terminal.sync;

import etal.port.StorageFailed;
import etal.protocol.cose.Hash;
import etal.terminal.ledger.Sql;
import etal.terminal.ledger.TerminalStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fund's documents as they lie in store, before anything is sold by them. Stateless. */
public final class StoredDocuments {
    private StoredDocuments() {}

    private record Row(String kind, long version, byte[] bytes, byte @Nullable [] sum) {
        boolean damaged() {
            // Those kept by an earlier version have no sum; the next ones that come have.
            return sum != null && !Arrays.equals(sum, Hash.sha256(bytes));
        }
    }

    /**
     * Drops those in which a bit has flipped: nothing is sold by a price that nobody has signed. They come again with the
     * link, for the broker retains them.
     *
     * @return what was dropped, such as {@code scheme 3}
     */
    public static List<String> dropDamaged(TerminalStore store) throws StorageFailed {
        return store.inTransaction(connection -> {
            List<Row> rows = Sql.rows(
                    connection,
                    "SELECT kind, version, bytes, sum FROM document ORDER BY kind, version",
                    row -> new Row(row.getString(1), row.getLong(2), row.getBytes(3), row.getBytes(4)));
            List<String> dropped = new ArrayList<>();
            for (Row row : rows) {
                if (row.damaged()) {
                    Sql.update(
                            connection,
                            "DELETE FROM document WHERE kind = ? AND version = ?",
                            row.kind(),
                            row.version());
                    dropped.add(row.kind() + " " + row.version());
                }
            }
            return dropped;
        });
    }
}

package etal.terminal.sync;

import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.sync.SignedDocument;
import etal.protocol.trust.TrustFile;
import etal.terminal.ledger.Sql;
import etal.terminal.ledger.TerminalStore;
import etal.terminal.rules.VouchedDocuments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fund's documents as they lie in store, before anything is sold by them. Stateless. */
public final class StoredDocuments {
    private StoredDocuments() {}

    private record Row(String kind, long version, byte[] bytes, byte @Nullable [] sum) {
        boolean damaged(TrustFile trust) {
            try {
                // Those kept by an earlier version have no sum; the next ones that come have.
                return sum != null && !Arrays.equals(sum, Hash.sha256(bytes))
                        || !VouchedDocuments.vouchedFor(SignedDocument.decode(bytes), trust);
            } catch (Malformed unreadable) {
                return true;
            }
        }
    }

    /**
     * Drops those in which a bit has flipped, or that the fund has not signed: nothing is sold by a price that nobody has signed. They come again with the
     * link, for the broker retains them.
     *
     * @return what was dropped, such as {@code scheme 3}
     */
    public static List<String> dropDamaged(TerminalStore store, TrustFile trust) throws StorageFailed {
        return store.inTransaction(connection -> {
            List<Row> rows = Sql.rows(
                    connection,
                    "SELECT kind, version, bytes, sum FROM document ORDER BY kind, version",
                    row -> new Row(row.getString(1), row.getLong(2), row.getBytes(3), row.getBytes(4)));
            List<String> dropped = new ArrayList<>();
            for (Row row : rows) {
                if (row.damaged(trust)) {
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

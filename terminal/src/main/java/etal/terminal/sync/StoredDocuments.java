package etal.terminal.sync;

import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.sync.Document;
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

    private record Row(long row, String kind, long version, long holdsFrom, byte[] bytes, byte @Nullable [] sum) {
        boolean damaged(TrustFile trust) {
            try {
                // Those kept by an earlier version have no sum; the next ones that come have.
                SignedDocument signed = SignedDocument.decode(bytes);
                return sum != null && !Arrays.equals(sum, Hash.sha256(bytes))
                        || !VouchedDocuments.vouchedFor(signed, trust)
                        || !isItsOwn(signed.document());
            } catch (Malformed unreadable) {
                return true;
            }
        }

        /** What stands beside the bytes decides what is superseded, and no signature covers it there. */
        private boolean isItsOwn(Document document) {
            return document.kind().equals(kind)
                    && document.version() == version
                    && document.holdsFromMillis() == holdsFrom;
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
                    "SELECT rowid, kind, version, holds_from, bytes, sum FROM document ORDER BY kind, version",
                    row -> new Row(
                            row.getLong(1),
                            row.getString(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getBytes(5),
                            row.getBytes(6)));
            List<String> dropped = new ArrayList<>();
            for (Row row : rows) {
                if (row.damaged(trust)) {
                    Sql.update(connection, "DELETE FROM document WHERE rowid = ?", row.row());
                    dropped.add(row.kind() + " " + row.version());
                }
            }
            return dropped;
        });
    }
}

package etal.terminal.rules;

import etal.port.Database.Damaged;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.sync.Document;
import etal.protocol.sync.SignedDocument;
import etal.protocol.trust.Role;
import etal.protocol.trust.TrustFile;
import etal.terminal.ledger.Sql;
import etal.terminal.ledger.TerminalStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The fund's documents in store, each vouched for by its signature at every reading: what lay there may have rotted since it
 * was taken, or somebody may have written into it. Stateless but for the store; used from the loop only.
 */
public final class VouchedDocuments {
    private final TerminalStore store;
    private final TrustFile trust;

    /** In that store, under that trust. */
    public VouchedDocuments(TerminalStore store, TrustFile trust) {
        this.store = store;
        this.trust = trust;
    }

    private record Row(String kind, long version, byte[] bytes) {}

    /** Those of a kind, versions ascending. @throws StorageFailed when one is not what the fund has signed */
    public List<Document> of(String kind) throws StorageFailed {
        return store.inTransaction(connection -> {
            var documents = new ArrayList<Document>();
            List<Row> rows = Sql.rows(
                    connection,
                    "SELECT kind, version, bytes FROM document WHERE kind = ? ORDER BY version",
                    row -> new Row(row.getString(1), row.getLong(2), row.getBytes(3)),
                    kind);
            for (Row row : rows) {
                documents.add(document(row));
            }
            return documents;
        });
    }

    private Document document(Row row) throws SQLException {
        try {
            SignedDocument signed = SignedDocument.decode(row.bytes());
            Document document = signed.document();
            if (vouchedFor(signed, trust)
                    && document.kind().equals(row.kind())
                    && document.version() == row.version()) {
                return document;
            }
        } catch (Malformed malformed) {
            throw new Damaged("document " + row.kind() + " " + row.version(), malformed);
        }
        throw new Damaged("document " + row.kind() + " " + row.version() + " is not what the fund has signed");
    }

    /** Whether the fund's documents key has signed it. */
    public static boolean vouchedFor(SignedDocument signed, TrustFile trust) throws Malformed {
        var signer = trust.signer(signed.kid(), Role.HUB_DOCUMENTS);
        return signer.isPresent() && signed.verify(signer.get().leafPublicKey65());
    }
}

package etal.terminal.sync;

import etal.port.StorageFailed;
import etal.protocol.card.PeriodToken;
import etal.protocol.cbor.Malformed;
import etal.protocol.sync.Document;
import etal.protocol.sync.SignedDocument;
import etal.protocol.trust.Role;
import etal.protocol.trust.TrustFile;
import etal.protocol.trust.Verified;
import etal.terminal.ledger.Ledger;
import etal.terminal.ledger.Sql;
import etal.terminal.rules.RuleBook;
import java.util.Optional;

/**
 * What the fund publishes, as it arrives: signature and content are checked; what is superseded by a version that holds is
 * passed over, so an old document brought again does not win. Any number of repeats and any order do no harm. Used from the
 * loop only.
 */
final class Documents {
    private static final int SUPERSEDED_KEPT = 2;

    private final Ledger ledger;
    private final TrustFile trust;
    private final RuleBook rules;
    private final long fund;

    Documents(Ledger ledger, TrustFile trust, RuleBook rules, long fund) {
        this.ledger = ledger;
        this.trust = trust;
        this.rules = rules;
        this.fund = fund;
    }

    /** Takes one; true if it was new. @throws Malformed why it is refused */
    boolean take(byte[] message) throws Malformed, StorageFailed {
        SignedDocument signed = SignedDocument.decode(message);
        Optional<Verified> signer = trust.signer(signed.kid(), Role.HUB_DOCUMENTS);
        if (signer.isEmpty() || !signed.verify(signer.get().leafPublicKey65())) {
            throw new Malformed("a document not signed by the fund's documents key");
        }
        Document document = signed.document();
        if (known(document)) {
            return false;
        }
        RuleBook.check(document, fund);
        if (document.kind().equals(Document.PERIOD)
                && !PeriodToken.decode(document.content()).verify(signer.get().leafPublicKey65())) {
            throw new Malformed("a period token not signed by the issuing key");
        }
        store(signed);
        rules.reload();
        return true;
    }

    /**
     * Whether it is held already, or superseded by one that holds. One that will hold supersedes nothing yet: in whatever
     * order they come, the version that holds is taken beside those that will. A list of denied cards is obeyed from its
     * arrival on, so any newer one supersedes it.
     */
    private boolean known(Document document) throws StorageFailed {
        boolean obeyedAtOnce = document.kind().equals(Document.DENY);
        long holdingMillis = obeyedAtOnce ? Long.MAX_VALUE : ledger.timeMillis();
        return ledger.store()
                .inTransaction(connection -> Sql.first(
                                connection,
                                "SELECT 1 FROM document WHERE kind = ? AND (version = ? OR version > ? AND holds_from <= ?)",
                                row -> row.getInt(1),
                                document.kind(),
                                document.version(),
                                document.version(),
                                holdingMillis)
                        .isPresent());
    }

    /**
     * Keeps it, and forgets those long superseded. The last two stay: a clock that ran ahead and is set right again must not
     * leave a till without the rules of now.
     */
    private void store(SignedDocument signed) throws StorageFailed {
        Document document = signed.document();
        long nowMillis = ledger.timeMillis();
        ledger.store().inTransaction(connection -> {
            Sql.update(
                    connection,
                    "INSERT INTO document(kind, version, holds_from, bytes) VALUES(?, ?, ?, ?)",
                    document.kind(),
                    document.version(),
                    document.holdsFromMillis(),
                    signed.bytes());
            return Sql.update(
                    connection,
                    "DELETE FROM document WHERE kind = ? AND version < (SELECT version FROM document WHERE kind = ?"
                            + " AND version < (SELECT max(version) FROM document WHERE kind = ? AND holds_from <= ?)"
                            + " ORDER BY version DESC LIMIT 1 OFFSET ?)",
                    document.kind(),
                    document.kind(),
                    document.kind(),
                    nowMillis,
                    SUPERSEDED_KEPT - 1);
        });
    }
}

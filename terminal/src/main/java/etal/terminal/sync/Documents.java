package etal.terminal.sync;

import etal.port.StorageFailed;
import etal.protocol.card.PeriodToken;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.sync.CardOrders;
import etal.protocol.sync.Document;
import etal.protocol.sync.KeyUpdates;
import etal.protocol.sync.SignedDocument;
import etal.protocol.trust.Role;
import etal.protocol.trust.TrustFile;
import etal.protocol.trust.Verified;
import etal.terminal.ledger.Ledger;
import etal.terminal.ledger.Sql;
import etal.terminal.order.OrderBook;
import etal.terminal.rules.RuleBook;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;

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
    private final OrderBook orders;
    private final long fund;

    Documents(Ledger ledger, TrustFile trust, RuleBook rules, OrderBook orders, long fund) {
        this.ledger = ledger;
        this.trust = trust;
        this.rules = rules;
        this.orders = orders;
        this.fund = fund;
    }

    /** Takes one; true if it was new. @throws Malformed why it is refused */
    boolean take(byte[] message) throws Malformed, StorageFailed {
        SignedDocument signed = SignedDocument.decode(message);
        if (held(signed)) {
            return false;
        }
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
        OptionalInt shard = Document.ordersShard(document.kind());
        if (shard.isPresent()) {
            store(signed, CardOrders.decode(shard.getAsInt(), document.content()));
            return true;
        }
        if (document.kind().equals(Document.KEYS)) {
            requireRoot(KeyUpdates.decode(document.content()));
        }
        store(signed);
        if (document.kind().equals(Document.KEYS) || document.kind().equals(Document.WANTED)) {
            orders.reload();
        } else {
            rules.reload();
        }
        return true;
    }

    /**
     * Whether these very bytes are in store: they were checked before they came there. All that the fund publishes comes
     * again whenever the link comes up, and looking each signature over again is most of what that costs.
     */
    private boolean held(SignedDocument signed) throws StorageFailed {
        return ledger.store()
                .inTransaction(connection -> Sql.first(
                                connection,
                                "SELECT 1 FROM document WHERE kind = ? AND version = ? AND bytes = ?",
                                row -> row.getInt(1),
                                signed.document().kind(),
                                signed.document().version(),
                                signed.bytes())
                        .isPresent());
    }

    /** A false update would cost every card a refusal at every tap, and the root has signed each one or nobody has. */
    private void requireRoot(KeyUpdates updates) throws Malformed {
        for (KeyUpdate update : updates.updates()) {
            if (!update.verify(trust.rootKey())) {
                throw new Malformed("a key update not signed by the root");
            }
        }
    }

    /**
     * Whether it is held already, or superseded by one that holds. One that will hold supersedes nothing yet: in whatever
     * order they come, the version that holds is taken beside those that will. What is about cards is obeyed from its
     * arrival on, so any newer one supersedes it.
     */
    private boolean known(Document document) throws StorageFailed {
        long holdingMillis = Document.obeyedAtOnce(document.kind()) ? Long.MAX_VALUE : ledger.timeMillis();
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

    /** Orders take the place of those before at once: an older document of them is of no use to anybody. */
    private void store(SignedDocument signed, CardOrders content) throws StorageFailed {
        ledger.store().inTransaction(connection -> {
            Sql.update(
                    connection,
                    "DELETE FROM document WHERE kind = ?",
                    signed.document().kind());
            insert(connection, signed);
            OrderBook.enter(connection, content);
            return content;
        });
    }

    private static void insert(Connection connection, SignedDocument signed) throws SQLException {
        Document document = signed.document();
        Sql.update(
                connection,
                "INSERT INTO document(kind, version, holds_from, bytes, sum) VALUES(?, ?, ?, ?, ?)",
                document.kind(),
                document.version(),
                document.holdsFromMillis(),
                signed.bytes(),
                Hash.sha256(signed.bytes()));
    }

    /**
     * Keeps it, and forgets those long superseded. The last two stay: a clock that ran ahead and is set right again must not
     * leave a till without the rules of now.
     */
    private void store(SignedDocument signed) throws StorageFailed {
        Document document = signed.document();
        long nowMillis = ledger.timeMillis();
        ledger.store().inTransaction(connection -> {
            insert(connection, signed);
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

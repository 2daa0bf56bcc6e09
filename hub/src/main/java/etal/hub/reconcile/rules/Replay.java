package etal.hub.reconcile.rules;

import etal.hub.books.Sql;
import etal.hub.ingest.SaleCheck;
import etal.hub.ingest.SaleCheck.Refusal;
import etal.hub.members.PointOfSale;
import etal.protocol.card.CardRecord;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body.Sale;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.SchemeRef;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.scheme.file.SchemeReading;
import etal.protocol.sync.Document;
import etal.protocol.sync.SignedDocument;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sales that moved money, once more under the rules of their day: a row taken out of quarantine makes no sale payable. Rules
 * that cannot be read any more are as if never published; the check of the store names them.
 */
public final class Replay {
    private final Map<SchemeRef, Scheme> schemes = new LinkedHashMap<>();

    private Replay() {}

    /** Under all rules that are published. */
    public static Replay of(Connection connection) throws SQLException {
        Replay replay = new Replay();
        Sql.list(
                connection,
                "SELECT bytes FROM document WHERE kind = 'scheme' ORDER BY id, version",
                row -> replay.scheme(row.getBytes(1)));
        return replay;
    }

    private boolean scheme(byte[] bytes) {
        try {
            Document document = SignedDocument.decode(bytes).document();
            String yaml = new String(document.content(), StandardCharsets.UTF_8);
            if (SchemeFile.read(yaml, document.id()) instanceof SchemeReading.Read read) {
                schemes.put(new SchemeRef(document.id(), document.version()), read.scheme());
                return true;
            }
            return false;
        } catch (Malformed e) {
            return false;
        }
    }

    /** The rules of that id and version, if they can be read. */
    public Optional<Scheme> scheme(SchemeRef ref) {
        return Optional.ofNullable(schemes.get(ref));
    }

    /** Why a sale that a card has paid should not have moved money, if it should not. */
    public Optional<String> complaint(
            Entry entry, Sale sale, CardRecord record, Optional<PointOfSale> point, List<Long> chosen) {
        Optional<Refusal> refused = SaleCheck.signedByCard(entry, sale, record);
        if (refused.isPresent()) {
            return refused.map(Refusal::detail);
        }
        Scheme scheme = schemes.get(sale.scheme());
        if (scheme == null || point.isEmpty()) {
            return Optional.of(point.isEmpty() ? "nobody sells there as " + sale.seller() : "its rules are not there");
        }
        return SaleCheck.askedMillis(entry, record) < scheme.holdsFromMillis()
                ? Optional.of("its rules hold only from " + scheme.holdsFrom())
                : SaleCheck.asTheRulesSay(sale, record, scheme, point.get().underRules(), chosen)
                        .map(Refusal::detail);
    }
}

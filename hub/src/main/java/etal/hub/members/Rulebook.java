package etal.hub.members;

import etal.hub.books.Sql;
import etal.port.Database.Damaged;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
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
import java.util.Set;
import java.util.TreeSet;

/**
 * Every document the fund has published, each version for ever: any past sale can be replayed under its own rules. Used
 * from the loop only, within a transaction.
 */
public final class Rulebook {
    private final Map<SchemeRef, Scheme> schemes = new LinkedHashMap<>();
    private final Map<Integer, byte[]> tokenHashes = new LinkedHashMap<>();

    /** The rules of that id and version, if the fund has published them. */
    public Optional<Scheme> scheme(Connection connection, SchemeRef ref) throws SQLException {
        Scheme known = schemes.get(ref);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<SignedDocument> document = find(connection, Document.SCHEME, ref.id(), ref.version());
        if (document.isEmpty()) {
            return Optional.empty();
        }
        Scheme scheme = read(document.get().document());
        schemes.put(ref, scheme);
        return Optional.of(scheme);
    }

    /** SHA-256 of the token that opened that month, if the hub has issued one. */
    public Optional<byte[]> tokenHash(Connection connection, int period) throws SQLException {
        byte[] known = tokenHashes.get(period);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<byte[]> hash = Sql.first(
                        connection,
                        "SELECT bytes FROM document WHERE kind = 'period' AND version = ? ORDER BY id",
                        row -> stored(row.getBytes(1)),
                        period)
                .map(document -> Hash.sha256(document.document().content()));
        hash.ifPresent(bytes -> tokenHashes.put(period, bytes));
        return hash;
    }

    /** The document of that kind, id and version. */
    public Optional<SignedDocument> find(Connection connection, String kind, String id, long version)
            throws SQLException {
        return Sql.first(
                connection,
                "SELECT bytes FROM document WHERE kind = ? AND id = ? AND version = ?",
                row -> stored(row.getBytes(1)),
                kind,
                id,
                version);
    }

    /** The newest version of that kind and id. */
    public Optional<SignedDocument> newest(Connection connection, String kind, String id) throws SQLException {
        return Sql.first(
                connection,
                "SELECT bytes FROM document WHERE kind = ? AND id = ? ORDER BY version DESC LIMIT 1",
                row -> stored(row.getBytes(1)),
                kind,
                id);
    }

    /** All versions of that kind, ascending. */
    public List<SignedDocument> ofKind(Connection connection, String kind) throws SQLException {
        return Sql.list(
                connection,
                "SELECT bytes FROM document WHERE kind = ? ORDER BY version, id",
                row -> stored(row.getBytes(1)),
                kind);
    }

    /** The kinds of which there is a document. */
    public Set<String> kinds(Connection connection) throws SQLException {
        return new TreeSet<>(
                Sql.list(connection, "SELECT DISTINCT kind FROM document ORDER BY kind", row -> row.getString(1)));
    }

    /** All documents, by kind, id and version. */
    public List<SignedDocument> all(Connection connection) throws SQLException {
        return Sql.list(
                connection, "SELECT bytes FROM document ORDER BY kind, id, version", row -> stored(row.getBytes(1)));
    }

    /** Enters a document that the fund publishes from now on. */
    public void enter(Connection connection, SignedDocument signed) throws SQLException {
        Document document = signed.document();
        Sql.update(
                connection,
                "INSERT INTO document (kind, id, version, holds_from_millis, bytes) VALUES (?, ?, ?, ?, ?)",
                document.kind(),
                document.id(),
                document.version(),
                document.holdsFromMillis(),
                signed.bytes());
    }

    /** The number of a kind's newest version up to that one; 0 if there is none. */
    public long newestUpTo(Connection connection, String kind, long version) throws SQLException {
        return Sql.number(
                connection,
                "SELECT COALESCE(MAX(version), 0) FROM document WHERE kind = ? AND version <= ?",
                kind,
                version);
    }

    /** Takes versions above one and up to another of a kind that says nothing lasting out of the store. */
    public void forget(Connection connection, String kind, long above, long upTo) throws SQLException {
        Sql.update(
                connection, "DELETE FROM document WHERE kind = ? AND version > ? AND version <= ?", kind, above, upTo);
    }

    private static Scheme read(Document document) throws SQLException {
        String yaml = new String(document.content(), StandardCharsets.UTF_8);
        return switch (SchemeFile.read(yaml, document.id())) {
            case SchemeReading.Read read -> read.scheme();
            case SchemeReading.Faulty faulty -> throw new Damaged("published rules do not read: " + faulty.faults());
        };
    }

    private static SignedDocument stored(byte[] bytes) throws SQLException {
        try {
            return SignedDocument.decode(bytes);
        } catch (Malformed e) {
            throw new Damaged("a document does not read", e);
        }
    }
}

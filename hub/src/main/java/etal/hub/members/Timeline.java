package etal.hub.members;

import etal.hub.books.Sql;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.sync.Document;
import etal.protocol.sync.SignedDocument;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which version of scheme and product list held when, by what the fund has published: at a time the highest whose date is
 * not after it. Immutable.
 */
public final class Timeline {
    private record Version(String kind, long version, long holdsFromMillis, String hash) {}

    private final List<Version> versions;

    private Timeline(List<Version> versions) {
        this.versions = List.copyOf(versions);
    }

    /** Of all that is in store. A document that cannot be read any more is as if never published: the check of the store names it. */
    public static Timeline read(Connection connection) throws SQLException {
        List<Version> versions = new ArrayList<>();
        for (byte[] bytes :
                Sql.list(connection, "SELECT bytes FROM document ORDER BY kind, version, id", row -> row.getBytes(1))) {
            try {
                Document document = SignedDocument.decode(bytes).document();
                versions.add(new Version(
                        document.kind(),
                        document.version(),
                        document.holdsFromMillis(),
                        Hash.hex(Hash.sha256(document.content()))));
            } catch (Malformed damaged) {
                continue;
            }
        }
        return new Timeline(versions);
    }

    /** The version of that kind that held then; 0 before the first. */
    public long versionAt(String kind, long timeMillis) {
        return versions.stream()
                .filter(version -> version.kind().equals(kind) && version.holdsFromMillis() <= timeMillis)
                .mapToLong(Version::version)
                .max()
                .orElse(0);
    }

    /** The newest version of that kind with that content; 0 if the fund has published none. */
    public long versionOf(String kind, byte[] contentHash) {
        String hash = Hash.hex(contentHash);
        return versions.stream()
                .filter(version -> version.kind().equals(kind) && version.hash().equals(hash))
                .mapToLong(Version::version)
                .max()
                .orElse(0);
    }
}

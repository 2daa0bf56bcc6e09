package etal.hub.view;

import etal.hub.members.Rulebook;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.scheme.file.SchemeReading;
import etal.protocol.sync.Document;
import etal.protocol.sync.SignedDocument;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * One published version of the rules. Immutable.
 *
 * @param scheme what it says
 * @param yaml as it was written and signed
 * @param standing whether it holds
 */
public record RulesVersion(Scheme scheme, String yaml, Standing standing) {
    /** Whether a version holds. */
    public enum Standing {
        /** It held, and a newer one has taken its place. */
        PAST,
        /** It holds now. */
        NOW,
        /** It will. */
        TO_COME
    }

    /** All versions the fund has published, the newest first; those that no longer read are left to the check of the store. */
    public static List<RulesVersion> all(Connection connection, Rulebook rulebook, long nowMillis) throws SQLException {
        List<RulesVersion> versions = new ArrayList<>();
        boolean holds = false;
        for (SignedDocument signed :
                rulebook.ofKind(connection, Document.SCHEME).reversed()) {
            Document document = signed.document();
            String yaml = new String(document.content(), StandardCharsets.UTF_8);
            boolean toCome = document.holdsFromMillis() > nowMillis;
            Standing standing = toCome ? Standing.TO_COME : holds ? Standing.PAST : Standing.NOW;
            holds |= !toCome;
            if (SchemeFile.read(yaml, document.id()) instanceof SchemeReading.Read(Scheme scheme)) {
                versions.add(new RulesVersion(scheme, yaml, standing));
            }
        }
        return List.copyOf(versions);
    }
}

package etal.terminal.rules;

import etal.protocol.catalogue.Catalogue;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.SchemeRef;
import etal.protocol.scheme.Scheme;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a sale is made under.
 *
 * @param schemeHash SHA-256 of the scheme document's content
 * @param catalogueHash SHA-256 of the catalogue document's content
 */
public record Rules(Scheme scheme, byte[] schemeHash, Catalogue catalogue, byte[] catalogueHash) {
    /** As a sale names them. */
    public SchemeRef ref() {
        return new SchemeRef(scheme.id(), scheme.version());
    }

    /** Whether an entry that said which rules hold said these. */
    public boolean are(Body.@Nullable RulesApplied entry) {
        return entry != null
                && entry.scheme().equals(scheme.id())
                && entry.version() == scheme.version()
                && Arrays.equals(entry.schemeHash(), schemeHash)
                && Arrays.equals(entry.catalogueHash(), catalogueHash);
    }

    /** The entry that says from where on they hold. */
    public Body.RulesApplied applied() {
        return new Body.RulesApplied(scheme.id(), scheme.version(), schemeHash, catalogueHash);
    }
}

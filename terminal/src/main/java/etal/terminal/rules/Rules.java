package etal.terminal.rules;

import etal.protocol.catalogue.Catalogue;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.SchemeRef;
import etal.protocol.scheme.Scheme;

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

    /** The entry that says from where on they hold. */
    public Body.RulesApplied applied() {
        return new Body.RulesApplied(scheme.id(), scheme.version(), schemeHash, catalogueHash);
    }
}

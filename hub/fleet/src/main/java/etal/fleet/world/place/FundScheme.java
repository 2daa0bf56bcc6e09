package etal.fleet.world.place;

import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.ShippedSchemes;

/** The scheme of the market: Dieulefit's, as it ships. */
public final class FundScheme {
    private FundScheme() {}

    /** The text of the file. */
    public static String yaml() {
        return ShippedSchemes.yaml(ShippedSchemes.DIEULEFIT);
    }

    /** The scheme. */
    public static Scheme dieulefit() {
        return ShippedSchemes.scheme(ShippedSchemes.DIEULEFIT);
    }
}

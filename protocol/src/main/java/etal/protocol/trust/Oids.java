package etal.protocol.trust;

/** Object identifiers of our own, under the arc for UUIDs (ITU-T X.667). */
public final class Oids {
    /** Extension of a terminal's certificate, not critical: OCTET STRING of the 146 bytes it shows to cards. */
    public static final String CARD_CERTIFICATE = "2.25.305821105408246119474742976030998643037";

    /** In the extensionRequest of a terminal's PKCS#10: OCTET STRING of its key agreement public key, 65 bytes. */
    public static final String KEY_AGREEMENT_KEY = "2.25.305821105408246119474742976030998643038";

    private Oids() {}
}

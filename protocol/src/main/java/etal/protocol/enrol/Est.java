package etal.protocol.enrol;

/** Names and numbers of EST over secure CoAP (RFC 9148) as terminal and registrar use it. Stateless. */
public final class Est {
    /** Where the registrar's authorities are fetched (GET). */
    public static final String CRTS_PATH = "/.well-known/est/crts";

    /** Where a certificate is asked for (POST of a PKCS#10). */
    public static final String SEN_PATH = "/.well-known/est/sen";

    /** Content format of application/pkcs7-mime; smime-type=certs-only. */
    public static final int CONTENT_PKCS7_CERTS = 281;

    /** Content format of application/pkcs10. */
    public static final int CONTENT_PKCS10 = 286;

    /** Content format of application/pkix-cert. */
    public static final int CONTENT_PKIX_CERT = 287;

    /** The port of CoAP over DTLS (RFC 7252). */
    public static final int COAPS_PORT = 5684;

    private Est() {}
}

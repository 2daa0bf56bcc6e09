package etal.terminal.ledger;

import etal.protocol.cbor.Malformed;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** From when to when a certificate holds, milliseconds since 1970; nothing else of it is looked at. Immutable. */
public record CertificateDates(long fromMillis, long toMillis) {
    /** Of an X.509 certificate, DER. */
    public static CertificateDates of(byte[] der) throws Malformed {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            if (factory.generateCertificate(new ByteArrayInputStream(der)) instanceof X509Certificate x509) {
                return new CertificateDates(
                        x509.getNotBefore().getTime(), x509.getNotAfter().getTime());
            }
            throw new Malformed("not an X.509 certificate");
        } catch (CertificateException unreadable) {
            throw new Malformed("not a certificate", unreadable);
        }
    }
}

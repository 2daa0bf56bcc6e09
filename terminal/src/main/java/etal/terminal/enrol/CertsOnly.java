package etal.terminal.enrol;

import etal.protocol.cbor.Malformed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;

/** Reads PKCS#7 "certs-only" (RFC 5272, 3.1): certificates without content and signers. */
final class CertsOnly {
    private static final int CERTIFICATES_MAX = 8;

    private CertsOnly() {}

    /**
     * The certificates, DER; their order says nothing.
     *
     * @throws Malformed when it is anything else
     */
    static List<byte[]> decode(byte[] pkcs7) throws Malformed {
        try {
            var found = new CMSSignedData(pkcs7).getCertificates().getMatches(null);
            if (found.size() > CERTIFICATES_MAX) {
                throw new Malformed("More than " + CERTIFICATES_MAX + " authorities.");
            }
            var ders = new ArrayList<byte[]>();
            for (X509CertificateHolder certificate : found) {
                ders.add(certificate.getEncoded());
            }
            return ders;
        } catch (IOException | CMSException | RuntimeException e) {
            // Bouncy Castle answers nonsense with many kinds of unchecked exceptions; to us all of them are one
            // refusal.
            throw new Malformed("Not a PKCS#7 of certificates.", e);
        }
    }
}

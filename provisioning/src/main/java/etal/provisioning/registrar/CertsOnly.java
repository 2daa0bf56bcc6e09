package etal.provisioning.registrar;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.util.CollectionStore;

/** Certificates in a PKCS#7 without content and signers: "certs-only" (RFC 5272, 3.1; RFC 7030, 4.1.3). */
final class CertsOnly {
    private CertsOnly() {}

    /** The DER form; its set has DER's order, not the caller's. */
    static byte[] encode(List<byte[]> certificates) {
        try {
            var holders = new ArrayList<X509CertificateHolder>();
            for (byte[] der : certificates) {
                holders.add(new X509CertificateHolder(der));
            }
            var generator = new CMSSignedDataGenerator();
            generator.addCertificates(new CollectionStore<>(holders));
            return generator.generate(new CMSAbsentContent()).getEncoded(ASN1Encoding.DER);
        } catch (IOException | CMSException e) {
            throw new IllegalStateException("Certificates that were issued here always fit into PKCS#7.", e);
        }
    }
}

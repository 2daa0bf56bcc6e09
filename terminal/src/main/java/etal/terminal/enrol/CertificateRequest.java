package etal.terminal.enrol;

import etal.port.Signer;
import etal.protocol.cose.P256;
import etal.protocol.ledger.LedgerId;
import etal.protocol.trust.Oids;
import etal.protocol.trust.Role;
import java.io.IOException;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A terminal's PKCS#10 (RFC 2986): its name, its signing key and, as a requested extension, its key agreement key; signed
 * by the signing key. The same keys give the same bytes, by which the registrar knows a repeated request.
 */
final class CertificateRequest {
    private CertificateRequest() {}

    /** The request, DER. */
    static byte[] encode(long fund, LedgerId ledger, Signer signer, byte[] agreementKey) {
        var name = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, ledger.toString())
                .addRDN(BCStyle.OU, Role.TERMINAL.name())
                .addRDN(BCStyle.O, "etal fund " + fund)
                .build();
        var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);
        try {
            var extension = Extension.create(
                    new ASN1ObjectIdentifier(Oids.KEY_AGREEMENT_KEY), false, new DEROctetString(agreementKey));
            var attribute = new Attribute(
                    PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, new DERSet(new Extensions(extension)));
            var info = new CertificationRequestInfo(
                    name, new SubjectPublicKeyInfo(algorithm, signer.publicKey()), new DERSet(attribute));
            byte[] signature = P256.toDer(signer.sign(info.getEncoded(ASN1Encoding.DER)));
            return new CertificationRequest(
                            info,
                            new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256),
                            new DERBitString(signature))
                    .getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("A request built here always has a DER form.", e);
        }
    }
}

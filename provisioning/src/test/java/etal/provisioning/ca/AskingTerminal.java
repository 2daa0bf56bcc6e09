package etal.provisioning.ca;

import etal.fake.SeededEntropy;
import etal.protocol.cose.P256;
import etal.protocol.ledger.LedgerId;
import etal.protocol.trust.Oids;
import java.io.IOException;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/**
 * A terminal that asks to be certified, its request made with Bouncy Castle's builder and the JDK's signature: not by the
 * code under test. Test keys, known to everyone.
 */
public record AskingTerminal(LedgerId ledger, byte[] signingScalar, byte[] agreementScalar) {
    /** A terminal whose keys follow from its number and {@code variant}. */
    public static AskingTerminal of(long terminal, long epoch, int variant) {
        var entropy = new SeededEntropy(terminal << 32 | epoch << 16 | variant);
        return new AskingTerminal(
                new LedgerId(terminal, epoch), P256.newScalar(entropy::fill), P256.newScalar(entropy::fill));
    }

    /** Its request under its proper subject. */
    public byte[] request() {
        return request("CN=" + ledger + ",OU=TERMINAL,O=etal fund 1");
    }

    /** Its request under another subject. */
    public byte[] request(String subject) {
        return request(subject, P256.publicKey(signingScalar), P256.publicKey(agreementScalar), signingScalar);
    }

    /** A request in which everything can be wrong. The JDK's nonce is random: two calls give two requests. */
    public static byte[] request(String subject, byte[] signingKey, byte[] agreementKey, byte[] signWith) {
        var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);
        try {
            var extension = Extension.create(
                    new ASN1ObjectIdentifier(Oids.KEY_AGREEMENT_KEY), false, new DEROctetString(agreementKey));
            return new PKCS10CertificationRequestBuilder(
                            new X500Name(subject), new SubjectPublicKeyInfo(algorithm, signingKey))
                    .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, new Extensions(extension))
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(P256.jcaPrivate(signWith)))
                    .getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }
}

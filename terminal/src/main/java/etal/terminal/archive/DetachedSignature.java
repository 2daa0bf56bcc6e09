package etal.terminal.archive;

import etal.port.Signer;
import etal.protocol.cose.P256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.util.CollectionStore;

/**
 * A detached CMS signature (RFC 5652) with ECDSA on P-256 and SHA-256 (RFC 5753) by the key that signs the ledger, because
 * {@code openssl cms} checks it in one line. What is signed begins with the tag of a SET, so that it is never read as
 * anything this key signs elsewhere: those begin with CBOR's head of an array or are a handshake's. Stateless.
 */
final class DetachedSignature {
    private DetachedSignature() {}

    /**
     * The signature, DER, with the certificates in it.
     *
     * @param chain DER, leaf first
     */
    static byte[] of(byte[] content, List<byte[]> chain, Signer signer, Instant at) {
        try {
            List<X509CertificateHolder> certificates = new ArrayList<>();
            for (byte[] der : chain) {
                certificates.add(new X509CertificateHolder(der));
            }
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(signerInfo(signer, certificates.getFirst(), at));
            generator.addCertificates(new CollectionStore<>(certificates));
            return generator
                    .generate(new CMSProcessableByteArray(content), false)
                    .getEncoded(ASN1Encoding.DER);
        } catch (IOException | CMSException | OperatorCreationException e) {
            throw new IllegalStateException("a signature built here always has a DER form", e);
        }
    }

    private static SignerInfoGenerator signerInfo(Signer signer, X509CertificateHolder leaf, Instant at)
            throws OperatorCreationException {
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        Time time = new Time(Date.from(at));
        attributes.add(new Attribute(CMSAttributes.signingTime, new DERSet(time)));
        return new SignerInfoGeneratorBuilder(new BcDigestCalculatorProvider())
                .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes)))
                .build(new Es256(signer), leaf);
    }

    /** The library's way to ask for a signature. */
    private static final class Es256 implements ContentSigner {
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private final Signer signer;

        Es256(Signer signer) {
            this.signer = signer;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        }

        @Override
        public OutputStream getOutputStream() {
            return message;
        }

        @Override
        public byte[] getSignature() {
            return P256.toDer(signer.sign(message.toByteArray()));
        }
    }
}

package etal.protocol.trust;

import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/**
 * One X.509 certificate (RFC 5280) of our one form: version 3, P-256, ecdsa-with-SHA256 within and without, strict DER
 * throughout, so that changing any byte of it breaks it. Its signature is checked by {@link #isSignedBy}.
 */
final class Certificate {
    /** Longer than any certificate of ours. */
    static final int LENGTH_MAX = 4096;

    /** What a certificate without a path length allows: more than any chain we read. */
    static final int PATH_UNBOUNDED = 99;

    private static final AlgorithmIdentifier ES256 = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    private static final AlgorithmIdentifier P256_KEY =
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);
    private static final List<ASN1ObjectIdentifier> CRITICAL_KNOWN =
            List.of(Extension.basicConstraints, Extension.keyUsage, Extension.extendedKeyUsage);

    private final byte[] der;
    private final org.bouncycastle.asn1.x509.Certificate x509;
    private final Extensions extensions;
    private final byte[] signedBytes;
    private final byte[] rawSignature;
    private final byte[] publicKey65;
    private final long notBeforeMillis;
    private final long notAfterMillis;

    private Certificate(byte[] der) throws Malformed, IOException {
        this.der = der;
        this.x509 = org.bouncycastle.asn1.x509.Certificate.getInstance(ASN1Primitive.fromByteArray(der));
        if (!Arrays.equals(der, x509.getEncoded(ASN1Encoding.DER))) throw new Malformed("not DER");
        if (x509.getVersionNumber() != 3 || x509.getExtensions() == null) throw new Malformed("not version 3");
        if (!sameDer(x509.getSignatureAlgorithm(), ES256)
                || !sameDer(x509.getTBSCertificate().getSignature(), ES256)) {
            throw new Malformed("not signed by ecdsa-with-SHA256");
        }
        if (x509.getSignature().getPadBits() != 0) throw new Malformed("a signature of half bytes");
        this.extensions = x509.getExtensions();
        this.signedBytes = x509.getTBSCertificate().getEncoded(ASN1Encoding.DER);
        this.rawSignature = P256.fromDer(x509.getSignature().getOctets());
        this.publicKey65 = publicKey(x509.getSubjectPublicKeyInfo());
        this.notBeforeMillis = x509.getStartDate().getDate().getTime();
        this.notAfterMillis = x509.getEndDate().getDate().getTime();
        for (ASN1ObjectIdentifier critical : extensions.getCriticalExtensionOIDs()) {
            if (!CRITICAL_KNOWN.contains(critical)) throw new Malformed("an unknown critical extension " + critical);
        }
    }

    /** Reads one certificate. */
    static Certificate parse(byte[] der) throws Malformed {
        if (der.length > LENGTH_MAX) throw new Malformed("a certificate longer than " + LENGTH_MAX + " bytes");
        try {
            return new Certificate(der);
        } catch (IOException | RuntimeException e) {
            // The library complains of foreign bytes by a dozen unchecked exceptions.
            throw new Malformed("not a certificate", e);
        }
    }

    byte[] der() {
        return der;
    }

    byte[] hash() {
        return Hash.sha256(der);
    }

    byte[] publicKey65() {
        return publicKey65;
    }

    long notBeforeMillis() {
        return notBeforeMillis;
    }

    long notAfterMillis() {
        return notAfterMillis;
    }

    boolean validAt(long atMillis) {
        return notBeforeMillis <= atMillis && atMillis <= notAfterMillis;
    }

    /** Whether {@code issuer}'s name and key stand behind this certificate. */
    boolean isSignedBy(Certificate issuer) throws Malformed {
        return sameDer(x509.getIssuer(), issuer.x509.getSubject())
                && P256.verify(issuer.publicKey65, signedBytes, rawSignature);
    }

    /** How many authorities may stand below this one; -1 if it is no authority. */
    int pathLength() throws Malformed {
        Extension extension = extensions.getExtension(Extension.basicConstraints);
        if (extension == null) return -1;
        BasicConstraints constraints = read(() -> BasicConstraints.getInstance(extension.getParsedValue()));
        if (!constraints.isCA()) return -1;
        if (!extension.isCritical() || !hasUsage(KeyUsage.keyCertSign)) {
            throw new Malformed("an authority without its critical constraints or usage");
        }
        return constraints.getPathLenConstraint() == null
                ? PATH_UNBOUNDED
                : read(() -> constraints.getPathLenConstraint().intValueExact());
    }

    /** Whether the key usage is there and has all these bits of {@link KeyUsage}. */
    boolean hasUsage(int bits) throws Malformed {
        return read(() -> {
            KeyUsage usage = KeyUsage.fromExtensions(extensions);
            return usage != null && usage.hasUsages(bits);
        });
    }

    /** The one value of an attribute of the subject; null if it is not there. */
    @Nullable
    String subject(ASN1ObjectIdentifier attribute) throws Malformed {
        RDN[] found = read(() -> x509.getSubject().getRDNs(attribute));
        if (found.length == 0) return null;
        if (found.length > 1 || found[0].isMultiValued()) throw new Malformed("an attribute given twice");
        return read(() -> ((ASN1String) found[0].getFirst().getValue()).getString());
    }

    /** The one value of the subject's CN. */
    String commonName() throws Malformed {
        String name = subject(BCStyle.CN);
        if (name == null) throw new Malformed("a certificate without a common name");
        return name;
    }

    /** The OCTET STRING in the extension of that OID; null if it is not there. */
    byte @Nullable [] octets(String oid) throws Malformed {
        Extension extension = extensions.getExtension(new ASN1ObjectIdentifier(oid));
        if (extension == null) return null;
        return read(
                () -> ASN1OctetString.getInstance(extension.getParsedValue()).getOctets());
    }

    private static byte[] publicKey(SubjectPublicKeyInfo info) throws Malformed {
        if (!sameDer(info.getAlgorithm(), P256_KEY) || info.getPublicKeyData().getPadBits() != 0) {
            throw new Malformed("not a key on P-256");
        }
        byte[] key = info.getPublicKeyData().getOctets();
        if (key.length != P256.PUBLIC_LENGTH) throw new Malformed("not an uncompressed point");
        P256.check(key);
        return key;
    }

    private static boolean sameDer(ASN1Encodable a, ASN1Encodable b) throws Malformed {
        try {
            return Arrays.equals(
                    a.toASN1Primitive().getEncoded(ASN1Encoding.DER),
                    b.toASN1Primitive().getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new Malformed("a part that has no DER", e);
        }
    }

    /** Something the library reads lazily, and complains of by unchecked exceptions. */
    private static <T> T read(Supplier<T> part) throws Malformed {
        try {
            return part.get();
        } catch (RuntimeException e) {
            throw new Malformed("a part that cannot be read", e);
        }
    }

    static List<Certificate> parseAll(List<byte[]> ders) throws Malformed {
        List<Certificate> certificates = new ArrayList<>();
        for (byte[] der : ders) certificates.add(parse(der));
        return certificates;
    }
}

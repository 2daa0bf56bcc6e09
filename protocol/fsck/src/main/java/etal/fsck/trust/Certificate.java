package etal.fsck.trust;

import etal.fsck.bytes.Damage;
import etal.fsck.bytes.Digest;
import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * An X.509 certificate (RFC 5280) of version 3 with a P-256 key, signed with ES256, in strict DER.
 *
 * @param hash SHA-256 of the whole certificate: the key identifier in signatures
 * @param commonName the subject's CN
 * @param role the subject's OU, empty where it has none: what a leaf may sign
 * @param organisation the subject's O, empty where it has none
 */
public record Certificate(
        Digest hash,
        PublicKey key,
        String commonName,
        String role,
        String organisation,
        Der signedPart,
        byte[] signature,
        X509Certificate parsed) {
    private static final byte[] ES256 = HexFormat.of().parseHex("300a06082a8648ce3d040302");
    private static final byte[] P256_KEY =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

    /** The certificate that {@code der} is. */
    public static Certificate read(byte[] der) throws Damage {
        List<Der> outer = Der.read(der).parts();
        if (outer.size() != 3 || outer.get(0).tag() != 0x30 || outer.get(2).tag() != 0x03) {
            throw new Damage("not a certificate");
        }
        List<Der> inner = outer.get(0).parts();
        if (inner.size() < 8
                || !Arrays.equals(outer.get(1).whole(), ES256)
                || !Arrays.equals(inner.get(2).whole(), ES256)) {
            throw new Damage("not a certificate signed with ES256");
        }
        X509Certificate parsed = parse(der);
        LdapName subject = name(parsed);
        return new Certificate(
                Digest.of(der),
                key(inner.get(6).whole()),
                part(subject, "CN"),
                part(subject, "OU"),
                part(subject, "O"),
                outer.get(0),
                signature(outer.get(2).content()),
                parsed);
    }

    /** Whether this is the certificate of a CA that may stand above {@code below} further CAs. */
    boolean isAuthorityAbove(int below) {
        boolean[] usage = parsed.getKeyUsage();
        return parsed.getBasicConstraints() >= below && usage != null && usage[5];
    }

    /** Whether this is a leaf that may sign. */
    boolean isSigner() {
        boolean[] usage = parsed.getKeyUsage();
        return parsed.getBasicConstraints() < 0 && usage != null && usage[0] && !usage[5];
    }

    /** Whether {@code below} names this one as its issuer. */
    boolean isNamedBy(Certificate below) {
        return Arrays.equals(
                parsed.getSubjectX500Principal().getEncoded(),
                below.parsed.getIssuerX500Principal().getEncoded());
    }

    /** Whether this one's key signed {@code below}. */
    boolean hasSigned(Certificate below) {
        return P256.verifyDer(key, below.signedPart.whole(), below.signature);
    }

    private static X509Certificate parse(byte[] der) throws Damage {
        try {
            X509Certificate parsed = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            if (parsed.getVersion() != 3 || parsed.hasUnsupportedCriticalExtension()) {
                throw new Damage("a certificate with something unknown in it");
            }
            return parsed;
        } catch (CertificateException invalid) {
            throw new Damage("not a certificate");
        }
    }

    private static PublicKey key(byte[] info) throws Damage {
        int at = P256_KEY.length;
        if (info.length != at + 65 || Arrays.mismatch(info, P256_KEY) != at) {
            throw new Damage("a certificate without a P-256 key");
        }
        return P256.key(Arrays.copyOfRange(info, at, info.length));
    }

    /** The signature within the bit string, itself two integers in strict DER. */
    private static byte[] signature(byte[] bits) throws Damage {
        if (bits.length < 2 || bits[0] != 0) {
            throw new Damage("a certificate without a whole signature");
        }
        byte[] signature = Arrays.copyOfRange(bits, 1, bits.length);
        List<Der> numbers = Der.read(signature).parts();
        if (numbers.size() != 2 || numbers.get(0).tag() != 2 || numbers.get(1).tag() != 2) {
            throw new Damage("a certificate without a whole signature");
        }
        return signature;
    }

    private static LdapName name(X509Certificate parsed) throws Damage {
        try {
            return new LdapName(parsed.getSubjectX500Principal().getName());
        } catch (InvalidNameException invalid) {
            throw new Damage("a certificate whose name cannot be read");
        }
    }

    private static String part(LdapName name, String type) throws Damage {
        String found = "";
        for (Rdn rdn : name.getRdns()) {
            if (rdn.getType().equalsIgnoreCase(type)) {
                if (!found.isEmpty() || !(rdn.getValue() instanceof String value)) {
                    throw new Damage("a certificate whose name cannot be read");
                }
                found = value;
            }
        }
        return found;
    }
}

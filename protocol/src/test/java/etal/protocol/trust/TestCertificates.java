package etal.protocol.trust;

import etal.protocol.TestKeys;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;

/** A fund's certificates for tests, the same bytes each time: not secret, never to be trusted. */
public final class TestCertificates {
    /** From when all of them are valid: 2025-01-01. */
    public static final long FROM_MILLIS = 1_735_689_600_000L;

    /** Until when: 2035-01-01. */
    public static final long UNTIL_MILLIS = 2_051_222_400_000L;

    public static final byte[] ROOT = authority("etal root", "etal root", 1);
    public static final byte[] TERMINAL_CA = authority("terminal CA", "etal root", 0);
    public static final byte[] SERVICE_CA = authority("service CA", "etal root", 0);
    public static final byte[] CARD_CA = authority("card CA 1", "etal root", 0);
    public static final byte[] TERMINAL = leaf("t3-e1", Role.TERMINAL);
    public static final byte[] HUB_ACK = leaf("hub ack", Role.HUB_ACK);
    public static final byte[] HUB_DOCUMENTS = leaf("hub documents", Role.HUB_DOCUMENTS);
    public static final byte[] HUB_SEAL = leaf("hub seal", Role.HUB_SEAL);

    private TestCertificates() {}

    /** The text of a trust.pem of these. */
    public static String trustPem() {
        StringBuilder pem = new StringBuilder("Certificates for tests.\n");
        for (byte[] der : List.of(ROOT, CARD_CA, TERMINAL_CA, SERVICE_CA, HUB_ACK, HUB_DOCUMENTS, HUB_SEAL)) {
            pem.append(CertificatePem.write(der));
        }
        return pem.toString();
    }

    /** An authority whose key is named like its CN. */
    public static byte[] authority(String name, String issuer, int pathLength) {
        var made = new Made(subject("CN=" + name), name, subject("CN=" + issuer), issuer);
        return made.extension(Extension.basicConstraints, true, new BasicConstraints(pathLength))
                .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                .sign();
    }

    /** A leaf of that role by the authority that may make it; its key is named like its CN. */
    public static byte[] leaf(String name, Role role) {
        return leaf(name, role, role.authority());
    }

    static byte[] leaf(String name, Role role, String issuer) {
        int usage = role == Role.HUB_SEAL ? KeyUsage.keyAgreement : KeyUsage.digitalSignature;
        return leafWith(name, role, issuer)
                .extension(Extension.keyUsage, true, new KeyUsage(usage))
                .sign();
    }

    static Made leafWith(String name, Role role, String issuer) {
        X500Name subject = subject(String.format(Locale.ROOT, "CN=%s,OU=%s,O=etal fund 1", name, role));
        return new Made(subject, name, subject("CN=" + issuer), issuer);
    }

    static X500Name subject(String text) {
        return new X500Name(text);
    }

    /** A certificate being made. */
    static final class Made {
        private final X509v3CertificateBuilder builder;
        private final String issuerKey;

        Made(X500Name subject, String key, X500Name issuer, String issuerKey) {
            this(subject, key, issuer, issuerKey, FROM_MILLIS, UNTIL_MILLIS);
        }

        Made(X500Name subject, String key, X500Name issuer, String issuerKey, long fromMillis, long untilMillis) {
            var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);
            byte[] serial = Hash.sha256(subject.toString().getBytes(StandardCharsets.UTF_8));
            this.issuerKey = issuerKey;
            this.builder = new X509v3CertificateBuilder(
                    issuer,
                    new BigInteger(1, serial).shiftRight(200).add(BigInteger.ONE),
                    Date.from(Instant.ofEpochMilli(fromMillis)),
                    Date.from(Instant.ofEpochMilli(untilMillis)),
                    subject,
                    new SubjectPublicKeyInfo(algorithm, TestKeys.publicKey(key)));
        }

        Made extension(ASN1ObjectIdentifier oid, boolean critical, org.bouncycastle.asn1.ASN1Encodable value) {
            try {
                builder.addExtension(oid, critical, value);
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Made octets(String oid, byte[] value) {
            return extension(new ASN1ObjectIdentifier(oid), false, new DEROctetString(value));
        }

        byte[] sign() {
            return sign(X9ObjectIdentifiers.ecdsa_with_SHA256);
        }

        byte[] sign(ASN1ObjectIdentifier algorithm) {
            try {
                return builder.build(new KeySigner(issuerKey, algorithm)).getEncoded();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private record KeySigner(String key, ASN1ObjectIdentifier algorithm, ByteArrayOutputStream message)
            implements ContentSigner {
        KeySigner(String key, ASN1ObjectIdentifier algorithm) {
            this(key, algorithm, new ByteArrayOutputStream());
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(algorithm);
        }

        @Override
        public OutputStream getOutputStream() {
            return message;
        }

        @Override
        public byte[] getSignature() {
            return P256.toDer(TestKeys.signer(key).apply(message.toByteArray()));
        }
    }
}

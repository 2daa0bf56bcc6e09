package etal.fsck;

import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import etal.protocol.trust.CertificatePem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
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

/** A fund for tests: root, authorities and hub, all keys made from a word, so that they are the same each time. */
final class TestFund {
    private static final Instant FROM = Instant.parse("2025-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2035-01-01T00:00:00Z");

    final Identity root;
    final Identity terminals;
    final Identity services;
    final Identity cards;
    final Identity acknowledging;

    /** One holder of a certificate. Test keys: worth nothing. */
    record Identity(String name, byte[] scalar, byte[] der) {
        byte[] sign(byte[] message) {
            return P256.sign(scalar, message);
        }

        byte[] kid() {
            return Hash.sha256(der);
        }
    }

    TestFund(String word) {
        byte[] rootKey = scalar(word + " root");
        root = new Identity("CN=etal root", rootKey, certificate(rootKey, "CN=etal root", rootKey, "CN=etal root", 1));
        terminals = issue(root, word, "CN=terminal CA", 0);
        services = issue(root, word, "CN=service CA", 0);
        cards = issue(root, word, "CN=card CA 1", 0);
        acknowledging = issue(services, word, "CN=hub,OU=HUB_ACK,O=etal fund 1", -1);
    }

    Identity terminal(long terminal, long epoch) {
        return issue(terminals, "key", "CN=t" + terminal + "-e" + epoch + ",OU=TERMINAL,O=etal fund 1", -1);
    }

    Identity issue(Identity issuer, String word, String name, int pathLength) {
        byte[] key = scalar(word + " " + name);
        return new Identity(name, key, certificate(key, name, issuer.scalar(), issuer.name(), pathLength));
    }

    void writeTrust(Path file) throws IOException {
        String pem = List.of(root, cards, terminals, services, acknowledging).stream()
                .map(each -> CertificatePem.write(each.der()))
                .collect(Collectors.joining());
        Files.writeString(file, pem);
    }

    static byte[] scalar(String word) {
        return Hash.sha256(word.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] certificate(byte[] key, String subject, byte[] issuerKey, String issuer, int pathLength) {
        SubjectPublicKeyInfo info = new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1),
                P256.publicKey(key));
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                new X500Name(issuer),
                new BigInteger(1, Hash.sha256(key)).shiftRight(200),
                Date.from(FROM),
                Date.from(TO),
                new X500Name(subject),
                info);
        boolean authority = pathLength >= 0;
        try {
            builder.addExtension(
                    Extension.basicConstraints,
                    true,
                    authority ? new BasicConstraints(pathLength) : new BasicConstraints(false));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
            return builder.build(new Es256(issuerKey)).getEncoded();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static final class Es256 implements ContentSigner {
        private final byte[] scalar;
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();

        Es256(byte[] scalar) {
            this.scalar = scalar;
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
            return P256.toDer(P256.sign(scalar, message.toByteArray()));
        }
    }
}

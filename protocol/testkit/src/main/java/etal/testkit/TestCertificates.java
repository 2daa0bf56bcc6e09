package etal.testkit;

import etal.protocol.cose.P256;
import etal.protocol.trust.Oids;
import etal.protocol.trust.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.jspecify.annotations.Nullable;

/** One authority of {@link TestAuthority}: its certificate, its TEST SECRET, and what it signs. */
final class TestCertificates {
    private static final Date FROM = Date.from(Instant.parse("2024-01-01T00:00:00Z"));
    private static final Date UNTIL = Date.from(Instant.parse("2049-12-31T00:00:00Z"));
    private static final AlgorithmIdentifier P256_KEY =
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);

    private final X500Name name;
    private final byte[] scalar;
    private final byte[] der;

    private TestCertificates(X500Name name, byte[] scalar, byte[] der) {
        this.name = name;
        this.scalar = scalar;
        this.der = der;
    }

    static TestCertificates root(String commonName, byte[] scalar) {
        X500Name name = new X500Name("CN=" + commonName);
        return new TestCertificates(name, scalar, authority(name, scalar, name, scalar, 1));
    }

    byte[] der() {
        return der.clone();
    }

    TestCertificates authority(String commonName, byte[] itsScalar) {
        X500Name subject = new X500Name("CN=" + commonName);
        return new TestCertificates(subject, itsScalar, authority(name, scalar, subject, itsScalar, 0));
    }

    byte[] leaf(String commonName, Role role, long fund, byte[] itsScalar, byte @Nullable [] cardCertificate) {
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .addRDN(BCStyle.OU, role.name())
                .addRDN(BCStyle.O, "etal fund " + fund)
                .build();
        X509v3CertificateBuilder builder = builder(name, subject, itsScalar);
        int usage = role == Role.HUB_SEAL ? KeyUsage.keyAgreement : KeyUsage.digitalSignature;
        try {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            if (role == Role.BROKER || role == Role.REGISTRAR) {
                builder.addExtension(Extension.subjectAlternativeName, false, loopbackNames());
            }
            if (cardCertificate != null) {
                builder.addExtension(
                        new ASN1ObjectIdentifier(Oids.CARD_CERTIFICATE), false, new DEROctetString(cardCertificate));
            }
            return builder.build(signer(scalar)).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String keyPem(byte[] scalar) {
        try {
            byte[] pkcs8 =
                    new PrivateKeyInfo(P256_KEY, new ECPrivateKey(256, new BigInteger(1, scalar))).getEncoded("DER");
            String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs8);
            return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] authority(
            X500Name issuer, byte[] issuerScalar, X500Name subject, byte[] itsScalar, int pathLength) {
        X509v3CertificateBuilder builder = builder(issuer, subject, itsScalar);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(pathLength));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return builder.build(signer(issuerScalar)).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, byte[] itsScalar) {
        byte[] point = P256.publicKey(itsScalar);
        BigInteger serial = new BigInteger(1, Arrays.copyOfRange(point, 1, 9)).setBit(0);
        return new X509v3CertificateBuilder(
                issuer, serial, FROM, UNTIL, Locale.ROOT, subject, new SubjectPublicKeyInfo(P256_KEY, point));
    }

    private static GeneralNames loopbackNames() {
        return new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        });
    }

    private static ContentSigner signer(byte[] scalar) {
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        return new ContentSigner() {
            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
                return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
            }

            @Override
            public OutputStream getOutputStream() {
                return signed;
            }

            @Override
            public byte[] getSignature() {
                return P256.toDer(P256.sign(scalar, signed.toByteArray()));
            }
        };
    }
}

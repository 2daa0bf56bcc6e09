package etal.provisioning.ca;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509ExtensionUtils;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;

/**
 * A key that signs certificates under a name. Deterministic: serial number and time come from outside, the nonce from RFC 6979.
 *
 * @param keyId the subject key identifier of its own certificate
 * @param notAfter nothing it issues lives longer than itself
 */
record Issuer(X500Name name, byte[] keyId, byte[] scalar, Instant notAfter) {
    /** Clocks of terminals are a little off; a certificate of today must hold on a clock of this morning. */
    private static final Duration BACKDATED = Duration.ofDays(1);

    /** The issuer whose certificate this is. */
    static Issuer of(X509CertificateHolder certificate, byte[] scalar) {
        return new Issuer(
                certificate.getSubject(),
                keyId(certificate.getSubjectPublicKeyInfo()),
                scalar,
                certificate.getNotAfter().toInstant());
    }

    /** The issuer of its own certificate. */
    static Issuer self(Subject root, byte[] scalar, Instant now) {
        return new Issuer(root.name(), keyId(root.keyInfo()), scalar, now.plus(root.validFor()));
    }

    private static byte[] keyId(SubjectPublicKeyInfo key) {
        return new BcX509ExtensionUtils().createSubjectKeyIdentifier(key).getKeyIdentifier();
    }

    /** The certificate of {@code subject}, DER. */
    byte[] issue(Subject subject, BigInteger serial, Instant now) {
        Instant until = now.plus(subject.validFor());
        var builder = new X509v3CertificateBuilder(
                name,
                serial,
                Date.from(now.minus(BACKDATED)),
                Date.from(until.isBefore(notAfter) ? until : notAfter),
                Locale.ROOT,
                subject.name(),
                subject.keyInfo());
        try {
            extend(builder, subject);
            return builder.build(new Es256(scalar)).getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("A certificate built here always has a DER form.", e);
        }
    }

    private void extend(X509v3CertificateBuilder builder, Subject subject) throws IOException {
        Profile profile = subject.profile();
        X509ExtensionUtils identifiers = new BcX509ExtensionUtils();
        builder.addExtension(Extension.basicConstraints, true, profile.constraints());
        builder.addExtension(Extension.keyUsage, true, profile.keyUsage());
        if (!profile.purposes().isEmpty()) {
            var purposes = profile.purposes().toArray(KeyPurposeId[]::new);
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
        }
        if (!profile.names().isEmpty()) {
            var names = new GeneralNames(profile.names().toArray(GeneralName[]::new));
            builder.addExtension(Extension.subjectAlternativeName, false, names);
        }
        builder.addExtension(
                Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(subject.keyInfo()));
        builder.addExtension(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyId));
        for (Extension extension : subject.extensions()) {
            builder.addExtension(extension);
        }
    }
}

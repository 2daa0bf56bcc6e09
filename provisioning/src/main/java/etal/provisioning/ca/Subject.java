package etal.provisioning.ca;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/**
 * Who is certified, with which key, for how long.
 *
 * @param publicKey uncompressed X9.62, 65 bytes
 * @param extensions further extensions, in order
 */
record Subject(X500Name name, byte[] publicKey, Profile profile, Duration validFor, List<Extension> extensions) {
    /** {@code CN, OU, O=etal fund N}, in this order; without OU for an authority. */
    static X500Name name(String commonName, @Nullable String unit, long fund) {
        var name = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName);
        if (unit != null) {
            name.addRDN(BCStyle.OU, unit);
        }
        return name.addRDN(BCStyle.O, "etal fund " + fund).build();
    }

    /** The key with its curve named (RFC 5480, 2.1.1.1). */
    SubjectPublicKeyInfo keyInfo() {
        return new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1), publicKey);
    }

    /** A non-critical extension whose value is an OCTET STRING of these bytes. */
    static Extension carrying(String oid, byte[] bytes) {
        try {
            return Extension.create(new ASN1ObjectIdentifier(oid), false, new DEROctetString(bytes));
        } catch (IOException e) {
            throw new IllegalStateException("An OCTET STRING always has a DER form.", e);
        }
    }
}

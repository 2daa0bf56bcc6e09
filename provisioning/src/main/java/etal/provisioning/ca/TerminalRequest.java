package etal.provisioning.ca;

import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import etal.protocol.ledger.LedgerId;
import etal.protocol.trust.Oids;
import etal.protocol.trust.Role;
import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * What a terminal asks for: PKCS#10 (RFC 2986) with the signing key, signed by it, and the key agreement key as a requested
 * extension. Only a request whose signature holds is ever read into this record.
 *
 * <p>The key agreement key cannot sign, so its possession is not proven; a terminal that names another's key only locks
 * itself out of the cards, whose pairwise keys depend on the private half and on the terminal's number.
 *
 * @param ledger terminal and epoch, from the subject's CN
 * @param signingKey uncompressed, 65 bytes
 * @param agreementKey uncompressed, 65 bytes
 * @param hash SHA-256 of the request's DER: two requests are the same request when it is the same
 */
public record TerminalRequest(long fund, LedgerId ledger, byte[] signingKey, byte[] agreementKey, byte[] hash) {
    /** The longest request read, in bytes; one of ours has about 380. */
    public static final int LENGTH_MAX = 2_048;

    /**
     * Reads and checks a request.
     *
     * @throws Malformed when it is not DER, names another kind of key, subject or attribute, or its signature does not hold
     */
    public static TerminalRequest read(byte[] der) throws Malformed {
        if (der.length > LENGTH_MAX) {
            throw new Malformed("A request has at most " + LENGTH_MAX + " bytes.");
        }
        try {
            return checked(der);
        } catch (IOException | RuntimeException e) {
            // Bouncy Castle answers nonsense with many kinds of unchecked exceptions; to us all of them are one
            // refusal.
            throw new Malformed("The request is not a PKCS#10 structure.", e);
        }
    }

    private static TerminalRequest checked(byte[] der) throws Malformed, IOException {
        var request = CertificationRequest.getInstance(der);
        if (!Arrays.equals(der, request.getEncoded(ASN1Encoding.DER))) {
            throw new Malformed("The request is not in DER.");
        }
        var info = request.getCertificationRequestInfo();
        byte[] signingKey = signingKey(info.getSubjectPublicKeyInfo());
        byte[] agreementKey = agreementKey(info.getAttributes().toArray());
        if (Arrays.equals(signingKey, agreementKey)) {
            throw new Malformed("One key cannot both sign and agree.");
        }
        if (!P256.verify(signingKey, info.getEncoded(ASN1Encoding.DER), signature(request))) {
            throw new Malformed("The request's signature does not hold: possession of the key is not proven.");
        }
        X500Name subject = info.getSubject();
        LedgerId ledger = LedgerId.parse(only(subject, BCStyle.CN));
        long fund = fund(only(subject, BCStyle.O));
        // Compared as text, because Bouncy Castle's comparison passes over the order.
        if (!subject.toString()
                .equals(Subject.name(ledger.toString(), Role.TERMINAL.name(), fund)
                        .toString())) {
            throw new Malformed("The subject is CN, OU=TERMINAL and O, in this order and nothing else.");
        }
        return new TerminalRequest(fund, ledger, signingKey, agreementKey, Hash.sha256(der));
    }

    private static byte[] signingKey(SubjectPublicKeyInfo info) throws Malformed {
        var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);
        if (!algorithm.equals(info.getAlgorithm())) {
            throw new Malformed("The key is not one of P-256.");
        }
        return uncompressed(info.getPublicKeyData().getOctets());
    }

    private static byte[] agreementKey(Object[] attributes) throws Malformed {
        if (attributes.length != 1) {
            throw new Malformed("A request has one attribute: the extensions asked for.");
        }
        var attribute = Attribute.getInstance(attributes[0]);
        if (!attribute.getAttrType().equals(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)
                || attribute.getAttrValues().size() != 1) {
            throw new Malformed("A request has one attribute: the extensions asked for.");
        }
        var extensions = Extensions.getInstance(attribute.getAttributeValues()[0]);
        var oids = extensions.getExtensionOIDs();
        if (oids.length != 1 || !oids[0].getId().equals(Oids.KEY_AGREEMENT_KEY)) {
            throw new Malformed("A request asks for one extension: the key agreement key.");
        }
        var value = extensions.getExtension(oids[0]).getExtnValue().getOctets();
        return uncompressed(ASN1OctetString.getInstance(value).getOctets());
    }

    private static byte[] uncompressed(byte[] point) throws Malformed {
        if (point.length != P256.PUBLIC_LENGTH) {
            throw new Malformed("A key is given uncompressed, in 65 bytes.");
        }
        P256.check(point);
        return point;
    }

    private static byte[] signature(CertificationRequest request) throws Malformed {
        var algorithm = request.getSignatureAlgorithm();
        boolean bare = algorithm.getParameters() == null || DERNull.INSTANCE.equals(algorithm.getParameters());
        if (!bare || !algorithm.getAlgorithm().equals(X9ObjectIdentifiers.ecdsa_with_SHA256)) {
            throw new Malformed("The request is not signed with ES256.");
        }
        return P256.fromDer(request.getSignature().getOctets());
    }

    private static String only(X500Name subject, ASN1ObjectIdentifier type) throws Malformed {
        var found = subject.getRDNs(type);
        if (found.length != 1 || found[0].isMultiValued()) {
            throw new Malformed("The subject is CN, OU=TERMINAL and O, in this order and nothing else.");
        }
        return found[0].getFirst().getValue().toString();
    }

    private static long fund(String organisation) throws Malformed {
        String digits = organisation.startsWith("etal fund ") ? organisation.substring("etal fund ".length()) : "";
        if (!digits.matches("0|[1-9][0-9]{0,9}")) {
            throw new Malformed("The organisation is not a fund.");
        }
        return Long.parseLong(digits);
    }
}

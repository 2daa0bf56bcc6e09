package etal.protocol.trust;

import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.LedgerId;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;

/**
 * Checks a chain of certificates from its leaf up to the fund's root (RFC 5280, 6, for our few forms): names, signatures,
 * validity, basic constraints, key usage, path length, and that the leaf's role came from the authority that may give
 * it. Revocation is the fund's deny list, not checked here. Stateless; safe for use by any thread.
 */
public final class X509Chain {
    private static final int CHAIN_MAX = 3;
    private static final Pattern FUND = Pattern.compile("etal fund (0|[1-9][0-9]{0,9})");
    private static final long FUND_MAX = 0xffff_ffffL;
    private static final int CARD_CERTIFICATE_LENGTH = 146;

    private X509Chain() {}

    /**
     * Verifies a chain.
     *
     * @param chainLeafFirst the leaf, then each issuer; root not included; DER
     * @param rootDer the fund's root
     * @param atMillis the moment at which all must be valid, milliseconds since 1970
     * @throws Malformed with the reason if anything does not hold
     */
    public static Verified verify(List<byte[]> chainLeafFirst, byte[] rootDer, long atMillis) throws Malformed {
        if (chainLeafFirst.size() > CHAIN_MAX) throw new Malformed("a chain longer than " + CHAIN_MAX);
        List<Certificate> chain = Certificate.parseAll(chainLeafFirst);
        Certificate root = root(rootDer);
        Verified verified = verify(chain, root);
        if (!root.validAt(atMillis)) throw new Malformed("the root is not valid at that time");
        for (Certificate certificate : chain) {
            if (!certificate.validAt(atMillis)) {
                throw new Malformed("a certificate is not valid at that time: " + certificate.commonName());
            }
        }
        return verified;
    }

    /** From when to when all certificates of a chain are valid, milliseconds since 1970, both included. */
    public record Validity(long fromMillis, long untilMillis) {}

    /**
     * When a chain is valid; whether anything of it holds is for {@link #verify} to say.
     *
     * @throws Malformed when a certificate cannot be read
     */
    public static Validity validity(List<byte[]> chainLeafFirst, byte[] rootDer) throws Malformed {
        Certificate root = Certificate.parse(rootDer);
        long fromMillis = root.notBeforeMillis();
        long untilMillis = root.notAfterMillis();
        for (Certificate certificate : Certificate.parseAll(chainLeafFirst)) {
            fromMillis = Math.max(fromMillis, certificate.notBeforeMillis());
            untilMillis = Math.min(untilMillis, certificate.notAfterMillis());
        }
        return new Validity(fromMillis, untilMillis);
    }

    /** Reads a root: signed by itself, an authority. */
    static Certificate root(byte[] rootDer) throws Malformed {
        Certificate root = Certificate.parse(rootDer);
        if (root.pathLength() < 0 || !root.isSignedBy(root)) throw new Malformed("not a root");
        return root;
    }

    /** All but the validity, which needs a time. */
    static Verified verify(List<Certificate> chain, Certificate root) throws Malformed {
        if (chain.size() < 2) throw new Malformed("a chain without leaf and authority");
        for (int i = 0; i < chain.size(); i++) {
            Certificate issuer = i + 1 < chain.size() ? chain.get(i + 1) : root;
            issuedBy(chain.get(i), issuer, i);
        }
        Certificate leaf = chain.get(0);
        if (leaf.pathLength() >= 0 || leaf.hasUsage(KeyUsage.keyCertSign))
            throw new Malformed("the leaf is an authority");
        Role role = role(leaf);
        String authority = chain.get(1).commonName();
        if (!authority.equals(role.authority())) throw new Malformed("the " + authority + " may not make a " + role);
        int usage = role == Role.HUB_SEAL ? KeyUsage.keyAgreement : KeyUsage.digitalSignature;
        if (!leaf.hasUsage(usage)) throw new Malformed("a key not meant for its role");
        String name = leaf.commonName();
        long fund = fund(leaf);
        if (role == Role.TERMINAL) {
            LedgerId.parse(name);
            if (fund == 0) throw new Malformed("a terminal without a fund");
        }
        return new Verified(leaf.publicKey65(), name, role, leaf.hash(), fund, cardCertificate(leaf));
    }

    /** Refuses a certificate that {@code issuer} did not or may not issue, with so many authorities between it and the leaf. */
    static void issuedBy(Certificate certificate, Certificate issuer, int authoritiesBelow) throws Malformed {
        if (issuer.pathLength() < authoritiesBelow) {
            throw new Malformed("issued by what is no authority for it: " + issuer.commonName());
        }
        if (!certificate.isSignedBy(issuer)) {
            throw new Malformed(certificate.commonName() + " is not signed by " + issuer.commonName());
        }
    }

    private static Role role(Certificate leaf) throws Malformed {
        String unit = leaf.subject(BCStyle.OU);
        for (Role role : Role.values()) {
            if (role.name().equals(unit)) return role;
        }
        throw new Malformed("a leaf without a role");
    }

    private static long fund(Certificate leaf) throws Malformed {
        String organisation = leaf.subject(BCStyle.O);
        if (organisation == null) return 0;
        Matcher matcher = FUND.matcher(organisation);
        if (!matcher.matches()) return 0;
        long fund = Long.parseLong(matcher.group(1));
        if (fund > FUND_MAX) throw new Malformed("a fund has 32 bits");
        return fund;
    }

    private static byte @Nullable [] cardCertificate(Certificate leaf) throws Malformed {
        byte[] octets = leaf.octets(Oids.CARD_CERTIFICATE);
        if (octets != null && octets.length != CARD_CERTIFICATE_LENGTH) {
            throw new Malformed("a card certificate of " + octets.length + " bytes");
        }
        return octets;
    }
}

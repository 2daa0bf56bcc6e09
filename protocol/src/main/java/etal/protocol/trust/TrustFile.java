package etal.protocol.trust;

import etal.protocol.cbor.Malformed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a node trusts, read from {@code trust.pem}: first the root, then authorities and leaves, in any order, each of
 * which verifies under it. Public things only. Whether a certificate is still valid is not asked here, because a
 * terminal's clock may not know the year when it starts, and old signatures stay checkable. Immutable.
 */
public final class TrustFile {
    private static final int CERTIFICATES_MAX = 64;
    private static final Pattern CARD_CA = Pattern.compile("card CA (0|[1-9][0-9]{0,2})");
    private static final int CARD_CA_MAX = 255;

    private final Certificate root;
    private final List<Certificate> authorities;
    private final List<List<Certificate>> chains;
    private final List<Verified> leaves;
    private final Map<Integer, byte[]> cardCaKeys;

    private TrustFile(Certificate root, List<Certificate> authorities, List<Certificate> leaves) throws Malformed {
        this.root = root;
        this.authorities = authorities;
        this.chains = new ArrayList<>();
        this.leaves = new ArrayList<>();
        this.cardCaKeys = new TreeMap<>();
        for (Certificate authority : authorities) {
            X509Chain.issuedBy(authority, root, 1);
            cardCa(authority);
        }
        for (Certificate leaf : leaves) {
            List<Certificate> chain = List.of(leaf, issuer(leaf));
            this.chains.add(chain);
            this.leaves.add(X509Chain.verify(chain, root));
        }
    }

    /** Reads the text of a {@code trust.pem}. */
    public static TrustFile read(String pem) throws Malformed {
        List<byte[]> ders = CertificatePem.read(pem, CERTIFICATES_MAX);
        if (ders.isEmpty()) throw new Malformed("no certificate");
        Certificate root = X509Chain.root(ders.get(0));
        List<Certificate> authorities = new ArrayList<>();
        List<Certificate> leaves = new ArrayList<>();
        for (Certificate certificate : Certificate.parseAll(ders.subList(1, ders.size()))) {
            (certificate.pathLength() >= 0 ? authorities : leaves).add(certificate);
        }
        return new TrustFile(root, authorities, leaves);
    }

    private void cardCa(Certificate authority) throws Malformed {
        Matcher matcher = CARD_CA.matcher(authority.commonName());
        if (!matcher.matches()) return;
        int number = Integer.parseInt(matcher.group(1));
        if (number > CARD_CA_MAX || cardCaKeys.put(number, authority.publicKey65()) != null) {
            throw new Malformed("a card CA's number twice, or beyond a byte");
        }
    }

    private Certificate issuer(Certificate leaf) throws Malformed {
        for (Certificate authority : authorities) {
            if (leaf.isSignedBy(authority)) return authority;
        }
        throw new Malformed("no authority of the file signed " + leaf.commonName());
    }

    /** The root, DER. */
    public byte[] root() {
        return root.der();
    }

    /** The root's public key, 65 bytes. */
    public byte[] rootKey() {
        return root.publicKey65();
    }

    /** The authority of that common name, DER. */
    public Optional<byte[]> authority(String commonName) throws Malformed {
        return find(commonName).map(Certificate::der);
    }

    /** The public key, 65 bytes, of the authority of that common name. */
    public Optional<byte[]> authorityKey(String commonName) throws Malformed {
        return find(commonName).map(Certificate::publicKey65);
    }

    private Optional<Certificate> find(String commonName) throws Malformed {
        for (Certificate authority : authorities) {
            if (authority.commonName().equals(commonName)) return Optional.of(authority);
        }
        return Optional.empty();
    }

    /** The public key, 65 bytes, of the card CA of that number. */
    public Optional<byte[]> cardCaKey(int number) {
        return Optional.ofNullable(cardCaKeys.get(number));
    }

    /** The card CAs by number. */
    public Map<Integer, byte[]> cardCaKeys() {
        return Collections.unmodifiableMap(cardCaKeys);
    }

    /** The leaves of a role, in the file's order. */
    public List<Verified> withRole(Role role) {
        return leaves.stream().filter(leaf -> leaf.role() == role).toList();
    }

    /** The leaf of that kid, if it has that role. */
    public Optional<Verified> signer(byte[] kid, Role role) {
        return withRole(role).stream()
                .filter(leaf -> Arrays.equals(leaf.leafHash(), kid))
                .findFirst();
    }

    /** The leaf of that kid and its authority, DER, as a ledger file wants them; empty if it is not here. */
    public List<byte[]> chain(byte[] kid) {
        for (List<Certificate> chain : chains) {
            if (Arrays.equals(chain.get(0).hash(), kid)) {
                return chain.stream().map(Certificate::der).toList();
            }
        }
        return List.of();
    }
}

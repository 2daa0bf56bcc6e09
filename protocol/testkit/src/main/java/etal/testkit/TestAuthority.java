package etal.testkit;

import etal.fake.SeededEntropy;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import etal.protocol.trust.CertificatePem;
import etal.protocol.trust.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A whole certificate authority of TEST SECRETS: its keys follow from a seed and protect nothing.
 *
 * <p>It makes what the fund's own authority makes: root, card CA 1, terminal CA, service CA, and leaves with their roles;
 * valid from 2024 to 2049. The same seed gives the same bytes. For one thread.
 */
public final class TestAuthority {
    private static final String ROOT = "etal root";

    /** A leaf certificate with its key: TEST SECRETS. The chain is leaf first, root not included. */
    public record Leaf(List<byte[]> chain, byte[] scalar) {
        /** The leaf's kid: SHA-256 of its certificate. */
        public byte[] kid() {
            return Hash.sha256(chain.getFirst());
        }

        /** The leaf's public key, 65 bytes. */
        public byte[] publicKey() {
            return P256.publicKey(scalar);
        }

        /** The chain as PEM, leaf first. */
        public String chainPem() {
            StringBuilder pem = new StringBuilder();
            chain.forEach(der -> pem.append(CertificatePem.write(der)));
            return pem.toString();
        }

        /** The key as PKCS#8 in PEM. */
        public String keyPem() {
            return TestCertificates.keyPem(scalar);
        }
    }

    private final SeededEntropy seed;
    private final long fund;
    private final TestCertificates root;
    private final TreeMap<String, TestCertificates> authorities = new TreeMap<>();
    private final TreeMap<Role, Leaf> services = new TreeMap<>();

    /** The authority of fund 1 that follows from {@code seed}. */
    public TestAuthority(long seed) {
        this(seed, 1);
    }

    /** The authority of a fund. */
    public TestAuthority(long seed, long fund) {
        this.seed = new SeededEntropy(seed);
        this.fund = fund;
        root = TestCertificates.root(ROOT, scalar(ROOT));
        for (String name : List.of("card CA 1", "terminal CA", "service CA")) {
            authorities.put(name, root.authority(name, scalar(name)));
        }
    }

    /** The root, DER. */
    public byte[] root() {
        return root.der();
    }

    /** The root's private key, for the key updates of cards. */
    public byte[] rootScalar() {
        return scalar(ROOT);
    }

    /** The private key of the terminal CA, for the compact certificates that terminals show to cards. */
    public byte[] terminalAuthorityScalar() {
        return scalar("terminal CA");
    }

    /** The private key of card CA 1, for the compact certificates of cards. */
    public byte[] cardAuthorityScalar() {
        return scalar("card CA 1");
    }

    /** The public key of card CA 1, 65 bytes. */
    public byte[] cardAuthorityKey() {
        return P256.publicKey(cardAuthorityScalar());
    }

    /** A terminal's leaf without a certificate for cards. */
    public Leaf terminal(long terminal, long epoch) {
        return terminal(terminal, epoch, null);
    }

    /** A terminal's leaf that carries its certificate for cards, 146 bytes. */
    public Leaf terminal(long terminal, long epoch, byte @Nullable [] cardCertificate) {
        String name = "t" + terminal + "-e" + epoch;
        return leaf(name, Role.TERMINAL, cardCertificate);
    }

    /** The leaf of a service; always the same for a role. */
    public Leaf service(Role role) {
        Leaf known = services.get(role);
        if (known == null) {
            known = leaf("etal " + role, role, null);
            services.put(role, known);
        }
        return known;
    }

    /** A fund's {@code trust.pem}: root, the authorities, and the hub's leaves that sign or receive. */
    public String trustPem() {
        List<byte[]> ders = new ArrayList<>(List.of(root()));
        authorities.values().forEach(authority -> ders.add(authority.der()));
        for (Role role : List.of(Role.HUB_ACK, Role.HUB_DOCUMENTS, Role.HUB_SEAL)) {
            ders.add(service(role).chain().getFirst());
        }
        StringBuilder pem = new StringBuilder();
        ders.forEach(der -> pem.append(CertificatePem.write(der)));
        return pem.toString();
    }

    private Leaf leaf(String name, Role role, byte @Nullable [] cardCertificate) {
        TestCertificates authority = authorities.get(role.authority());
        if (authority == null) {
            throw new IllegalStateException("no " + role.authority());
        }
        byte[] scalar = scalar(name);
        byte[] leaf = authority.leaf(name, role, fund, scalar, cardCertificate);
        return new Leaf(List.of(leaf, authority.der()), scalar);
    }

    private byte[] scalar(String name) {
        return P256.newScalar(seed.fork("key of " + name)::fill);
    }
}

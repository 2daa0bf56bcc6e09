package etal.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import etal.protocol.cbor.Malformed;
import etal.protocol.trust.Role;
import etal.protocol.trust.TrustFile;
import etal.protocol.trust.Verified;
import etal.protocol.trust.X509Chain;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TestAuthorityTest {
    private static final long NOON = Instant.parse("2025-04-02T12:00:00Z").toEpochMilli();

    private final TestAuthority authority = new TestAuthority(1);

    @Test
    void its_terminals_hold_before_the_protocols_own_check() throws Malformed {
        byte[] cardCertificate = new byte[146];
        TestAuthority.Leaf leaf = authority.terminal(3, 1, cardCertificate);
        Verified verified = X509Chain.verify(leaf.chain(), authority.root(), NOON);
        assertEquals("t3-e1", verified.commonName());
        assertEquals(Role.TERMINAL, verified.role());
        assertEquals(1, verified.fund());
        assertArrayEquals(leaf.kid(), verified.leafHash());
        assertArrayEquals(leaf.publicKey(), verified.leafPublicKey65());
        assertArrayEquals(cardCertificate, verified.cardCertificate());
    }

    @Test
    void every_service_holds_and_the_trust_file_reads() throws Malformed {
        for (Role role : Role.values()) {
            if (role != Role.TERMINAL) {
                var chain = authority.service(role).chain();
                assertEquals(
                        role, X509Chain.verify(chain, authority.root(), NOON).role());
            }
        }
        TrustFile trust = TrustFile.read(authority.trustPem());
        assertEquals(1, trust.withRole(Role.HUB_DOCUMENTS).size());
        assertArrayEquals(authority.cardAuthorityKey(), trust.cardCaKey(1).orElseThrow());
    }

    @Test
    void the_same_seed_gives_the_same_bytes_and_another_seed_a_stranger() {
        TestAuthority again = new TestAuthority(1);
        assertArrayEquals(
                authority.terminal(3, 1).chain().getFirst(),
                again.terminal(3, 1).chain().getFirst());
        TestAuthority stranger = new TestAuthority(2);
        assertThrows(
                Malformed.class, () -> X509Chain.verify(stranger.terminal(3, 1).chain(), authority.root(), NOON));
    }
}

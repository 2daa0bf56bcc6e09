package etal.protocol.trust;

import static etal.protocol.trust.TestCertificates.HUB_ACK;
import static etal.protocol.trust.TestCertificates.ROOT;
import static etal.protocol.trust.TestCertificates.SERVICE_CA;
import static etal.protocol.trust.TestCertificates.TERMINAL;
import static etal.protocol.trust.TestCertificates.TERMINAL_CA;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.Mutations;
import etal.protocol.TestKeys;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class X509ChainTest {
    private static final long NOW = TestCertificates.FROM_MILLIS + 1;

    private static void refused(String why, byte[]... chain) {
        Malformed e = assertThrows(Malformed.class, () -> X509Chain.verify(List.of(chain), ROOT, NOW), why);
        assertTrue(String.valueOf(e.getMessage()).contains(why), e.toString());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void each_role_is_verified_under_its_authority_only(Role role) throws Malformed {
        byte[] leaf = TestCertificates.leaf("t3-e1", role);
        byte[] authority = role.authority().equals("service CA") ? SERVICE_CA : TERMINAL_CA;
        Verified verified = X509Chain.verify(List.of(leaf, authority), ROOT, NOW);
        assertEquals(role, verified.role());
        assertEquals("t3-e1", verified.commonName());
        assertEquals(1, verified.fund());
        assertArrayEquals(TestKeys.publicKey("t3-e1"), verified.leafPublicKey65());
        assertArrayEquals(Hash.sha256(leaf), verified.leafHash());
        assertNull(verified.cardCertificate());
        String other = role.authority().equals("service CA") ? "terminal CA" : "service CA";
        byte[] otherAuthority = other.equals("service CA") ? SERVICE_CA : TERMINAL_CA;
        refused(
                "the " + other + " may not make a " + role,
                TestCertificates.leaf("t3-e1", role, other),
                otherAuthority);
    }

    @Test
    void no_single_changed_bit_of_a_certificate_survives() throws Malformed {
        for (int place = 0; place < 3; place++) {
            byte[] good = List.of(TERMINAL, TERMINAL_CA, ROOT).get(place);
            for (int bit = 0; bit < good.length * 8; bit++) {
                byte[] changed = good.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                List<byte[]> chain = List.of(place == 0 ? changed : TERMINAL, place == 1 ? changed : TERMINAL_CA);
                byte[] root = place == 2 ? changed : ROOT;
                assertThrows(Malformed.class, () -> X509Chain.verify(chain, root, NOW), "bit " + bit);
            }
        }
        assertEquals(
                Role.TERMINAL,
                X509Chain.verify(List.of(TERMINAL, TERMINAL_CA), ROOT, NOW).role());
    }

    @Test
    void only_malformed_comes_out_of_changed_bytes() {
        Mutations.feed(List.of(TERMINAL, HUB_ACK, SERVICE_CA, ROOT), 20_000, input -> {
            // Whoever parses one gets the very bytes it was made of.
            assertArrayEquals(input, Certificate.parse(input).der());
            var unused = X509Chain.verify(List.of(input, TERMINAL_CA), ROOT, NOW);
            // Some changes undo each other.
            assertArrayEquals(TERMINAL, input, "a changed certificate verified");
        });
    }

    @Test
    void time_has_both_ends() throws Malformed {
        List<byte[]> chain = List.of(TERMINAL, TERMINAL_CA);
        assertEquals(
                "t3-e1",
                X509Chain.verify(chain, ROOT, TestCertificates.FROM_MILLIS).commonName());
        assertEquals(
                "t3-e1",
                X509Chain.verify(chain, ROOT, TestCertificates.UNTIL_MILLIS).commonName());
        assertThrows(Malformed.class, () -> X509Chain.verify(chain, ROOT, TestCertificates.FROM_MILLIS - 1));
        assertThrows(Malformed.class, () -> X509Chain.verify(chain, ROOT, TestCertificates.UNTIL_MILLIS + 1));
        var old = new TestCertificates.Made(
                TestCertificates.subject("CN=t3-e1,OU=TERMINAL,O=etal fund 1"),
                "t3-e1",
                TestCertificates.subject("CN=terminal CA"),
                "terminal CA",
                TestCertificates.FROM_MILLIS - 2000,
                TestCertificates.FROM_MILLIS - 1000);
        byte[] expired = old.extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .sign();
        refused("t3-e1", expired, TERMINAL_CA);
    }

    @Test
    void a_chain_must_be_whole_and_in_order() {
        refused("without leaf", TERMINAL);
        refused("not signed by", TERMINAL, SERVICE_CA);
        refused("no authority for it", TERMINAL_CA, TERMINAL);
        refused("longer", TERMINAL, TERMINAL_CA, TERMINAL_CA, TERMINAL_CA);
        refused("no authority for it", TERMINAL, TERMINAL_CA, TERMINAL_CA);
        assertThrows(Malformed.class, () -> X509Chain.verify(List.of(), ROOT, NOW));
        assertThrows(Malformed.class, () -> X509Chain.verify(List.of(TERMINAL, TERMINAL_CA), TERMINAL_CA, NOW));
    }

    @Test
    void an_authority_below_an_authority_is_refused() {
        byte[] below = TestCertificates.authority("terminal CA", "service CA", 0);
        byte[] leaf = TestCertificates.leaf("t3-e1", Role.TERMINAL);
        refused("no authority for it", leaf, below, SERVICE_CA);
    }

    @Test
    void a_leaf_cannot_issue() {
        byte[] forged = TestCertificates.leaf("t4-e1", Role.TERMINAL, "t3-e1");
        refused("no authority for it", forged, TERMINAL, TERMINAL_CA);
    }

    @Test
    void another_roots_chain_is_refused() {
        var foreign = new TestCertificates.Made(
                TestCertificates.subject("CN=etal root"),
                "foreign",
                TestCertificates.subject("CN=etal root"),
                "foreign");
        byte[] root = foreign.extension(Extension.basicConstraints, true, new BasicConstraints(1))
                .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
                .sign();
        assertThrows(Malformed.class, () -> X509Chain.verify(List.of(TERMINAL, TERMINAL_CA), root, NOW));
    }

    @Test
    void key_usage_extensions_and_algorithm_are_what_they_must_be() {
        var sign = new KeyUsage(KeyUsage.digitalSignature);
        refused(
                "not meant",
                made().extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyAgreement))
                        .sign(),
                TERMINAL_CA);
        refused("not version 3", made().sign(), TERMINAL_CA);
        var unknown = new ASN1ObjectIdentifier("1.2.3.4");
        var odd = made().extension(Extension.keyUsage, true, sign);
        refused(
                "unknown critical",
                odd.extension(unknown, true, new DEROctetString(new byte[1])).sign(),
                TERMINAL_CA);
        byte[] sha384 = made().extension(Extension.keyUsage, true, sign).sign(X9ObjectIdentifiers.ecdsa_with_SHA384);
        refused("ecdsa-with-SHA256", sha384, TERMINAL_CA);
        var authority = made().extension(Extension.keyUsage, true, sign);
        refused(
                "constraints",
                authority
                        .extension(Extension.basicConstraints, true, new BasicConstraints(0))
                        .sign(),
                TERMINAL_CA);
    }

    @Test
    void a_name_must_say_who_it_is() {
        refused("not a ledger", TestCertificates.leaf("till", Role.TERMINAL), TERMINAL_CA);
        refused("without a role", named("CN=t3-e1,O=etal fund 1"), TERMINAL_CA);
        refused("without a role", named("CN=t3-e1,OU=ASSEMBLY,O=etal fund 1"), TERMINAL_CA);
        refused("without a fund", named("CN=t3-e1,OU=TERMINAL,O=somebody"), TERMINAL_CA);
        refused("without a common name", named("OU=TERMINAL,O=etal fund 1"), TERMINAL_CA);
        refused("given twice", named("CN=t3-e1,OU=TERMINAL,OU=TERMINAL,O=etal fund 1"), TERMINAL_CA);
    }

    private static TestCertificates.Made made() {
        return TestCertificates.leafWith("t3-e1", Role.TERMINAL, "terminal CA");
    }

    private static byte[] named(String subject) {
        var issuer = TestCertificates.subject("CN=terminal CA");
        return new TestCertificates.Made(TestCertificates.subject(subject), "t3-e1", issuer, "terminal CA")
                .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .sign();
    }

    @Test
    void the_certificate_for_cards_is_handed_on_if_it_has_its_length() throws Malformed {
        var usage = new KeyUsage(KeyUsage.digitalSignature);
        byte[] carrying = made().extension(Extension.keyUsage, true, usage)
                .octets(Oids.CARD_CERTIFICATE, new byte[146])
                .sign();
        assertArrayEquals(
                new byte[146],
                X509Chain.verify(List.of(carrying, TERMINAL_CA), ROOT, NOW).cardCertificate());
        byte[] shorter = made().extension(Extension.keyUsage, true, usage)
                .octets(Oids.CARD_CERTIFICATE, new byte[145])
                .sign();
        refused("145 bytes", shorter, TERMINAL_CA);
    }
}

package etal.protocol.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.Mutations;
import etal.protocol.TestKeys;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrustFileTest {
    @Test
    void the_file_says_who_may_sign_what() throws Malformed {
        TrustFile trust = TrustFile.read(TestCertificates.trustPem());
        assertArrayEquals(TestCertificates.ROOT, trust.root());
        assertArrayEquals(TestKeys.publicKey("card CA 1"), trust.cardCaKey(1).orElseThrow());
        assertTrue(trust.cardCaKey(2).isEmpty());
        assertArrayEquals(
                TestKeys.publicKey("terminal CA"),
                trust.authorityKey("terminal CA").orElseThrow());
        assertArrayEquals(
                TestCertificates.SERVICE_CA, trust.authority("service CA").orElseThrow());
        Verified ack = trust.withRole(Role.HUB_ACK).get(0);
        assertArrayEquals(TestKeys.publicKey("hub ack"), ack.leafPublicKey65());
        assertTrue(trust.withRole(Role.BROKER).isEmpty());
    }

    @Test
    void a_signer_is_found_by_its_kid_and_only_in_its_role() throws Malformed {
        TrustFile trust = TrustFile.read(TestCertificates.trustPem());
        byte[] kid = Hash.sha256(TestCertificates.HUB_ACK);
        assertTrue(trust.signer(kid, Role.HUB_ACK).isPresent());
        assertTrue(trust.signer(kid, Role.HUB_DOCUMENTS).isEmpty());
        List<byte[]> chain = trust.chain(kid);
        assertArrayEquals(TestCertificates.HUB_ACK, chain.get(0));
        assertArrayEquals(TestCertificates.SERVICE_CA, chain.get(1));
        assertTrue(trust.chain(new byte[32]).isEmpty());
    }

    @Test
    void a_certificate_that_does_not_stand_under_the_root_spoils_the_file() throws Malformed {
        String root = CertificatePem.write(TestCertificates.ROOT);
        String serviceCa = CertificatePem.write(TestCertificates.SERVICE_CA);
        String ack = CertificatePem.write(TestCertificates.HUB_ACK);
        assertEquals(
                1, TrustFile.read(root + ack + serviceCa).withRole(Role.HUB_ACK).size());
        assertThrows(Malformed.class, () -> TrustFile.read(root + ack), "an authority is missing");
        assertThrows(Malformed.class, () -> TrustFile.read(serviceCa + root + ack), "the root is not first");
        assertThrows(Malformed.class, () -> TrustFile.read(""), "nothing");
        String below = CertificatePem.write(TestCertificates.authority("card CA 2", "service CA", 0));
        assertThrows(Malformed.class, () -> TrustFile.read(root + serviceCa + below), "an authority below another");
        String twice = CertificatePem.write(TestCertificates.CARD_CA);
        assertThrows(Malformed.class, () -> TrustFile.read(root + twice + twice), "a card CA's number twice");
    }

    @Test
    void text_that_is_no_certificate_is_refused() {
        String key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        assertThrows(Malformed.class, () -> TrustFile.read(TestCertificates.trustPem() + key));
        assertThrows(
                Malformed.class, () -> TrustFile.read(TestCertificates.trustPem() + "-----BEGIN CERTIFICATE-----\n"));
        assertThrows(Malformed.class, () -> TrustFile.read("-----END CERTIFICATE-----\n"));
    }

    @Test
    void only_malformed_comes_out_of_changed_text() {
        byte[] good = TestCertificates.trustPem().getBytes(StandardCharsets.US_ASCII);
        Mutations.feed(List.of(good), 2_000, input -> TrustFile.read(new String(input, StandardCharsets.ISO_8859_1)));
    }
}

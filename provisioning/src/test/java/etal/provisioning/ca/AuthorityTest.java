package etal.provisioning.ca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.keys.Pem;
import etal.fake.ManualClock;
import etal.fake.SeededEntropy;
import etal.port.StorageFailed;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.card.TerminalCertificate;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.P256;
import etal.protocol.trust.Oids;
import etal.protocol.trust.Role;
import etal.protocol.trust.TrustFile;
import etal.protocol.trust.X509Chain;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The authority's certificates are judged by the JDK's own path validation, which shares nothing with their making. */
class AuthorityTest {
    private static final Instant NOW = Instant.parse("2025-04-02T05:00:00Z");
    private static final byte[] KEY = P256.publicKey(P256.newScalar(new SeededEntropy(7)::fill));

    @TempDir
    Path directory;

    private Authority authority;

    @BeforeEach
    void an_authority() throws StorageFailed {
        authority = authority(directory.resolve("ca"));
    }

    private static Authority authority(Path directory) throws StorageFailed {
        return Authority.init(directory, 1, new ManualClock(NOW), new SeededEntropy(42));
    }

    private Authority reopened() throws StorageFailed {
        return Authority.open(directory.resolve("ca"), new ManualClock(NOW), new SeededEntropy(43));
    }

    @Test
    void every_role_gets_a_chain_that_a_stranger_validates_up_to_the_root() throws Exception {
        for (Role role : Role.values()) {
            if (role != Role.TERMINAL) {
                validate(authority.issueService(role, KEY));
            }
        }
        validate(terminalChain(AskingTerminal.of(3, 1, 0), "ticket"));
    }

    @Test
    void a_leaf_may_do_what_its_role_does_and_nothing_else() throws Exception {
        X509Certificate acknowledging = leaf(authority.issueService(Role.HUB_ACK, KEY));
        assertEquals(-1, acknowledging.getBasicConstraints());
        assertEquals(Set.of("2.5.29.15", "2.5.29.19"), acknowledging.getCriticalExtensionOIDs());
        assertTrue(acknowledging.getKeyUsage()[0]);
        assertFalse(acknowledging.getExtendedKeyUsage().contains("1.3.6.1.5.5.7.3.2"), "it cannot log in");

        X509Certificate sealing = leaf(authority.issueService(Role.HUB_SEAL, KEY));
        assertFalse(sealing.getKeyUsage()[0], "it cannot sign");
        assertTrue(sealing.getKeyUsage()[4]);

        X509Certificate broker = leaf(authority.issueService(Role.BROKER, KEY));
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), broker.getExtendedKeyUsage());
        assertEquals(
                List.of(List.of(2, "localhost"), List.of(7, "127.0.0.1")),
                List.copyOf(broker.getSubjectAlternativeNames()));
        assertEquals(
                "O=etal fund 1,OU=BROKER,CN=broker",
                broker.getSubjectX500Principal().getName());
    }

    @Test
    void a_terminal_carries_the_compact_certificate_that_cards_read() throws Exception {
        var terminal = AskingTerminal.of(3, 1, 0);
        X509Certificate certificate = leaf(terminalChain(terminal, "ticket"));
        assertEquals(
                "O=etal fund 1,OU=TERMINAL,CN=t3-e1",
                certificate.getSubjectX500Principal().getName());
        byte[] extension = ASN1OctetString.getInstance(certificate.getExtensionValue(Oids.CARD_CERTIFICATE))
                .getOctets();
        var compact = TerminalCertificate.decode(
                ASN1OctetString.getInstance(extension).getOctets());
        assertTrue(compact.verify(authority.terminalAuthorityKey()));
        assertEquals(List.of(1L, 3L, 1L), List.of(compact.fund(), compact.terminal(), compact.epoch()));
        assertArrayEquals(P256.publicKey(terminal.agreementScalar()), compact.agreementKey65());
    }

    @Test
    void the_same_seed_and_time_give_the_same_bytes() throws Exception {
        Authority twin = authority(directory.resolve("twin"));
        assertEquals(authority.trustPem(), twin.trustPem());
        assertArrayEquals(
                authority.issueService(Role.HUB_ACK, KEY).getFirst(),
                twin.issueService(Role.HUB_ACK, KEY).getFirst());
    }

    @Test
    void all_but_the_making_goes_on_with_the_root_key_carried_away() throws Exception {
        try (var root = Files.walk(directory.resolve("ca/root"))) {
            for (Path path : root.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        Authority without = reopened();
        validate(without.issueService(Role.HUB_ACK, KEY));
        assertInstanceOf(
                TerminalIssue.Issued.class,
                without.issueTerminal(
                        TerminalRequest.read(AskingTerminal.of(3, 1, 0).request()), "ticket"));
        assertInstanceOf(CardIssue.Issued.class, without.issueCard(new byte[8], P256.compress(KEY), 99, 0));
    }

    @Test
    void a_key_update_is_the_roots_word_once_for_a_key_and_in_turn() throws Exception {
        byte[] root = new X509CertificateHolder(authority.rootCertificate())
                .getSubjectPublicKeyInfo()
                .getPublicKeyData()
                .getOctets();
        byte[] other = P256.publicKey(P256.newScalar(new SeededEntropy(99)::fill));
        KeyUpdate first = authority.updateKey(KeySlot.ISSUING_0, KEY);
        assertTrue(first.verify(root));
        assertEquals(first, authority.updateKey(KeySlot.ISSUING_0, KEY));
        KeyUpdate second = authority.updateKey(KeySlot.TERMINAL_CA, other);
        assertEquals(List.of(first, second), reopened().keyUpdates().updates());
        authority.issueService(Role.HUB_DOCUMENTS, other);
        CardKeys keys = reopened().cardKeys();
        assertEquals(3, keys.generation());
        assertArrayEquals(KEY, keys.keys().get(KeySlot.ISSUING_0));
        assertArrayEquals(other, keys.keys().get(KeySlot.TERMINAL_CA));
        assertArrayEquals(root, keys.keys().get(KeySlot.ROOT));
        Files.delete(directory.resolve("ca/root/root.key"));
        assertEquals(second, reopened().updateKey(KeySlot.TERMINAL_CA, other));
        var absent = assertThrows(StorageFailed.class, () -> reopened().updateKey(KeySlot.TERMINAL_CA, KEY));
        assertTrue(String.valueOf(absent.getMessage()).contains("root.key"));
    }

    @Test
    void terminals_are_certified_with_the_terminal_authoritys_key_alone() throws Exception {
        Files.delete(directory.resolve("ca/card-ca.key"));
        Files.delete(directory.resolve("ca/service-ca.key"));
        var request = TerminalRequest.read(AskingTerminal.of(3, 1, 0).request());
        assertInstanceOf(TerminalIssue.Issued.class, reopened().issueTerminal(request, "ticket"));
        assertThrows(StorageFailed.class, () -> reopened().issueService(Role.HUB_ACK, KEY));
        assertThrows(StorageFailed.class, () -> reopened().issueCard(new byte[8], P256.compress(KEY), 99, 0));
    }

    @Test
    void its_files_are_for_its_owner_alone() throws Exception {
        try (var files = Files.walk(directory.resolve("ca"))) {
            for (Path path : files.toList()) {
                String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                assertEquals(Files.isDirectory(path) ? "rwx------" : "rw-------", rights, path.toString());
            }
        }
    }

    @Test
    void the_trust_file_begins_with_the_root_and_names_the_hubs_signers() throws Exception {
        authority.issueService(Role.BROKER, KEY);
        authority.issueService(Role.HUB_SEAL, KEY);
        authority.issueService(Role.HUB_DOCUMENTS, KEY);
        authority.issueService(Role.HUB_ACK, KEY);
        var names = new ArrayList<String>();
        for (var block : Pem.blocks(authority.trustPem(), "trust.pem")) {
            names.add(parsed(block.der()).getSubjectX500Principal().getName().replaceAll(".*CN=", ""));
        }
        assertEquals(
                List.of("etal root", "card CA 1", "terminal CA", "service CA", "hub ack", "hub documents", "hub seal"),
                names);
        TrustFile read = TrustFile.read(authority.trustPem());
        assertArrayEquals(authority.rootCertificate(), read.root());
        assertEquals(1, read.withRole(Role.HUB_ACK).size());
    }

    @Test
    void the_same_service_key_gets_the_same_certificate_and_a_new_key_its_successor() throws Exception {
        List<byte[]> first = authority.issueService(Role.HUB_ACK, KEY);
        assertArrayEquals(
                first.getFirst(), reopened().issueService(Role.HUB_ACK, KEY).getFirst());
        byte[] other = P256.publicKey(P256.newScalar(new SeededEntropy(8)::fill));
        assertFalse(Arrays.equals(
                first.getFirst(), reopened().issueService(Role.HUB_ACK, other).getFirst()));
        assertEquals(2, reopened().serviceCertificates(Role.HUB_ACK).size());
    }

    @Test
    void a_ticket_serves_one_request_and_the_same_request_again() throws Exception {
        byte[] request = AskingTerminal.of(3, 1, 0).request();
        var first = (TerminalIssue.Issued) authority.issueTerminal(TerminalRequest.read(request), "ticket");
        var again = (TerminalIssue.Issued) reopened().issueTerminal(TerminalRequest.read(request), "ticket");
        assertTrue(again.again());
        assertArrayEquals(first.chain().getFirst(), again.chain().getFirst());
        var stranger = TerminalRequest.read(AskingTerminal.of(4, 1, 0).request());
        assertInstanceOf(TerminalIssue.TicketUsed.class, reopened().issueTerminal(stranger, "ticket"));
    }

    @Test
    void one_terminal_and_epoch_never_has_two_keys() throws Exception {
        terminalChain(AskingTerminal.of(3, 1, 0), "first");
        var second = TerminalRequest.read(AskingTerminal.of(3, 1, 1).request());
        assertInstanceOf(TerminalIssue.LedgerTaken.class, authority.issueTerminal(second, "second"));
        assertInstanceOf(
                TerminalIssue.Issued.class,
                authority.issueTerminal(
                        TerminalRequest.read(AskingTerminal.of(3, 2, 1).request()), "second"));
    }

    @Test
    void a_chip_that_repeats_another_cards_key_is_found_out() throws Exception {
        byte[] key = P256.compress(KEY);
        var first = (CardIssue.Issued) authority.issueCard(new byte[] {1, 0, 0, 0, 0, 0, 0, 0}, key, 99, 0);
        assertEquals(first, authority.issueCard(new byte[] {1, 0, 0, 0, 0, 0, 0, 0}, key, 99, 0));
        assertEquals(
                new CardIssue.Taken(first.certificate()),
                authority.issueCard(new byte[] {2, 0, 0, 0, 0, 0, 0, 0}, key, 99, 0));
    }

    @Test
    void making_it_again_changes_nothing_and_another_fund_is_refused() throws Exception {
        byte[] before = Files.readAllBytes(directory.resolve("ca/issued.log"));
        authority(directory.resolve("ca"));
        assertArrayEquals(before, Files.readAllBytes(directory.resolve("ca/issued.log")));
        assertThrows(
                StorageFailed.class,
                () -> Authority.init(directory.resolve("ca"), 2, new ManualClock(NOW), new SeededEntropy(1)));
    }

    @Test
    void a_making_cut_short_anywhere_is_completed_by_the_next() throws Exception {
        byte[] whole = Files.readAllBytes(directory.resolve("ca/issued.log"));
        for (int cut = 0; cut < whole.length; cut += 97) {
            Files.write(directory.resolve("ca/issued.log"), Arrays.copyOf(whole, cut));
            Authority completed = authority(directory.resolve("ca"));
            validate(completed.issueService(Role.HUB_ACK, KEY));
        }
    }

    @Test
    void a_certificate_whose_line_is_cut_anywhere_was_never_given_and_a_whole_one_is_given_again() throws Exception {
        Path journal = directory.resolve("ca/issued.log");
        int before = (int) Files.size(journal);
        var request = TerminalRequest.read(AskingTerminal.of(3, 1, 0).request());
        var given = (TerminalIssue.Issued) authority.issueTerminal(request, "ticket");
        byte[] whole = Files.readAllBytes(journal);
        for (int cut = before;
                cut <= whole.length;
                cut = Math.min(cut + 53, cut == whole.length ? cut + 1 : whole.length)) {
            Files.write(journal, Arrays.copyOf(whole, cut));
            var again = (TerminalIssue.Issued) reopened().issueTerminal(request, "ticket");
            assertEquals(cut == whole.length, again.again(), "cut at " + cut);
            assertEquals(
                    again.again(),
                    Arrays.equals(given.chain().getFirst(), again.chain().getFirst()));
        }
    }

    private List<byte[]> terminalChain(AskingTerminal terminal, String ticket) throws Exception {
        var issue = authority.issueTerminal(TerminalRequest.read(terminal.request()), ticket);
        return assertInstanceOf(TerminalIssue.Issued.class, issue).chain();
    }

    private static X509Certificate leaf(List<byte[]> chain) throws GeneralSecurityException {
        return parsed(chain.getFirst());
    }

    private static X509Certificate parsed(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private void validate(List<byte[]> chain) throws GeneralSecurityException, Malformed, StorageFailed {
        var path = new ArrayList<X509Certificate>();
        for (byte[] der : chain) {
            path.add(parsed(der));
        }
        var root = new TrustAnchor(parsed(reopened().rootCertificate()), null);
        var parameters = new PKIXParameters(Set.of(root));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(NOW));
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        X509Chain.verify(chain, reopened().rootCertificate(), NOW.toEpochMilli());
    }
}

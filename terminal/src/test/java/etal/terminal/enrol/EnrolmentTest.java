package etal.terminal.enrol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.speech.Speech;
import etal.fake.ManualClock;
import etal.fake.SeededEntropy;
import etal.port.PeerUnreachable;
import etal.port.StorageFailed;
import etal.protocol.card.TerminalCertificate;
import etal.protocol.cose.P256;
import etal.protocol.enrol.ClaimTicket;
import etal.protocol.enrol.Est;
import etal.protocol.money.Unit;
import etal.protocol.trust.Role;
import etal.terminal.enrol.Registry.Reply;
import etal.terminal.enrol.ScriptedRegistrar.PlugPulled;
import etal.terminal.speech.TillSpeech;
import etal.testkit.TestAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/*
 * terminal                                   registrar
 *    | signing.key, agreement.key: forced       |
 *    |                                          |          cut here: the keys are kept
 *    | GET crts ------------------------------> |
 *    | <-------------- 2.05: root, terminal CA  |
 *    | the root is the trust file's?            |          no: nothing is asked, nothing kept
 *    | POST sen, PKCS#10 ---------------------> |
 *    |                                          | journal forced
 *    |                x <------ 2.04: the leaf  |          cut here: the same request again, the same leaf
 *    | chain, keys, card certificate checked    |          no: nothing kept
 *    | chain.pem: forced                        |          cut before: the same again; after: done
 */
class EnrolmentTest {
    private static final ClaimTicket TICKET = new ClaimTicket(1, 3, 1, "coaps://127.0.0.1:5684", new byte[16]);

    @TempDir
    Path directory;

    private final ScriptedRegistrar registrar = new ScriptedRegistrar();
    private final ManualClock clock = new ManualClock(Instant.parse("2025-04-02T05:00:00Z"));

    private Path keys() {
        return directory.resolve("keys");
    }

    private KeyRing ring() throws StorageFailed {
        return KeyRing.open(keys(), registrar.authority.root(), clock, new SeededEntropy(1));
    }

    /** An enrolment as after a start: what it knows is on the disk. */
    private Outcome enrol() throws Exception {
        return Enrolment.enrol(TICKET, ring(), registrar);
    }

    private void assertNothingKept() {
        assertFalse(Files.exists(keys().resolve("chain.pem")));
    }

    @Test
    void a_terminal_is_enrolled_once_and_knows_it_after_a_restart() throws Exception {
        registrar.placeKeys(keys());
        Credentials credentials =
                assertInstanceOf(Outcome.Enrolled.class, enrol()).credentials();
        assertEquals("t3-e1", credentials.ledger().toString());
        assertEquals(registrar.compact(), credentials.introduction());
        assertTrue(P256.verify(
                registrar.authority.terminal(3, 1).publicKey(),
                new byte[] {1},
                credentials.signer().sign(new byte[] {1})));
        assertInstanceOf(Outcome.Enrolled.class, enrol());
        assertEquals(1, registrar.opened, "the second time nobody is asked");
        var kept = Enrolment.enrolled(keys(), registrar.authority.root(), clock, new SeededEntropy(2));
        assertEquals(credentials.ledger(), kept.orElseThrow().ledger());
    }

    @Test
    void both_keys_are_private_and_on_the_disk_before_anything_is_sent() throws Exception {
        registrar.onCrts = sound -> {
            for (String name : List.of("signing.key", "agreement.key")) {
                assertEquals("rw-------", rights(keys().resolve(name)));
            }
            assertEquals("rwx------", rights(keys()));
            throw new PlugPulled();
        };
        assertThrows(PlugPulled.class, this::enrol);
    }

    private static String rights(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void cut_before_or_after_any_message_it_asks_again_in_the_same_bytes() throws Exception {
        registrar.placeKeys(keys());
        ScriptedRegistrar.Touch cut = sound -> {
            throw new PlugPulled();
        };
        registrar.onCrts = cut;
        assertThrows(PlugPulled.class, this::enrol);
        registrar.onCrts = sound -> sound;
        registrar.onSen = cut;
        assertThrows(PlugPulled.class, this::enrol);
        assertThrows(PlugPulled.class, this::enrol);
        assertNothingKept();
        registrar.onSen = sound -> sound;
        assertInstanceOf(Outcome.Enrolled.class, enrol());
        for (byte[] request : registrar.requests) {
            assertArrayEquals(registrar.requests.getFirst(), request);
        }
        assertEquals(3, registrar.requests.size());
    }

    @Test
    void cut_while_writing_a_key_it_makes_the_missing_one_and_keeps_the_other() throws Exception {
        ring();
        byte[] signing = Files.readAllBytes(keys().resolve("signing.key"));
        Files.move(keys().resolve("agreement.key"), keys().resolve(".agreement.key.part"));
        KeyRing after = KeyRing.open(keys(), registrar.authority.root(), clock, new SeededEntropy(2));
        assertArrayEquals(signing, Files.readAllBytes(keys().resolve("signing.key")));
        assertTrue(Files.exists(keys().resolve("agreement.key")));
        assertFalse(after.enrolled());
    }

    @Test
    void cut_while_keeping_the_chain_it_keeps_it_the_next_time() throws Exception {
        registrar.placeKeys(keys());
        Files.writeString(keys().resolve(".chain.pem.part"), "-----BEGIN CERT");
        assertInstanceOf(Outcome.Enrolled.class, enrol());
        assertFalse(Files.exists(keys().resolve(".chain.pem.part")));
    }

    @Test
    void a_registrar_that_answers_the_third_time_is_enough() throws Exception {
        registrar.placeKeys(keys());
        registrar.onSen = sound -> {
            if (registrar.opened < 3) {
                throw new PeerUnreachable("lost");
            }
            return sound;
        };
        assertInstanceOf(Outcome.Enrolled.class, enrol());
    }

    @Test
    void a_registrar_that_never_answers_is_unreachable_after_three() {
        registrar.onCrts = sound -> new Reply("5.03", -1, new byte[0]);
        assertThrows(PeerUnreachable.class, this::enrol);
        assertEquals(3, registrar.opened);
    }

    @Test
    void a_refusal_is_said_as_the_registrar_said_it() throws Exception {
        byte[] sentence = "This ticket\u0007 has been used.".getBytes(StandardCharsets.UTF_8);
        registrar.onSen = sound -> new Reply("4.03", -1, sentence);
        assertEquals(new Outcome.Refused("4.03", "This ticket  has been used."), enrol());
        assertEquals(1, registrar.opened, "a refusal is not asked for twice");
    }

    @Test
    void another_root_than_the_trust_files_is_never_asked_for_a_certificate() throws Exception {
        var stranger = new TestAuthority(2);
        byte[] theirs = ScriptedRegistrar.certsOnly(
                List.of(stranger.root(), stranger.terminal(3, 1).chain().get(1)));
        registrar.onCrts = sound -> new Reply("2.05", Est.CONTENT_PKCS7_CERTS, theirs);
        assertInstanceOf(Outcome.Untrusted.class, enrol());
        assertTrue(registrar.requests.isEmpty());
        assertNothingKept();
    }

    @Test
    void authorities_that_are_no_authorities_are_refused() throws Exception {
        byte[] root = registrar.authority.root();
        byte[] rootless = registrar.chain().get(1);
        for (Reply reply : List.of(
                new Reply("2.05", Est.CONTENT_PKIX_CERT, root),
                new Reply("2.05", Est.CONTENT_PKCS7_CERTS, root),
                new Reply("2.05", Est.CONTENT_PKCS7_CERTS, new byte[0]),
                new Reply("2.05", Est.CONTENT_PKCS7_CERTS, ScriptedRegistrar.certsOnly(List.of(root))),
                new Reply("2.05", Est.CONTENT_PKCS7_CERTS, ScriptedRegistrar.certsOnly(List.of(rootless))))) {
            registrar.onCrts = sound -> reply;
            assertInstanceOf(Outcome.Untrusted.class, enrol());
        }
        assertTrue(registrar.requests.isEmpty());
    }

    @Test
    void a_certificate_for_someone_or_something_else_is_not_kept() throws Exception {
        registrar.placeKeys(keys());
        var authority = registrar.authority;
        byte[] compact = registrar.compact().encode();
        for (byte[] leaf : List.of(
                authority.terminal(3, 1).chain().getFirst(),
                authority.terminal(4, 1, compact).chain().getFirst(),
                authority
                        .terminal(3, 1, compact(4, 1, registrar.agreementScalar))
                        .chain()
                        .getFirst(),
                authority
                        .terminal(3, 1, compact(3, 2, registrar.agreementScalar))
                        .chain()
                        .getFirst(),
                authority
                        .terminal(3, 1, compact(3, 1, authority.cardAuthorityScalar()))
                        .chain()
                        .getFirst(),
                authority
                        .terminal(3, 1, new byte[TerminalCertificate.LENGTH])
                        .chain()
                        .getFirst(),
                authority.service(Role.HUB_ACK).chain().getFirst(),
                new TestAuthority(2).terminal(3, 1, compact).chain().getFirst())) {
            registrar.onSen = sound -> new Reply("2.04", Est.CONTENT_PKIX_CERT, leaf);
            assertInstanceOf(Outcome.Untrusted.class, enrol());
            assertNothingKept();
        }
    }

    private byte[] compact(long terminal, long epoch, byte[] agreementScalar) {
        return TerminalCertificate.sign(
                        1,
                        1,
                        terminal,
                        epoch,
                        P256.publicKey(agreementScalar),
                        ScriptedRegistrar.LAST_PERIOD,
                        bytes -> P256.sign(registrar.authority.terminalAuthorityScalar(), bytes))
                .encode();
    }

    @Test
    void a_certificate_with_any_byte_changed_is_not_kept() throws Exception {
        registrar.placeKeys(keys());
        byte[] sound = registrar.chain().getFirst();
        for (int at = 0; at < sound.length; at++) {
            byte[] changed = sound.clone();
            changed[at] ^= (byte) (1 << at % 8);
            registrar.onSen = original -> new Reply("2.04", Est.CONTENT_PKIX_CERT, changed);
            assertInstanceOf(Outcome.Untrusted.class, enrol(), "byte " + at);
            assertNothingKept();
        }
    }

    @Test
    void the_certificate_of_another_year_is_refused_unless_the_clock_is_nobodys() throws Exception {
        registrar.placeKeys(keys());
        clock.set(Instant.parse("2060-01-01T00:00:00Z"));
        assertInstanceOf(Outcome.Untrusted.class, enrol());
        clock.trusted(false);
        assertInstanceOf(Outcome.Enrolled.class, enrol());
    }

    @Test
    void the_keys_of_another_terminal_are_left_alone() throws Exception {
        registrar.placeKeys(keys());
        enrol();
        byte[] before = Files.readAllBytes(keys().resolve("chain.pem"));
        var other = new ClaimTicket(1, 3, 2, TICKET.registrarUri(), new byte[16]);
        assertInstanceOf(Outcome.OtherKeys.class, Enrolment.enrol(other, ring(), registrar));
        assertArrayEquals(before, Files.readAllBytes(keys().resolve("chain.pem")));
        assertEquals(1, registrar.opened);
    }

    @Test
    void a_chain_damaged_on_the_disk_is_said_and_not_overwritten() throws Exception {
        registrar.placeKeys(keys());
        enrol();
        Path chain = keys().resolve("chain.pem");
        String damaged = Files.readString(chain).replaceFirst("M", "N");
        Files.writeString(chain, damaged);
        assertInstanceOf(Outcome.OtherKeys.class, enrol());
        assertEquals(damaged, Files.readString(chain));
    }

    @Test
    void every_outcome_has_its_sentence_in_both_languages() throws Exception {
        registrar.placeKeys(keys());
        List<Outcome> outcomes = List.of(
                enrol(),
                new Outcome.Refused("4.03", "used"),
                new Outcome.Refused("4.00", "what"),
                new Outcome.Untrusted("root"),
                new Outcome.OtherKeys("t4-e1"));
        for (Locale language : List.of(Locale.FRENCH, Locale.ENGLISH)) {
            Speech speech = TillSpeech.in(language, new Unit("EUR", "€", 2));
            for (Outcome outcome : outcomes) {
                String sentence = speech.speak(outcome.said());
                assertFalse(sentence.contains("{"), sentence);
            }
        }
    }

    @Test
    void no_outcome_and_no_credentials_print_a_secret() throws Exception {
        registrar.placeKeys(keys());
        String printed = enrol() + " " + enrol().said();
        assertTrue(printed.contains("t3-e1"));
        assertFalse(printed.contains("Scalar"), printed);
    }
}

package etal.provisioning.tool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.keys.Pem;
import etal.fake.SeededEntropy;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cose.P256;
import etal.protocol.enrol.ClaimTicket;
import etal.protocol.trust.Role;
import etal.protocol.trust.TrustFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvisionTest {
    @TempDir
    Path directory;

    private String config = "";

    @BeforeEach
    void a_configuration() throws Exception {
        config = CommandRun.config(directory).toString();
    }

    private CommandRun run(String line) {
        return CommandRun.of((line + " --config " + config).split(" "));
    }

    private void assertRefused(String part, CommandRun run) {
        assertEquals(2, run.code(), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains(part), run.err());
        assertEquals("", run.out());
    }

    @Test
    void init_makes_the_authorities_and_the_trust_file_once() throws Exception {
        Path trust = directory.resolve("trust.pem");
        CommandRun first = run("init --trust " + trust);
        assertEquals(0, first.code(), first.err());
        assertEquals("done fund 1\n", first.out());
        assertTrue(TrustFile.read(Files.readString(trust)).cardCaKey(1).isPresent());
        byte[] journal = Files.readAllBytes(directory.resolve("ca/issued.log"));
        assertRefused(directory.resolve("ca").toString(), run("init"));
        assertEquals(List.of(journal.length), List.of((int) Files.size(directory.resolve("ca/issued.log"))));
    }

    @Test
    void a_ticket_is_one_line_that_a_terminal_reads() throws Exception {
        run("init");
        CommandRun run = run("ticket --terminal 3 --registrar coaps://127.0.0.1:5684");
        assertEquals(0, run.code(), run.err());
        List<String> lines = run.out().lines().toList();
        var claim = ClaimTicket.parse(lines.get(0));
        assertEquals("etal/1/t3-e1", claim.pskIdentity());
        assertEquals("done t3-e1", lines.get(1));
        assertTrue(run.err().contains("2025-04-03T05:00:00Z"), run.err());
        assertFalse(run.err().contains(lines.get(0)), "a secret is no progress message");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ticket --terminal 3 --registrar http://127.0.0.1:5684",
                "ticket --terminal 3 --registrar coaps://127.0.0.1",
                "ticket --terminal 3 --registrar coaps://127.0.0.1:5684/x",
                "ticket --terminal -1 --registrar coaps://127.0.0.1:5684",
                "ticket --terminal 4294967296 --registrar coaps://127.0.0.1:5684",
                "ticket --terminal 3 --hours 0 --registrar coaps://127.0.0.1:5684",
                "certify --role TERMINAL --key no-such-file --out x",
                "card personalise --count 0 --amount-cents 1 --first-period 63 --last-period 74",
                "card personalise --count 1 --amount-cents -1 --first-period 63 --last-period 74",
                "card personalise --count 1 --amount-cents 1 --first-period 75 --last-period 74",
                "card personalise --count 1 --amount-cents 1 --first-period 63 --last-period 74 --keep-cents -1",
                "card personalise --count 1 --amount-cents 1 --first-period 63 --last-period 74 --earnable-cents 2147483648",
                "card personalise --count 1 --amount-cents 1 --first-period 63 --last-period 74 --point-of-sale 4294967296",
                "card personalise --count 1 --amount-cents 1 --first-period 63 --last-period 74 --catch-up-months 12",
                "card personalise --count 1 --amount-cents 1 --first-period 63 --last-period 74 --reader 0.0.0.0:1",
                "card personalise --count 1 --amount-cents 1 --first-period 63 --last-period 74 --resume"
            })
    void bad_input_is_one_sentence_and_changes_nothing(String line) {
        run("init");
        CommandRun run = run(line);
        assertEquals(2, run.code(), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertEquals("", run.out());
        assertFalse(Files.exists(directory.resolve("tickets")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "card", "serve", "no-such-command", "ticket --terminal x"})
    void bad_usage_has_exit_code_two(String line) {
        assertEquals(
                2,
                CommandRun.of(line.isEmpty() ? new String[0] : line.split(" ")).code());
    }

    @Test
    void a_configuration_at_fault_is_named_by_line() throws Exception {
        Files.writeString(Path.of(config), "fund: 1\nauthority: ca\ntickets: t\ncards: c\nclock: sundial\n");
        assertRefused(":5: clock: sundial, system or driven", run("init"));
        Files.writeString(Path.of(config), "fund: 1\nauthority: ca\ntickets: t\ncards: c\nclock: driven\nnow: soon\n");
        assertRefused(":6: now: soon", run("init"));
        Files.writeString(
                Path.of(config), "fund: 1\nauthority: ca\ntickets: t\ncards: c\nclock: system\nlisten: 0.0.0.0:1\n");
        assertRefused(":6: listen", run("serve"));
    }

    @Test
    void without_an_authority_nothing_is_served_certified_or_made() {
        assertRefused("init", run("serve"));
        assertRefused("init", run("certify --role HUB_ACK --key k --out o"));
        assertRefused("init", run("card personalise --count 1 --amount-cents 1 --first-period 63 --last-period 74"));
    }

    @Test
    void before_the_hub_is_certified_no_batch_is_begun() {
        run("init");
        assertRefused("", run("card personalise --count 1 --amount-cents 1 --first-period 63 --last-period 74"));
        assertFalse(Files.exists(directory.resolve("cards")));
    }

    @Test
    void a_services_public_key_is_certified() throws Exception {
        run("init");
        byte[] key = P256.publicKey(P256.newScalar(new SeededEntropy(1)::fill));
        Path pem = directory.resolve("ack.pub");
        Files.writeString(pem, Pem.encode("PUBLIC KEY", P256.jcaPublic(key).getEncoded()));
        Path trust = directory.resolve("trust.pem");
        CommandRun run = run(
                "certify --role HUB_ACK --key " + pem + " --out " + directory.resolve("ack.pem") + " --trust " + trust);
        assertEquals("done HUB_ACK\n", run.out(), run.err());
        assertEquals(2, Pem.certificates(directory.resolve("ack.pem")).size());
        assertEquals(
                1,
                TrustFile.read(Files.readString(trust)).withRole(Role.HUB_ACK).size());
        Files.writeString(pem, "no key at all");
        assertRefused("ack.pub", run("certify --role HUB_ACK --key " + pem + " --out x"));
    }

    @Test
    void a_new_key_for_cards_is_signed_while_the_root_is_there() throws Exception {
        run("init");
        byte[] key = P256.publicKey(P256.newScalar(new SeededEntropy(3)::fill));
        Path pem = directory.resolve("issuing.pub");
        Files.writeString(pem, Pem.encode("PUBLIC KEY", P256.jcaPublic(key).getEncoded()));
        Path out = directory.resolve("keys.bin");
        String line = "key-update --slot ISSUING_0 --key " + pem + " --out " + out;
        CommandRun run = run(line);
        assertEquals("done ISSUING_0 generation 2\n", run.out(), run.err());
        assertArrayEquals(key, KeyUpdate.decode(Files.readAllBytes(out)).publicKey65());
        Files.delete(directory.resolve("ca/root/root.key"));
        assertEquals(run.out(), run(line).out());
        assertEquals(2, run(line.replace("ISSUING_0", "ROOT")).code());
        CommandRun without = run(line.replace("ISSUING_0", "ISSUING_1"));
        assertEquals(3, without.code());
        assertTrue(without.err().contains("root.key"), without.err());
    }
}

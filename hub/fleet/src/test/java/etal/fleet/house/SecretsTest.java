package etal.fleet.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.keys.KeyFile;
import etal.fake.SeededEntropy;
import etal.protocol.cose.Hash;
import etal.protocol.enrol.ClaimTicket;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The control of {@code src/test/python/secrets_out.py}, which the test of a whole day's processes, killed and started again,
 * lets loose on everything that they have logged, said, printed and exported: what it looks for it finds in any form.
 */
class SecretsTest {
    private static final Path SCRIPT = Path.of("src/test/python/secrets_out.py").toAbsolutePath();

    @TempDir
    Path day;

    private byte[] key = {};
    private byte[] seed = {};
    private final ClaimTicket ticket = new ClaimTicket(1, 3, 1, "coaps://127.0.0.1:5684", fill(16, 3));

    private record Said(int code, String text) {}

    private static byte[] fill(int length, long seed) {
        byte[] bytes = new byte[length];
        new SeededEntropy(seed).fill(bytes);
        return bytes;
    }

    @BeforeEach
    void a_fund_with_its_secrets() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "python3 is not installed");
        Path keys = folder("keys");
        key = KeyFile.readOrMake(keys.resolve("signing.key"), new SeededEntropy(1));
        seed = fill(32, 2);
        Path tickets = folder("tickets");
        own(Files.writeString(tickets.resolve("t3-e1.ticket"), ticket.text() + "\n2025-04-02T18:00:00Z\n"));
        Path cards = Files.createDirectories(day.resolve("cards"));
        own(Files.writeString(cards.resolve("cards.journal"), "17baa1db made card-1 " + Hash.hex(seed) + "\n"));
        Files.writeString(Files.createDirectories(day.resolve("logs")).resolve("hub.log"), "INFO: ready\n");
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectory(
                day.resolve(name), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static void own(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private Said looked() throws Exception {
        Process process = new ProcessBuilder("/usr/bin/python3", "-B", SCRIPT.toString(), day.toString())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    @Test
    void a_folder_that_gives_nothing_away_passes() throws Exception {
        Said said = looked();
        assertEquals(0, said.code(), said.text());
        assertTrue(said.text().contains("4 secrets of 3 files looked for in 1 files"), said.text());
    }

    @Test
    void a_key_a_seed_or_a_ticket_is_found_in_whatever_form_it_got_out() throws Exception {
        for (byte[] secret : new byte[][] {key, seed, ticket.secret()}) {
            Map<String, byte[]> planted = new LinkedHashMap<>();
            planted.put("bytes", secret);
            planted.put("hexadecimal", text(Hash.hex(secret)));
            planted.put("capitals", text(Hash.hex(secret).toUpperCase(Locale.ROOT)));
            planted.put("decimal", text(new BigInteger(1, secret).toString()));
            for (int shift = 0; shift < 3; shift++) {
                byte[] within = new byte[shift + secret.length + 1];
                Arrays.fill(within, (byte) 'x');
                System.arraycopy(secret, 0, within, shift, secret.length);
                planted.put("base64 from " + shift, Base64.getEncoder().encode(within));
                planted.put("base64url from " + shift, Base64.getUrlEncoder().encode(within));
            }
            for (Map.Entry<String, byte[]> leak : planted.entrySet()) {
                byte[] before = text("INFO: all is well \"");
                byte[] log = Arrays.copyOf(before, before.length + leak.getValue().length);
                System.arraycopy(leak.getValue(), 0, log, before.length, leak.getValue().length);
                Files.write(day.resolve("logs/hub.log"), log);
                Said said = looked();
                assertEquals(1, said.code(), leak.getKey() + ": " + said.text());
                assertTrue(said.text().contains("logs/hub.log"), said.text());
            }
        }
    }

    @Test
    void a_tickets_text_in_a_log_is_found() throws Exception {
        Files.writeString(day.resolve("logs/hub.log"), "INFO: claimed with " + ticket.text() + "\n");
        assertEquals(1, looked().code());
    }

    @Test
    void a_key_that_others_may_read_is_named() throws Exception {
        Files.setPosixFilePermissions(day.resolve("keys/signing.key"), PosixFilePermissions.fromString("rw-r-----"));
        Said said = looked();
        assertEquals(1, said.code());
        assertTrue(said.text().contains("signing.key can be read by others"), said.text());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

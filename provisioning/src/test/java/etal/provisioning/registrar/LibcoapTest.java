package etal.provisioning.registrar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.ManualClock;
import etal.fake.SeededEntropy;
import etal.protocol.enrol.Est;
import etal.protocol.ledger.LedgerId;
import etal.protocol.trust.X509Chain;
import etal.provisioning.ca.AskingTerminal;
import etal.provisioning.ca.Authority;
import etal.provisioning.ticket.Ticket;
import etal.provisioning.ticket.TicketOffice;
import etal.testkit.ChildProcess;
import java.io.File;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.cms.CMSSignedData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registrar as libcoap's client sees it, over OpenSSL's DTLS: a stranger's hands, block by block. */
class LibcoapTest {
    private static final String CLIENT = "coap-client-openssl";
    private static final Instant NOW = Instant.parse("2025-04-02T05:00:00Z");
    /** The client takes keys as text only. A test secret. */
    private static final String SECRET = "a test secret 16";

    @TempDir
    Path directory;

    private Authority authority;
    private Registrar registrar;
    private Ticket ticket;

    @BeforeEach
    void a_registrar() throws Exception {
        Assumptions.assumeTrue(installed(), CLIENT + " is not installed (Debian package libcoap3-bin)");
        var clock = new ManualClock(NOW);
        authority = Authority.init(directory.resolve("ca"), 1, clock, new SeededEntropy(3));
        byte[] secret = SECRET.getBytes(StandardCharsets.US_ASCII);
        var tickets = new TicketOffice(
                directory.resolve("tickets"), clock, target -> System.arraycopy(secret, 0, target, 0, target.length));
        registrar = Registrar.start(new InetSocketAddress("127.0.0.1", 0), authority, tickets, clock);
        ticket = tickets.issue(1, new LedgerId(3, 1), registrar.uri(), Duration.ofHours(1));
    }

    private static boolean installed() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, CLIENT)));
    }

    @AfterEach
    void closed() {
        if (registrar != null) {
            registrar.close();
        }
    }

    /** What the client wrote, and all it said. */
    private record Outcome(byte[] payload, String said) {}

    private Outcome call(String path, String... options) throws Exception {
        Path out = directory.resolve("out");
        Files.deleteIfExists(out);
        var command = new ArrayList<>(List.of(CLIENT, "-B", "30", "-b", "256", "-v", "6"));
        command.addAll(List.of("-u", ticket.claim().pskIdentity(), "-k", SECRET, "-o", out.toString()));
        command.addAll(List.of(options));
        command.add(registrar.uri() + path);
        try (ChildProcess client = ChildProcess.start(directory, command)) {
            client.awaitExit(Duration.ofSeconds(40));
            return new Outcome(
                    Files.exists(out) ? Files.readAllBytes(out) : new byte[0], String.join("\n", client.lines()));
        }
    }

    @Test
    void it_fetches_the_authorities_and_enrols() throws Exception {
        Outcome crts = call(Est.CRTS_PATH);
        assertEquals(
                2,
                new CMSSignedData(crts.payload())
                        .getCertificates()
                        .getMatches(null)
                        .size(),
                crts.said());

        Path request = directory.resolve("request.der");
        Files.write(request, AskingTerminal.of(3, 1, 0).request());
        Outcome sen = call(Est.SEN_PATH, "-m", "post", "-t", "286", "-A", "287", "-f", request.toString());
        var verified = X509Chain.verify(
                List.of(sen.payload(), authority.terminalAuthorityCertificate()),
                authority.rootCertificate(),
                NOW.toEpochMilli());
        assertEquals("t3-e1", verified.commonName(), sen.said());
    }

    @Test
    void it_hears_why_it_is_refused() throws Exception {
        Path request = directory.resolve("request.der");
        Files.write(request, AskingTerminal.of(4, 1, 0).request());
        Outcome refused = call(Est.SEN_PATH, "-m", "post", "-t", "286", "-f", request.toString());
        assertTrue(refused.said().contains("4.03"), refused.said());
        assertTrue(refused.said().contains("not for t4-e1"), refused.said());
    }
}

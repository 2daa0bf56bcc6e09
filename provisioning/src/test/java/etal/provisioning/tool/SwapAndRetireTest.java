package etal.provisioning.tool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import etal.edge.config.SystemEntropy;
import etal.edge.keys.Pem;
import etal.fake.ManualClock;
import etal.protocol.enrol.ClaimTicket;
import etal.protocol.ledger.LedgerId;
import etal.provisioning.ca.AskingTerminal;
import etal.provisioning.ca.Authority;
import etal.provisioning.ca.TerminalIssue;
import etal.provisioning.ca.TerminalRegister;
import etal.provisioning.ca.TerminalRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A terminal is swapped for another machine, or goes out of service.
 *
 * <pre>
 * technician                       registry                 till
 *  |-- swap --terminal 3 ----------->|  t3-e1 superseded      |
 *  |<- ticket t3-e2, t3-e1.pem ------|                        |
 *  |-- retire --stall URI ---------->|-- POST /api/retire --->|  its last entry
 *  |                                 |<- entry, how far up ---|
 *  |<- done, or: not yet up ---------|  t3-e1 retired         |
 * </pre>
 */
class SwapAndRetireTest {
    private static final LedgerId FIRST = new LedgerId(3, 1);
    private static final String REGISTRAR = " --registrar coaps://127.0.0.1:5684";

    @TempDir
    Path directory;

    private String config = "";
    private List<byte[]> chain = List.of();

    @BeforeEach
    void a_fund_with_a_terminal_in_service() throws Exception {
        config = CommandRun.config(directory).toString();
        run("init");
        var clock = new ManualClock(Instant.parse("2025-04-02T05:00:00Z"));
        Authority authority = Authority.open(directory.resolve("ca"), clock, new SystemEntropy());
        TerminalRequest request =
                TerminalRequest.read(AskingTerminal.of(3, 1, 0).request());
        if (authority.issueTerminal(request, "ticket-one") instanceof TerminalIssue.Issued issued) {
            chain = issued.chain();
        }
    }

    @Test
    void a_swap_hands_out_the_next_epochs_ticket_and_the_old_epochs_certificates() throws Exception {
        Path out = directory.resolve("t3-e1.pem");
        CommandRun run = run("swap --terminal 3 --out " + out + REGISTRAR);

        assertEquals(0, run.code(), run.err());
        ClaimTicket claim = ClaimTicket.parse(run.out().lines().toList().getFirst());
        assertEquals("etal/1/t3-e2", claim.pskIdentity());
        assertEquals("done t3-e2", run.out().lines().toList().getLast());
        List<byte[]> written = Pem.certificates(out);
        assertEquals(chain.size(), written.size());
        for (int i = 0; i < chain.size(); i++) {
            assertArrayEquals(chain.get(i), written.get(i));
        }
        assertTrue(register().superseded(FIRST));
        assertTrue(run.err().contains("t3-e2"), run.err());
    }

    @Test
    void a_swap_asked_again_before_the_new_machine_has_enrolled_is_for_the_same_epoch() throws Exception {
        run("swap --terminal 3 --out " + directory.resolve("a.pem") + REGISTRAR);
        CommandRun again = run("swap --terminal 3 --out " + directory.resolve("b.pem") + REGISTRAR);

        assertEquals("done t3-e2", again.out().lines().toList().getLast());
    }

    @Test
    void a_terminal_that_was_never_in_service_is_not_swapped_nor_retired() {
        assertRefused(run("swap --terminal 4 --out " + directory.resolve("x.pem") + REGISTRAR));
        assertRefused(run("retire --terminal 4 --gone"));
    }

    @Test
    void a_till_that_has_sent_all_of_it_is_out_of_service_and_the_registry_knows_its_last_entry() throws Exception {
        CommandRun run = atTill("{\"ledger\":\"t3-e1\",\"entry\":41,\"unacknowledged\":0}", 200);

        assertEquals(0, run.code(), run.err());
        assertEquals("done t3-e1\n", run.out());
        assertEquals(OptionalLong.of(41), register().retired(FIRST));
    }

    @Test
    void while_something_has_not_gone_up_it_is_not_done_and_said_so() throws Exception {
        CommandRun run = atTill("{\"ledger\":\"t3-e1\",\"entry\":41,\"unacknowledged\":7}", 200);

        assertEquals(3, run.code());
        assertTrue(run.err().contains("7"), run.err());
        assertEquals("", run.out());
        assertEquals(OptionalLong.empty(), register().retired(FIRST));
    }

    @Test
    void a_till_that_refuses_is_heard_in_its_own_words() throws Exception {
        CommandRun run = atTill("{\"error\":\"retire-in-doubt\",\"sentence\":\"Un paiement est incertain\"}", 409);

        assertEquals(2, run.code());
        assertTrue(run.err().contains("Un paiement est incertain"), run.err());
    }

    @Test
    void another_stalls_till_is_not_noted_for_this_terminal() throws Exception {
        assertEquals(
                2,
                atTill("{\"ledger\":\"t5-e1\",\"entry\":41,\"unacknowledged\":0}", 200)
                        .code());
        assertEquals(2, atTill("nonsense", 200).code());
        assertEquals(OptionalLong.empty(), register().retired(FIRST));
    }

    @Test
    void a_burnt_machine_is_noted_as_gone_and_its_end_when_it_turns_up_after_all() throws Exception {
        CommandRun run = run("retire --terminal 3 --gone");
        assertEquals(0, run.code(), run.err());
        assertEquals(OptionalLong.of(0), register().retired(FIRST));

        atTill("{\"ledger\":\"t3-e1\",\"entry\":41,\"unacknowledged\":0}", 200);
        assertEquals(OptionalLong.of(41), register().retired(FIRST));
    }

    @Test
    void an_address_elsewhere_or_none_is_refused() {
        assertRefused(run("retire --terminal 3"));
        assertRefused(run("retire --terminal 3 --stall http://example.org:80"));
        assertRefused(run("retire --terminal 3 --stall http://127.0.0.1:1 --gone"));
        assertEquals(3, run("retire --terminal 3 --stall http://127.0.0.1:1").code());
    }

    private CommandRun atTill(String answer, int status) throws Exception {
        HttpServer till = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        till.createContext("/api/retire", exchange -> {
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        till.start();
        try {
            return run("retire --terminal 3 --stall http://127.0.0.1:"
                    + till.getAddress().getPort());
        } finally {
            till.stop(0);
        }
    }

    private TerminalRegister register() throws Exception {
        return TerminalRegister.open(directory.resolve("ca"));
    }

    private CommandRun run(String line) {
        return CommandRun.of((line + " --config " + config).split(" "));
    }

    private static void assertRefused(CommandRun run) {
        assertEquals(2, run.code(), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertEquals("", run.out());
    }
}

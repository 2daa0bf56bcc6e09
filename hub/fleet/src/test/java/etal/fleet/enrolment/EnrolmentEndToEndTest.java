package etal.fleet.enrolment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.ManualClock;
import etal.fake.SeededEntropy;
import etal.protocol.enrol.ClaimTicket;
import etal.protocol.ledger.LedgerId;
import etal.protocol.trust.TrustFile;
import etal.provisioning.ca.Authority;
import etal.provisioning.registrar.Registrar;
import etal.provisioning.ticket.TicketOffice;
import etal.terminal.enrol.Credentials;
import etal.terminal.enrol.Enrolment;
import etal.terminal.enrol.Outcome;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/*
 * provisioning        terminal                               registrar
 *    | ticket on paper --> |                                     |
 *    | trust.pem --------> |                                     |
 *    |                     | DTLS with the ticket's secret <---> |
 *    |                     | GET crts -------------------------> |
 *    |                     | <------------------ root, terminal CA
 *    |                     | POST sen -------------------------> |
 *    |                     | <------------------------- the leaf |
 */
class EnrolmentEndToEndTest {
    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock(Instant.parse("2025-04-02T05:00:00Z"));
    private final SeededEntropy entropy = new SeededEntropy(11);
    private Authority authority;
    private TicketOffice tickets;
    private Registrar registrar;

    @BeforeEach
    void a_registrar() throws Exception {
        authority = Authority.init(directory.resolve("ca"), 1, clock, entropy);
        tickets = new TicketOffice(directory.resolve("tickets"), clock, entropy);
        registrar = Registrar.start(new InetSocketAddress("127.0.0.1", 0), authority, tickets, clock);
    }

    @AfterEach
    void closed() {
        registrar.close();
    }

    private ClaimTicket ticket(long terminal) throws Exception {
        var ticket = tickets.issue(1, new LedgerId(terminal, 1), registrar.uri(), Duration.ofHours(1));
        return ClaimTicket.parse(ticket.claim().text());
    }

    /** A terminal with a place and randomness of its own. */
    private Outcome enrol(String place, ClaimTicket ticket) throws Exception {
        byte[] root = TrustFile.read(authority.trustPem()).root();
        Path keys = directory.resolve(place).resolve("keys");
        return Enrolment.enrol(ticket, root, keys, clock, entropy.fork(place));
    }

    private static Credentials enrolled(Outcome outcome) {
        return assertInstanceOf(Outcome.Enrolled.class, outcome).credentials();
    }

    @Test
    void eight_stalls_enrol_each_with_its_own_ticket() throws Exception {
        long worstMillis = 0;
        for (long terminal = 1; terminal <= 8; terminal++) {
            ClaimTicket ticket = ticket(terminal);
            long before = System.nanoTime();
            Credentials credentials = enrolled(enrol("t" + terminal, ticket));
            worstMillis = Math.max(worstMillis, (System.nanoTime() - before) / 1_000_000);
            assertEquals(new LedgerId(terminal, 1), credentials.ledger());
            assertTrue(credentials.introduction().verify(authority.terminalAuthorityKey()));
        }
        assertTrue(worstMillis < 10_000, "the slowest took " + worstMillis + " ms");
    }

    @Test
    void cut_between_the_answer_and_keeping_it_the_terminal_gets_the_same_certificate() throws Exception {
        ClaimTicket ticket = ticket(3);
        Credentials first = enrolled(enrol("t3", ticket));
        Files.delete(directory.resolve("t3/keys/chain.pem"));
        Credentials again = enrolled(enrol("t3", ticket));
        assertArrayEquals(first.chain().getFirst(), again.chain().getFirst());
    }

    @Test
    void of_two_terminals_with_the_same_ticket_the_second_is_refused() throws Exception {
        ClaimTicket ticket = ticket(3);
        enrolled(enrol("first", ticket));
        var refused = assertInstanceOf(Outcome.Refused.class, enrol("second", ticket));
        assertEquals("4.03", refused.code());
        assertTrue(refused.reason().contains("used"), refused.reason());
        assertFalse(Files.exists(directory.resolve("second/keys/chain.pem")));
    }

    @Test
    void a_registrar_of_another_fund_is_not_believed_although_it_knows_the_secret() throws Exception {
        ClaimTicket ticket = ticket(3);
        byte[] otherRoot = Authority.init(directory.resolve("other"), 1, clock, entropy.fork("other"))
                .rootCertificate();
        Outcome outcome = Enrolment.enrol(ticket, otherRoot, directory.resolve("t3/keys"), clock, entropy.fork("t3"));
        assertInstanceOf(Outcome.Untrusted.class, outcome);
        enrolled(enrol("t3", ticket));
    }

    @Test
    void an_expired_ticket_is_refused_in_words() throws Exception {
        ClaimTicket ticket = ticket(3);
        clock.advance(Duration.ofHours(2));
        var refused = assertInstanceOf(Outcome.Refused.class, enrol("t3", ticket));
        assertTrue(refused.reason().contains("expired"), refused.reason());
    }
}

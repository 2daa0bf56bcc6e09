package etal.provisioning.registrar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.ManualClock;
import etal.fake.SeededEntropy;
import etal.protocol.cose.P256;
import etal.protocol.enrol.Est;
import etal.protocol.ledger.LedgerId;
import etal.protocol.trust.Role;
import etal.protocol.trust.X509Chain;
import etal.provisioning.ca.AskingTerminal;
import etal.provisioning.ca.Authority;
import etal.provisioning.ticket.Ticket;
import etal.provisioning.ticket.TicketOffice;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSSignedData;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/*
 * terminal                                              registrar
 *    | ClientHello ----------------------------------------> |
 *    | <---------------------------------- HelloVerifyRequest |   a cookie: no state for a forged address
 *    | ClientHello, cookie ---------------------------------> |
 *    | <--------- ServerHello, ServerKeyExchange (ECDHE), Done |
 *    | ClientKeyExchange (ECDHE, "etal/1/t3-e1"), Finished --> |   the ticket's secret is the pre-shared key
 *    | <-------------------------------------------- Finished |   both hold it, or neither is heard
 *    | CON GET /.well-known/est/crts -----------------------> |
 *    | <---------- ACK 2.05, 281, Block2 0/1/512 ... 1/0/512  |   root and terminal CA, PKCS#7 certs-only
 *    | CON POST /.well-known/est/sen, 286, Accept 287 ------> |   PKCS#10, signed by the key it names
 *    |                                                        |   journal: ticket, request, certificate; forced
 *    | <---------- ACK 2.04, 287, Block2 0/1/512 ... 1/0/512  |   the certificate
 */
class RegistrarTest {
    private static final Instant NOW = Instant.parse("2025-04-02T05:00:00Z");
    private static final AskingTerminal TERMINAL = AskingTerminal.of(3, 1, 0);
    private static final CipherSuite BEST = Registrar.CIPHER_SUITES.getFirst();

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock(NOW);
    private final SeededEntropy entropy = new SeededEntropy(3);
    private final List<AutoCloseable> open = new ArrayList<>();
    private Authority authority;
    private TicketOffice tickets;
    private Registrar registrar;

    @BeforeEach
    void a_registrar() throws Exception {
        authority = Authority.init(directory.resolve("ca"), 1, clock, entropy);
        tickets = new TicketOffice(directory.resolve("tickets"), clock, entropy);
        registrar = started();
    }

    private Registrar started() throws Exception {
        var started = Registrar.start(new InetSocketAddress("127.0.0.1", 0), authority, tickets, clock);
        open.add(started);
        return started;
    }

    @AfterEach
    void all_closed() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private Ticket ticket(long terminal) throws Exception {
        return tickets.issue(1, new LedgerId(terminal, 1), registrar.uri(), Duration.ofHours(1));
    }

    private TestClient client(Ticket ticket) {
        return client(ticket.claim().pskIdentity(), ticket.claim().secret(), BEST);
    }

    private TestClient client(String identity, byte[] secret, CipherSuite suite) {
        var client = new TestClient(registrar.uri(), identity, secret, suite);
        open.add(client);
        return client;
    }

    private static void assertRefused(ResponseCode code, String part, CoapResponse response) {
        assertEquals(code, response.getCode(), response.getResponseText());
        assertTrue(response.getResponseText().contains(part), response.getResponseText());
    }

    @ParameterizedTest
    @EnumSource(
            value = CipherSuite.class,
            names = {"TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256", "TLS_PSK_WITH_AES_128_CCM_8"})
    void a_terminal_with_a_ticket_becomes_a_terminal_with_a_certificate(CipherSuite suite) throws Exception {
        Ticket ticket = ticket(3);
        TestClient client = client(ticket.claim().pskIdentity(), ticket.claim().secret(), suite);
        CoapResponse authorities = client.crts(-1);
        assertEquals(ResponseCode.CONTENT, authorities.getCode());
        assertEquals(Est.CONTENT_PKCS7_CERTS, authorities.getOptions().getContentFormat());
        assertEquals(2, certificates(authorities.getPayload()).size());

        CoapResponse certified = client.sen(TERMINAL.request(), Est.CONTENT_PKIX_CERT);
        assertEquals(ResponseCode.CHANGED, certified.getCode(), certified.getResponseText());
        assertEquals(Est.CONTENT_PKIX_CERT, certified.getOptions().getContentFormat());
        var verified = X509Chain.verify(
                List.of(certified.getPayload(), authority.terminalAuthorityCertificate()),
                authority.rootCertificate(),
                NOW.toEpochMilli());
        assertEquals("t3-e1", verified.commonName());
        assertEquals(Role.TERMINAL, verified.role());
        assertArrayEquals(P256.publicKey(TERMINAL.signingScalar()), verified.leafPublicKey65());
    }

    @Test
    void without_a_preference_the_certificate_comes_as_pkcs7_alone() throws Exception {
        CoapResponse certified = client(ticket(3)).sen(TERMINAL.request(), -1);
        assertEquals(ResponseCode.CHANGED, certified.getCode());
        assertEquals(Est.CONTENT_PKCS7_CERTS, certified.getOptions().getContentFormat());
        List<X509CertificateHolder> certificates = certificates(certified.getPayload());
        assertEquals(
                "CN=t3-e1,OU=TERMINAL,O=etal fund 1",
                certificates.getFirst().getSubject().toString());
        assertEquals(1, certificates.size());
    }

    private static List<X509CertificateHolder> certificates(byte[] pkcs7) throws Exception {
        var signed = new CMSSignedData(pkcs7);
        assertEquals(0, signed.getSignerInfos().size());
        return List.copyOf(signed.getCertificates().getMatches(null));
    }

    @Test
    void what_the_registrar_can_do_is_discovered() throws Exception {
        String links = client(ticket(3)).get("/.well-known/core?rt=ace.est*").getResponseText();
        assertTrue(links.contains("</.well-known/est/crts>"), links);
        assertTrue(links.contains("</.well-known/est/sen>"), links);
        assertTrue(links.contains("rt=\"ace.est.sen\""), links);
    }

    @Test
    void formats_that_est_does_not_know_are_refused() throws Exception {
        TestClient client = client(ticket(3));
        assertRefused(ResponseCode.NOT_ACCEPTABLE, "281", client.crts(Est.CONTENT_PKIX_CERT));
        assertRefused(ResponseCode.NOT_ACCEPTABLE, "287", client.sen(TERMINAL.request(), 50));
        assertRefused(ResponseCode.UNSUPPORTED_CONTENT_FORMAT, "286", client.sen(TERMINAL.request(), 42, -1));
        assertEquals(ResponseCode.METHOD_NOT_ALLOWED, client.get(Est.SEN_PATH).getCode());
        assertEquals(ResponseCode.NOT_FOUND, client.get("/.well-known/est/skg").getCode());
    }

    @Test
    void the_request_of_another_terminal_or_fund_is_refused() throws Exception {
        TestClient client = client(ticket(3));
        byte[] other = AskingTerminal.of(4, 1, 0).request();
        assertRefused(ResponseCode.FORBIDDEN, "t3-e1, not for t4-e1", client.sen(other, -1));
        byte[] otherFund = TERMINAL.request("CN=t3-e1,OU=TERMINAL,O=etal fund 2");
        assertRefused(ResponseCode.FORBIDDEN, "fund 1", client.sen(otherFund, -1));
    }

    @Test
    void a_used_ticket_repeats_its_answer_and_gives_no_other() throws Exception {
        Ticket ticket = ticket(3);
        byte[] request = TERMINAL.request();
        CoapResponse first = client(ticket).sen(request, Est.CONTENT_PKIX_CERT);
        assertArrayEquals(
                first.getPayload(),
                client(ticket).sen(request, Est.CONTENT_PKIX_CERT).getPayload());
        byte[] another = AskingTerminal.of(3, 1, 1).request();
        assertRefused(ResponseCode.FORBIDDEN, "has been used", client(ticket).sen(another, -1));
    }

    @Test
    void a_new_ticket_does_not_give_a_ledger_a_second_key() throws Exception {
        client(ticket(3)).sen(TERMINAL.request(), -1);
        byte[] another = AskingTerminal.of(3, 1, 1).request();
        assertRefused(ResponseCode.FORBIDDEN, "new epoch", client(ticket(3)).sen(another, -1));
    }

    @Test
    void an_expired_ticket_is_told_so() throws Exception {
        Ticket ticket = ticket(3);
        clock.advance(Duration.ofHours(1));
        assertRefused(ResponseCode.FORBIDDEN, "expired", client(ticket).sen(TERMINAL.request(), -1));
    }

    @Test
    void without_the_secret_nothing_is_heard() throws Exception {
        Ticket ticket = ticket(3);
        byte[] wrong = ticket.claim().secret().clone();
        wrong[0] ^= 1;
        TestClient guessing = client(ticket.claim().pskIdentity(), wrong, BEST);
        assertThrows(Exception.class, () -> guessing.crts(-1));
        TestClient unknown = client("etal/1/t9-e1", wrong, BEST);
        assertThrows(Exception.class, () -> unknown.crts(-1));
        TestClient climbing = client("etal/1/../../ca/issued", wrong, BEST);
        assertThrows(Exception.class, () -> climbing.crts(-1));
        assertEquals(ResponseCode.CONTENT, client(ticket).crts(-1).getCode(), "the ticket is none the worse");
    }

    @Test
    void a_replaced_ticket_opens_nothing_any_more() throws Exception {
        Ticket old = ticket(3);
        Ticket replacement = ticket(3);
        assertThrows(Exception.class, () -> client(old).crts(-1));
        assertEquals(ResponseCode.CONTENT, client(replacement).crts(-1).getCode());
    }

    @Test
    void oversized_requests_are_cut_off() throws Exception {
        TestClient client = client(ticket(3));
        assertEquals(
                ResponseCode.REQUEST_ENTITY_TOO_LARGE,
                client.sen(new byte[100_000], -1).getCode());
        assertEquals(ResponseCode.CHANGED, client.sen(TERMINAL.request(), -1).getCode());
    }

    @Test
    void garbage_is_refused_as_such_and_wears_nothing_out() throws Exception {
        TestClient client = client(ticket(3));
        var random = new SeededEntropy(77);
        for (int i = 0; i < 100; i++) {
            byte[] garbage = i % 2 == 0 ? random.bytes((int) random.below(600)) : TERMINAL.request();
            if (i % 2 == 1) {
                garbage[(int) random.below(garbage.length)] ^= (byte) (1 + random.below(255));
            }
            CoapResponse response = client.sen(garbage, -1);
            assertEquals(ResponseCode.BAD_REQUEST, response.getCode(), "seed 77, step " + i);
        }
        assertEquals(ResponseCode.CHANGED, client.sen(TERMINAL.request(), -1).getCode());
    }

    @Test
    void a_registrar_that_was_killed_after_certifying_gives_the_same_certificate() throws Exception {
        Ticket ticket = ticket(3);
        byte[] request = TERMINAL.request();
        byte[] first = client(ticket).sen(request, Est.CONTENT_PKIX_CERT).getPayload();
        registrar.close();
        authority = Authority.open(directory.resolve("ca"), clock, new SeededEntropy(99));
        registrar = started();
        assertArrayEquals(
                first, client(ticket).sen(request, Est.CONTENT_PKIX_CERT).getPayload());
    }

    @Test
    void a_registrar_that_cannot_write_its_journal_says_later() throws Exception {
        Ticket ticket = ticket(3);
        Path journal = directory.resolve("ca/issued.log");
        byte[] kept = Files.readAllBytes(journal);
        Files.delete(journal);
        Files.createDirectory(journal);
        CoapResponse later = client(ticket).sen(TERMINAL.request(), -1);
        assertEquals(ResponseCode.SERVICE_UNAVAILABLE, later.getCode());
        assertEquals(30, later.getOptions().getMaxAge());
        Files.delete(journal);
        Files.write(journal, kept);
        assertEquals(
                ResponseCode.CHANGED, client(ticket).sen(TERMINAL.request(), -1).getCode());
    }

    @Test
    void of_two_terminals_with_one_ticket_one_is_certified() throws Exception {
        Ticket ticket = ticket(3);
        var calls = new ArrayList<Callable<ResponseCode>>();
        for (int variant = 0; variant < 2; variant++) {
            byte[] request = AskingTerminal.of(3, 1, variant).request();
            TestClient client = client(ticket);
            calls.add(() -> client.sen(request, -1).getCode());
        }
        var codes = new ArrayList<ResponseCode>();
        try (var both = Executors.newFixedThreadPool(2)) {
            for (var code : both.invokeAll(calls)) {
                codes.add(code.get());
            }
        }
        codes.sort(null);
        assertEquals(List.of(ResponseCode.CHANGED, ResponseCode.FORBIDDEN), codes);
    }
}

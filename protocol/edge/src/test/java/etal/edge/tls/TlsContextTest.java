package etal.edge.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.config.DrivenClock;
import etal.port.Clock;
import etal.port.StorageFailed;
import etal.protocol.trust.Role;
import etal.testkit.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** A server and a client on the loopback; all certificates are test secrets. */
final class TlsContextTest {
    private static final TestAuthority AUTHORITY = new TestAuthority(21);
    private static final Instant MARKET = Instant.parse("2025-04-02T08:00:00Z");

    @Test
    void both_sides_know_each_other_and_speak_tls_1_3() throws Exception {
        assertEquals("TLSv1.3", handshake(broker(clock(MARKET)), terminal(clock(MARKET), AUTHORITY), "127.0.0.1"));
        assertEquals("TLSv1.3", handshake(broker(clock(MARKET)), terminal(clock(MARKET), AUTHORITY), "localhost"));
    }

    @Test
    void a_server_under_another_name_is_refused() throws Exception {
        // 127.0.0.2 leads to the same machine and stands in no certificate.
        assertThrows(
                IOException.class,
                () -> handshake(broker(clock(MARKET)), terminal(clock(MARKET), AUTHORITY), "127.0.0.2"));
    }

    @Test
    void a_server_of_another_role_is_refused() throws Exception {
        SSLContext registrar = context(AUTHORITY.service(Role.REGISTRAR), Role.TERMINAL, clock(MARKET), AUTHORITY);
        assertThrows(IOException.class, () -> handshake(registrar, terminal(clock(MARKET), AUTHORITY), "127.0.0.1"));
    }

    @Test
    void a_server_of_another_fund_is_refused() throws Exception {
        TestAuthority stranger = new TestAuthority(22);
        SSLContext foreign = context(stranger.service(Role.BROKER), Role.TERMINAL, clock(MARKET), stranger);
        assertThrows(IOException.class, () -> handshake(foreign, terminal(clock(MARKET), AUTHORITY), "127.0.0.1"));
    }

    @Test
    void certificates_are_judged_at_the_time_of_the_clock_given() throws Exception {
        SSLContext later = terminal(clock(Instant.parse("2050-06-01T00:00:00Z")), AUTHORITY);
        assertThrows(IOException.class, () -> handshake(broker(clock(MARKET)), later, "127.0.0.1"));
    }

    @Test
    void a_terminal_that_has_lost_its_time_still_reaches_the_broker() throws Exception {
        SSLContext lost = terminal(new DrivenClock(Instant.EPOCH), AUTHORITY);
        assertEquals("TLSv1.3", handshake(broker(clock(MARKET)), lost, "127.0.0.1"));
    }

    @Test
    void a_key_of_another_certificate_is_named_at_once() {
        TlsIdentity mixed = new TlsIdentity(
                AUTHORITY.terminal(3, 1).chain(), AUTHORITY.terminal(4, 1).scalar());
        StorageFailed refused = assertThrows(
                StorageFailed.class,
                () -> TlsContext.of(mixed, AUTHORITY.root(), EnumSet.of(Role.BROKER), clock(MARKET)));
        assertTrue(refused.toString().contains("the key is not that of the certificate"), refused.toString());
    }

    private static SSLContext broker(Clock clock) throws StorageFailed {
        return context(AUTHORITY.service(Role.BROKER), Role.TERMINAL, clock, AUTHORITY);
    }

    private static SSLContext terminal(Clock clock, TestAuthority trusted) throws StorageFailed {
        return context(AUTHORITY.terminal(3, 1), Role.BROKER, clock, trusted);
    }

    private static SSLContext context(TestAuthority.Leaf own, Role peer, Clock clock, TestAuthority trusted)
            throws StorageFailed {
        return TlsContext.of(new TlsIdentity(own.chain(), own.scalar()), trusted.root(), EnumSet.of(peer), clock);
    }

    private static Clock clock(Instant now) {
        DrivenClock clock = new DrivenClock(now);
        clock.set(now);
        return clock;
    }

    /** Connects, lets one byte pass each way, and says which protocol was spoken. */
    private static String handshake(SSLContext server, SSLContext client, String host) throws Exception {
        try (SSLServerSocket listening = (SSLServerSocket)
                server.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getByName(host))) {
            listening.setNeedClientAuth(true);
            CompletableFuture<Integer> heard = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> answer(listening, heard));
            try (SSLSocket socket =
                    (SSLSocket) TlsContext.clientSockets(client).createSocket(host, listening.getLocalPort())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(7);
                assertEquals(8, socket.getInputStream().read());
                assertEquals(7, heard.get(10, TimeUnit.SECONDS));
                return socket.getSession().getProtocol();
            }
        }
    }

    private static void answer(SSLServerSocket listening, CompletableFuture<Integer> heard) {
        try (SSLSocket socket = (SSLSocket) listening.accept()) {
            heard.complete(socket.getInputStream().read());
            socket.getOutputStream().write(8);
        } catch (IOException e) {
            heard.completeExceptionally(e);
        }
    }
}

package etal.terminal.enrol;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.PeerUnreachable;
import etal.protocol.enrol.ClaimTicket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoapRegistryTest {
    private static final Duration ANSWER_WITHIN = Duration.ofMillis(800);

    private static CoapRegistry registry(String uri) {
        return CoapRegistry.open(new ClaimTicket(1, 3, 1, uri, new byte[16]), ANSWER_WITHIN);
    }

    @Test
    void a_registrar_that_says_nothing_is_given_up_in_time() throws Exception {
        try (var silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                CoapRegistry registry = registry("coaps://127.0.0.1:" + silent.getLocalPort())) {
            long before = System.nanoTime();
            assertThrows(PeerUnreachable.class, registry::crts);
            long millis = (System.nanoTime() - before) / 1_000_000;
            assertTrue(millis < 5_000, millis + " ms");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"coaps://", "coaps://127.0.0.1:99999", "coaps://no such host", "coaps://127.0.0.1:1"})
    void an_address_where_nobody_is_means_unreachable(String uri) {
        try (CoapRegistry registry = registry(uri)) {
            assertThrows(PeerUnreachable.class, registry::crts);
        }
    }
}

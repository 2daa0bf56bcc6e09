package etal.edge.service;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.ManualClock;
import etal.fake.QueueLoop;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service says to systemd, and that nothing depends on being heard. The package's own test hears it. */
class ServiceNoticeTest {
    private static final long PID = 77;

    @Test
    void without_systemd_nothing_is_said_and_nothing_fails() {
        try (ServiceNotice notice = ServiceNotice.of(Map.of(), PID)) {
            assertEquals(Optional.empty(), notice.beat());
            assertDoesNotThrow(() -> notice.ready("here"));
        }
    }

    @Test
    void the_beat_is_half_of_what_the_watchdog_grants() {
        assertEquals(Optional.of(Duration.ofSeconds(30)), beat(Map.of("WATCHDOG_USEC", "60000000")));
        assertEquals(
                Optional.of(Duration.ofSeconds(1)),
                beat(Map.of("WATCHDOG_USEC", "2000000", "WATCHDOG_PID", Long.toString(PID))));
    }

    @Test
    void a_watchdog_of_another_process_or_none_that_reads_asks_for_no_beat() {
        assertEquals(Optional.empty(), beat(Map.of("WATCHDOG_USEC", "2000000", "WATCHDOG_PID", "78")));
        for (String micros : new String[] {"", "0", "-5", "soon", "9999999999999999999"}) {
            assertEquals(Optional.empty(), beat(Map.of("WATCHDOG_USEC", micros)), micros);
        }
    }

    @Test
    void nobody_who_listens_costs_nothing(@TempDir Path folder) {
        try (DatagramSocket socket = DatagramSocket.to(folder.resolve("nobody").toString())) {
            assertFalse(socket.send("READY=1"));
        }
        try (DatagramSocket tooLong = DatagramSocket.to("/" + "x".repeat(200))) {
            assertFalse(tooLong.send("READY=1"));
        }
    }

    @Test
    void the_beat_goes_on_with_the_loop_and_ends_with_the_service() {
        QueueLoop loop = new QueueLoop(new ManualClock(Instant.EPOCH));
        ServiceNotice notice =
                ServiceNotice.of(Map.of("NOTIFY_SOCKET", "@etal-nobody", "WATCHDOG_USEC", "2000000"), PID);
        notice.begin(loop);
        loop.advance(Duration.ofSeconds(5));
        assertTrue(loop.nextDueNanos().isPresent(), "the next beat is due");
        notice.close();
        loop.advance(Duration.ofSeconds(5));
        assertTrue(loop.nextDueNanos().isEmpty());
    }

    private static Optional<Duration> beat(Map<String, String> environment) {
        var all = new java.util.TreeMap<>(environment);
        all.put("NOTIFY_SOCKET", "@etal-nobody");
        try (ServiceNotice notice = ServiceNotice.of(all, PID)) {
            return notice.beat();
        }
    }
}

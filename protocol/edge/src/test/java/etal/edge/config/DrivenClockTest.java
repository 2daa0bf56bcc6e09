package etal.edge.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class DrivenClockTest {
    @Test
    void it_goes_forward_when_told_and_never_back() {
        Instant eight = Instant.parse("2025-04-02T08:00:00Z");
        DrivenClock clock = new DrivenClock(Instant.EPOCH);
        assertFalse(clock.trusted());
        assertEquals(eight, clock.set(eight));
        assertEquals(eight, clock.set(eight.minusSeconds(60)));
        assertEquals(eight, clock.now());
        assertTrue(clock.trusted());
    }
}

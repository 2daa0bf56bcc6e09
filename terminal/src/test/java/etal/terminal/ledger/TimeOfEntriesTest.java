package etal.terminal.ledger;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the time in an entry is marked as trusted although the machine has no clock that anybody vouches for. */
class TimeOfEntriesTest {
    private static final long NOON = Instant.parse("2025-04-02T12:00:00Z").toEpochMilli();

    private final ManualClock clock = new ManualClock(Instant.ofEpochMilli(NOON));
    private final TimeOfEntries time = new TimeOfEntries(clock);

    @BeforeEach
    void a_machine_without_a_clock_that_keeps_time() {
        clock.trusted(false);
    }

    @Test
    void a_clock_that_nobody_has_compared_is_not_trusted() {
        assertFalse(time.trusted());
    }

    @Test
    void a_clock_that_agrees_with_the_hub_is_trusted_for_as_long_as_it_runs_evenly() {
        time.agreed(NOON + 1_000, NOON - 5_000);
        assertTrue(time.trusted());

        clock.advance(Duration.ofHours(9));
        assertTrue(time.trusted());
        clock.set(Instant.ofEpochMilli(NOON).plus(Duration.ofDays(1)));
        assertFalse(time.trusted(), "somebody has set the clock");
    }

    @Test
    void a_clock_that_is_late_is_not_trusted_even_if_the_hubs_word_comes_as_late() {
        long lateMillis = Duration.ofHours(5).toMillis();
        time.agreed(NOON, NOON - lateMillis);
        assertFalse(time.trusted());

        time.agreed(NOON + lateMillis, NOON);
        assertFalse(time.trusted());
    }

    @Test
    void an_acknowledgement_that_disagrees_takes_the_trust_away() {
        time.agreed(NOON, NOON);
        time.agreed(NOON + 3_600_000, NOON + 3_600_000);
        assertFalse(time.trusted());
    }
}

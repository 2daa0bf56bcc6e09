package etal.fleet.world.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Afternoons by chance: whatever goes wrong, every basket is paid once and the books balance. */
class SeededRunTest {
    private static final SeededRun FUND = fund();

    private static SeededRun fund() {
        try {
            return SeededRun.fund();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void an_afternoon_with_faults_adds_up(long seed) {
        SeededRun.Outcome outcome = FUND.play(seed);
        assertEquals(Optional.empty(), outcome.violation(), "seed " + seed + ": " + outcome.story());
    }

    @Test
    void the_same_seed_gives_the_same_trace_and_another_seed_another() {
        assertEquals(FUND.play(5), FUND.play(5));
        assertNotEquals(FUND.play(5).trace(), FUND.play(6).trace());
    }

    @Test
    void markets_over_a_midnight_that_changes_the_rules_meet_every_case() {
        Set<String> met = new TreeSet<>();
        for (long seed = 2; seed <= 40; seed += 2) {
            SeededRun.Outcome outcome = FUND.play(seed);
            assertEquals(Optional.empty(), outcome.violation(), "seed " + seed + ": " + outcome.story());
            met.addAll(outcome.met());
        }
        assertEquals(
                Set.of("FIRST", "SECOND", "FIRST not having heard of the second", "FIRST decided under the second"),
                met);
    }

    @Test
    void faults_do_happen() {
        assertFalse(FUND.play(1).story().isEmpty());
    }
}

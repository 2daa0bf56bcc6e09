package etal.terminal.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.config.Logging;
import etal.fake.ManualClock;
import etal.fake.QueueLoop;
import etal.port.Signal.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class Pi4jSignalTest {
    private final QueueLoop loop = new QueueLoop(new ManualClock(Instant.parse("2025-04-02T16:00:00Z")));
    private final Pi4jSignal signal = Pi4jSignal.onMock(StallBuildFile.standard(), loop);

    @BeforeAll
    static void logs_as_the_terminal_does() {
        Logging.toStandardError();
    }

    @AfterEach
    void goes_dark() {
        signal.close();
    }

    @Test
    void paid_is_green_with_one_long_tone_and_ends_by_itself() {
        signal.show(Outcome.PAID);
        assertTrue(signal.isHigh("light-green") && signal.isHigh("buzzer"));
        pass(500);
        assertEquals("green", seen());
        pass(2_000);
        assertEquals("", seen());
    }

    @Test
    void busy_blinks_until_something_else_is_said() {
        signal.show(Outcome.BUSY);
        String rhythm = "";
        for (int i = 0; i < 8; i++) {
            pass(200);
            rhythm += signal.isHigh("light-blue") ? "+" : "-";
        }
        assertEquals("+-+-+-+-", rhythm);
        signal.show(Outcome.READY);
        pass(60_000);
        assertEquals("green", seen());
    }

    @Test
    void each_outcome_has_its_own_rhythm_of_light_and_of_sound_whatever_its_colour() {
        Set<String> lights = new HashSet<>();
        Set<String> sounds = new HashSet<>();
        for (Outcome outcome : Outcome.values()) {
            lights.add(rhythm(outcome, use -> signal.isHigh(use)));
            sounds.add(rhythm(outcome, use -> signal.isHigh("buzzer")));
        }
        assertEquals(Outcome.values().length, lights.size(), lights.toString());
        assertEquals(Outcome.values().length, sounds.size(), sounds.toString());
    }

    private String rhythm(Outcome outcome, Predicate<String> high) {
        signal.show(outcome);
        StringBuilder rhythm = new StringBuilder();
        for (int millis = 0; millis < 5_000; millis += 10) {
            boolean any = high.test("light-red") || high.test("light-green") || high.test("light-blue");
            rhythm.append(any ? '+' : '-');
            pass(10);
        }
        return rhythm.toString();
    }

    private String seen() {
        return (signal.isHigh("light-red") ? "red" : "")
                + (signal.isHigh("light-green") ? "green" : "")
                + (signal.isHigh("light-blue") ? "blue" : "")
                + (signal.isHigh("buzzer") ? " tone" : "");
    }

    private void pass(int millis) {
        loop.advance(Duration.ofMillis(millis));
    }
}

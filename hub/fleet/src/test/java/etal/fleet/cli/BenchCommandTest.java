package etal.fleet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What the command refuses; what it measures is not for a test. */
class BenchCommandTest {
    @Test
    void a_part_of_a_later_version_is_named_as_such() {
        for (String part : new String[] {"hub", "sync", "day"}) {
            assertEquals(Etal.BAD_INPUT, Etal.run("bench", part), part);
        }
    }

    @Test
    void an_unknown_part_and_a_count_of_nothing_are_bad_usage() {
        assertEquals(Etal.BAD_INPUT, Etal.run("bench", "card"));
        assertEquals(Etal.BAD_INPUT, Etal.run("bench", "tap", "--payments", "0"));
        assertEquals(Etal.BAD_INPUT, Etal.run("bench", "terminal", "--sales", "0"));
        assertEquals(Etal.BAD_INPUT, Etal.run("bench", "tap", "--lang", "de"));
    }
}

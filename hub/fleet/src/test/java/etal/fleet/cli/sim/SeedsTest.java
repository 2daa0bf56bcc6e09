package etal.fleet.cli.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seeds are told in their order, whoever played them; what fails is said, kept and counted. */
class SeedsTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final List<String> failing = new ArrayList<>();

    private Totals play(int threads, long most) {
        Game game = seed -> new Game.Played(
                "--only card",
                "trace " + seed,
                seed == 7 ? List.of("one cent too many") : List.of(),
                List.of("story of " + seed),
                Map.of("fault card torn inside DEBIT", seed),
                60);
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        var seeds = new Seeds(List.of(game), threads, out, out, (seed, left) -> failing.add(seed + left.replay()));
        return seeds.play(LongStream.rangeClosed(1, most).iterator(), OptionalLong.of(most));
    }

    @Test
    void the_trace_is_the_same_with_one_thread_and_with_many() {
        assertEquals(play(1, 40).line(), play(4, 40).line());
        assertFalse(play(1, 40).line().equals(play(1, 39).line()));
    }

    @Test
    void a_seed_that_fails_is_said_with_its_story_and_how_to_replay_it() {
        Totals totals = play(2, 9);
        assertTrue(totals.line().startsWith("9 seeds, 1 violations, trace "), totals.line());
        String text = said.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("seed 7: one cent too many"), text);
        assertTrue(text.contains("  story of 7"), text);
        assertTrue(text.contains("replay: ./etal sim --only card --seed 7"), text);
        assertEquals(List.of("7--only card"), failing);
    }

    @Test
    void a_kept_seed_reads_as_it_was_written() throws Exception {
        var kept = new SeedFile(7, "--only card --until 9 --without 3,4.1", List.of("one cent too many", "two: cents"));
        Path file = kept.keep(directory);
        assertEquals("card-7.txt", file.getFileName().toString());
        assertEquals(kept, SeedFile.read(file));
        assertEquals(List.of("--only", "card", "--until", "9", "--without", "3,4.1", "--seed", "7"), kept.arguments());
    }

    @Test
    void the_report_shows_what_was_recorded_and_nothing_else() throws Exception {
        String empty = Files.readString(Report.write(directory), StandardCharsets.UTF_8);
        assertFalse(empty.contains("seeds,"), empty);
        Records.of(directory)
                .keep("seeds", "./etal sim --seeds 1..9", play(2, 9).figures());
        Records.of(directory).keep("mutants", "./etal sim --mutants", List.of("caught 41 of 41"));
        String report = Files.readString(Report.write(directory), StandardCharsets.UTF_8);
        assertTrue(report.contains("9 seeds, 1 violations, 0.00 simulated years"), report);
        assertTrue(report.contains("| card torn inside | 45 |"), report);
        assertTrue(report.contains("- caught 41 of 41"), report);
        assertEquals(report, Files.readString(Report.write(directory), StandardCharsets.UTF_8));
    }

    @Test
    void a_run_in_which_nothing_happened_is_hollow() {
        List<String> missing = Demanded.missing(Map.of());
        assertTrue(missing.contains("fault card torn inside"), () -> missing.toString());
        assertTrue(missing.contains("quarantine other-split"), () -> missing.toString());
        assertFalse(Demanded.missing(Map.of("fault card torn inside DEBIT", 1L)).contains("fault card torn inside"));
    }
}

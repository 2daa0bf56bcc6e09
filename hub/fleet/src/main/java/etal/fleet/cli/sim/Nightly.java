package etal.fleet.cli.sim;

import etal.fleet.cli.Ending;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Seed after seed until somebody stops it; what fails is kept among the tests' resources. Where it went on last is kept
 * beside the records, so that each night plays seeds that nobody has played here.
 */
final class Nightly {
    /** Far from the seeds that people type. */
    private static final long FIRST = 1_000_001;

    private final List<Game> games;
    private final int threads;
    private final @Nullable Long from;
    private final PrintStream out;
    private final PrintStream err;

    Nightly(List<Game> games, int threads, @Nullable Long from, PrintStream out, PrintStream err) {
        this.games = games;
        this.threads = threads;
        this.from = from;
        this.out = out;
        this.err = err;
    }

    /** Plays; the exit code. */
    int play() throws IOException {
        long first = from == null ? next() : from;
        out.println("from seed " + first);
        try (Ending ending = new Ending()) {
            var playing = new Seeds(games, threads, out, err, Nightly::keep);
            Totals totals =
                    playing.play(LongStream.iterate(first, seed -> seed + 1).iterator(), OptionalLong.empty());
            totals.story(playing.spent()).forEach(err::println);
            Records.here().keep("nightly", "./etal sim --nightly --from " + first, totals.figures());
            Files.writeString(mark(), Long.toString(first + totals.seeds()), StandardCharsets.UTF_8);
            out.println(totals.line());
            out.flush();
            int code = totals.violations() == 0 ? 0 : 1;
            ending.endsWith(code);
            return code;
        }
    }

    private static Path mark() {
        return Records.top().resolve("target/sim/nightly-next");
    }

    private static long next() throws IOException {
        return Files.exists(mark())
                ? Long.parseLong(
                        Files.readString(mark(), StandardCharsets.UTF_8).strip())
                : FIRST;
    }

    private static void keep(long seed, Game.Played left) {
        try {
            new SeedFile(seed, left.replay(), left.violations()).keep(SeedFile.directory(Records.top()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

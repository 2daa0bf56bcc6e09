package etal.fleet.cli.sim;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.PrimitiveIterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Plays seeds, several at once, and tells of them in their order: what failed on standard output, how it goes on standard
 * error. The trace is the same however many are played at once. For one thread, which tells.
 */
final class Seeds {
    private static final Duration SAY_EACH = Duration.ofSeconds(10);
    /** So many more seeds than threads are under way that a long one keeps no thread waiting. */
    private static final int AHEAD = 8;
    /** To shrink a story takes as long as many seeds; after some, more of them tell little. */
    private static final int SHRUNKEN_MOST = 3;

    private final List<Game> games;
    private final int threads;
    private final PrintStream out;
    private final PrintStream err;
    private final Failed failed;
    private final Totals totals = new Totals();
    private final long begin = System.nanoTime();
    private long said = begin;
    private int shrunken;

    /** @param failed hears of each seed that failed, shrunken where it was */
    Seeds(List<Game> games, int threads, PrintStream out, PrintStream err, Failed failed) {
        this.games = games;
        this.threads = threads;
        this.out = out;
        this.err = err;
        this.failed = failed;
    }

    /** Hears of a seed that failed. */
    @FunctionalInterface
    interface Failed {
        /** What is left of it fails. */
        void seed(long seed, Game.Played left);
    }

    /** What each of the games made of one seed. */
    private record Result(long seed, List<Game.Played> played) {}

    /** Plays them all, or until this thread is interrupted. @param many how many they are, where they end */
    Totals play(PrimitiveIterator.OfLong seeds, OptionalLong many) {
        Deque<Future<Result>> underWay = new ArrayDeque<>();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            while (seeds.hasNext() || !underWay.isEmpty()) {
                while (seeds.hasNext() && underWay.size() < threads + AHEAD) {
                    long seed = seeds.nextLong();
                    underWay.add(pool.submit(() -> played(seed)));
                }
                tell(taken(underWay.remove()));
                progress(many);
            }
        } catch (InterruptedException stopped) {
            err.println("stopped");
        } finally {
            pool.shutdownNow();
        }
        return totals;
    }

    /** The time since the first seed. */
    Duration spent() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private void progress(OptionalLong many) {
        if (System.nanoTime() - said > SAY_EACH.toNanos()) {
            said = System.nanoTime();
            err.println(totals.seeds() + (many.isPresent() ? " of " + many.getAsLong() : "") + " seeds, "
                    + totals.violations() + " violations, " + totals.seedsAMinute(spent()) + " seeds a minute");
        }
    }

    private Result played(long seed) {
        return new Result(seed, games.stream().map(game -> game.play(seed)).toList());
    }

    private static Result taken(Future<Result> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException broken) {
            throw new IllegalStateException(broken.getCause());
        }
    }

    private void tell(Result result) {
        totals.seed();
        for (int each = 0; each < games.size(); each++) {
            Game.Played played = result.played().get(each);
            totals.add(played);
            if (played.failed()) {
                tell(result.seed(), games.get(each), played);
            }
        }
    }

    private void tell(long seed, Game game, Game.Played played) {
        played.violations().forEach(violation -> out.println("seed " + seed + ": " + violation));
        Game.Played left = shrunken++ < SHRUNKEN_MOST ? game.shrunken(seed, played, err::println) : played;
        if (!left.replay().equals(played.replay())) {
            left.violations().forEach(violation -> out.println("shrunken: " + violation));
        }
        left.story().forEach(line -> out.println("  " + line));
        out.println("replay: ./etal sim " + left.replay() + " --seed " + seed);
        failed.seed(seed, left);
    }
}

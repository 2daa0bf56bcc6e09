package etal.fleet.cli.sim;

import etal.protocol.cose.Hash;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    private final List<Game> games;
    private final int threads;
    private final PrintStream out;
    private final PrintStream err;
    private final TreeMap<String, Long> counts = new TreeMap<>();
    private long violations;
    private long simulatedSeconds;
    private String trace = "";

    Seeds(List<Game> games, int threads, PrintStream out, PrintStream err) {
        this.games = games;
        this.threads = threads;
        this.out = out;
        this.err = err;
    }

    /** What each of the games made of one seed. */
    private record Result(long seed, List<Game.Played> played) {}

    /** Plays them; true when all was kept. */
    boolean play(long[] seeds) throws InterruptedException {
        long begin = System.nanoTime();
        long said = begin;
        Deque<Future<Result>> underWay = new ArrayDeque<>();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int told = 0, started = 0; told < seeds.length; told++) {
                for (; started < seeds.length && underWay.size() < threads + AHEAD; started++) {
                    long seed = seeds[started];
                    underWay.add(pool.submit(() -> played(seed)));
                }
                tell(taken(underWay.remove()));
                if (System.nanoTime() - said > SAY_EACH.toNanos()) {
                    said = System.nanoTime();
                    err.println((told + 1) + " of " + seeds.length + " seeds, " + violations + " violations");
                }
            }
        } finally {
            pool.shutdownNow();
        }
        sumUp(seeds.length, Duration.ofNanos(System.nanoTime() - begin));
        out.println(seeds.length + " seeds, " + violations + " violations, trace " + trace);
        return violations == 0;
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
        for (int each = 0; each < games.size(); each++) {
            tell(result.seed(), games.get(each), result.played().get(each));
        }
    }

    private void tell(long seed, Game game, Game.Played played) {
        trace = Hash.hex(Hash.sha256((trace + played.trace()).getBytes(StandardCharsets.US_ASCII)));
        played.counts().forEach((what, count) -> counts.merge(what, count, Long::sum));
        simulatedSeconds += played.simulatedSeconds();
        violations += played.violations().size();
        if (!played.violations().isEmpty()) {
            played.violations().forEach(violation -> out.println("seed " + seed + ": " + violation));
            played.story().forEach(line -> out.println("  " + line));
            out.println("replay: ./etal sim " + game.replay() + " --seed " + seed);
        }
    }

    private void sumUp(int seeds, Duration spent) {
        counts.forEach((what, count) -> err.println("  " + what + ": " + count));
        long tears = count("fault card torn inside ");
        long faults = count("fault ");
        if (faults > 0) {
            err.println(faults + " faults, of them " + tears + " tears inside the card"
                    + byCommand("fault card torn inside "));
        }
        long perMinute = seeds * Duration.ofMinutes(1).toMillis() / Math.max(1, spent.toMillis());
        err.println("simulated time " + simulatedSeconds / 3_600 + " h " + simulatedSeconds % 3_600 / 60 + " min, "
                + perMinute + " seeds a minute");
    }

    private long count(String begin) {
        return counts.entrySet().stream()
                .filter(each -> each.getKey().startsWith(begin))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private String byCommand(String begin) {
        var text = new StringBuilder();
        counts.forEach((what, count) -> {
            if (what.startsWith(begin)) {
                text.append(text.isEmpty() ? ": " : ", ").append(what.substring(begin.length()));
                text.append(' ').append(count);
            }
        });
        return text.toString();
    }
}

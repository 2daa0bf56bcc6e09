package etal.fleet.cli.sim;

import etal.protocol.cose.Hash;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Plays seeds one after the other and tells of them: what failed on standard output, how it goes on standard error. */
final class Seeds {
    private static final Duration SAY_EACH = Duration.ofSeconds(10);

    private final List<Game> games;
    private final PrintStream out;
    private final PrintStream err;
    private final TreeMap<String, Long> counts = new TreeMap<>();
    private long violations;
    private long simulatedSeconds;
    private String trace = "";

    Seeds(List<Game> games, PrintStream out, PrintStream err) {
        this.games = games;
        this.out = out;
        this.err = err;
    }

    /** Plays them; true when all was kept. */
    boolean play(long[] seeds) {
        long begin = System.nanoTime();
        long said = begin;
        for (int played = 0; played < seeds.length; played++) {
            for (Game game : games) {
                tell(seeds[played], game, game.play(seeds[played]));
            }
            if (System.nanoTime() - said > SAY_EACH.toNanos()) {
                said = System.nanoTime();
                err.println((played + 1) + " of " + seeds.length + " seeds, " + violations + " violations");
            }
        }
        sumUp(seeds.length, Duration.ofNanos(System.nanoTime() - begin));
        out.println(seeds.length + " seeds, " + violations + " violations, trace " + trace);
        return violations == 0;
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

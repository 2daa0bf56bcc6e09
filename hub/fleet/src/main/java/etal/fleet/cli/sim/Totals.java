package etal.fleet.cli.sim;

import etal.protocol.cose.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What seeds played one after the other came to. Not thread-safe. */
final class Totals {
    private static final String FAULT = "fault ";
    private static final String TORN = "fault card torn inside ";

    private final TreeMap<String, Long> counts = new TreeMap<>();
    private long seeds;
    private long violations;
    private long simulatedSeconds;
    private String trace = "";

    /** One more seed was played in each game. */
    void seed() {
        seeds++;
    }

    /** What one game made of it. */
    void add(Game.Played played) {
        trace = Hash.hex(Hash.sha256((trace + played.trace()).getBytes(StandardCharsets.US_ASCII)));
        played.counts().forEach((what, count) -> counts.merge(what, count, Long::sum));
        simulatedSeconds += played.simulatedSeconds();
        violations += played.violations().size();
    }

    /** Something beside the seeds is not as it must be. */
    void violation() {
        violations++;
    }

    long seeds() {
        return seeds;
    }

    long violations() {
        return violations;
    }

    Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    /** The line for the end. */
    String line() {
        return seeds + " seeds, " + violations + " violations, trace " + trace;
    }

    /** All figures, one a line: those that every run has first, then what was counted, by name. */
    List<String> figures() {
        var lines = new ArrayList<String>();
        lines.add("seeds: " + seeds);
        lines.add("violations: " + violations);
        lines.add("simulated seconds: " + simulatedSeconds);
        lines.add("faults: " + count(FAULT));
        lines.add("trace: " + trace);
        counts.forEach((what, count) -> lines.add(what + ": " + count));
        Demanded.elsewhere(counts).forEach((what, test) -> lines.add("not met " + what + ": " + test));
        return lines;
    }

    /** For whoever watches: what was counted, tears by command, simulated time and pace. */
    List<String> story(Duration spent) {
        var lines = new ArrayList<String>();
        counts.forEach((what, count) -> lines.add("  " + what + ": " + count));
        if (count(FAULT) > 0) {
            lines.add(count(FAULT) + " faults, of them " + count(TORN) + " tears inside the card" + byCommand());
        }
        lines.add("simulated time " + simulatedSeconds / 3_600 + " h " + simulatedSeconds % 3_600 / 60 + " min, "
                + seedsAMinute(spent) + " seeds a minute");
        return lines;
    }

    long seedsAMinute(Duration spent) {
        return seeds * Duration.ofMinutes(1).toMillis() / Math.max(1, spent.toMillis());
    }

    private long count(String begin) {
        return counts.entrySet().stream()
                .filter(each -> each.getKey().startsWith(begin))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private String byCommand() {
        var text = new StringBuilder();
        counts.forEach((what, count) -> {
            if (what.startsWith(TORN)) {
                text.append(text.isEmpty() ? ": " : ", ").append(what.substring(TORN.length()));
                text.append(' ').append(count);
            }
        });
        return text.toString();
    }
}

package etal.fleet.world.cards.fault;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What happened, sentence by sentence, and how often what. Not thread-safe. */
public final class Story {
    private final Supplier<Instant> now;
    private final List<String> sentences = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();

    /** Nothing has happened yet; {@code now} says when something does. */
    public Story(Supplier<Instant> now) {
        this.now = now;
    }

    /** Tells something. */
    public void tell(String sentence) {
        sentences.add(now.get().truncatedTo(ChronoUnit.SECONDS) + " " + sentence);
    }

    /** Counts something without telling it. */
    public void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    /** How often something was counted so far. */
    public long counted(String what) {
        return counts.getOrDefault(what, 0L);
    }

    /** Tells of a fault and counts it: by kind, and where {@code at} names a command, by both. */
    public void fault(Fault fault, String at, String where) {
        count("fault " + fault.words() + (at.isEmpty() ? "" : " " + at));
        tell(where + ": " + fault.words() + (at.isEmpty() ? "" : " " + at));
    }

    /** All sentences, in order. */
    public List<String> sentences() {
        return List.copyOf(sentences);
    }

    /** How often what happened, by name. */
    public Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }
}

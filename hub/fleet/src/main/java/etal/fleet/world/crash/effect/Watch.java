package etal.fleet.world.crash.effect;

import etal.fleet.world.crash.effect.Mark.How;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the effects of one run, brings about what is planned, and remembers what else could go wrong from there on: where
 * power could go, with what would stay; where a card could be torn or a message lost. For one thread.
 */
public final class Watch {
    private final String stage;
    private final List<Mark> plan;
    private final boolean looking;
    private final Map<String, Child> children = new LinkedHashMap<>();
    private int step;
    private int happened;
    private long points;
    private boolean resting;

    /**
     * A run.
     *
     * @param plan faults that leave the till running, in the order of their steps
     * @param looking whether to remember what else could go wrong
     */
    public Watch(String stage, List<Mark> plan, boolean looking) {
        this.stage = stage;
        this.plan = List.copyOf(plan);
        this.looking = looking;
    }

    /** A run in which nothing goes wrong and nothing is remembered. */
    public static Watch resting(String stage) {
        var watch = new Watch(stage, List.of(), false);
        watch.resting = true;
        return watch;
    }

    /**
     * What could go wrong at one or several moments that cannot be told apart afterwards.
     *
     * @param mark the first such moment
     * @param words the moment in words
     * @param stays what stays; null when the till runs on
     * @param times how many moments
     */
    public record Child(Mark mark, String words, @Nullable Durable stays, long times) {}

    /** An effect begins; its number. */
    public int begin() {
        return resting ? 0 : ++step;
    }

    /** What is planned to go wrong at this step. */
    public Optional<Mark> planned(int at) {
        if (!resting && happened < plan.size() && plan.get(happened).step() == at) {
            return Optional.of(plan.get(happened++));
        }
        return Optional.empty();
    }

    /** Whether what could go wrong now is to be remembered. */
    public boolean open() {
        return looking && !resting && happened == plan.size();
    }

    /** Power could go here. */
    public void fork(int at, How how, int write, String effect, Durable stays) {
        add(new Mark(stage, at, how, write), effect, stays.key(), stays);
    }

    /** Something could go wrong here that leaves the till running; moments {@code alike} are the same afterwards. */
    public void branch(int at, How how, int write, String effect, String alike) {
        add(new Mark(stage, at, how, write), effect, at + alike, null);
    }

    private void add(Mark mark, String effect, String alike, @Nullable Durable stays) {
        points++;
        children.merge(
                alike,
                new Child(mark, mark.words(effect), stays, 1),
                (known, again) -> new Child(known.mark(), known.words(), known.stays(), known.times() + 1));
    }

    /** Whether all that was planned has happened. */
    public boolean fulfilled() {
        return happened == plan.size();
    }

    /** How many moments there were. */
    public long points() {
        return points;
    }

    /** What could have gone wrong, once each. */
    public List<Child> children() {
        return List.copyOf(children.values());
    }
}

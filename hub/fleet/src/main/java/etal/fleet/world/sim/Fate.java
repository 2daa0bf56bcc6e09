package etal.fleet.world.sim;

import etal.fleet.world.sim.Moment.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Counts the till's steps, decides which of them go wrong, and remembers which others could have. */
final class Fate {
    private static final int WRITES_TRIED = 4;
    /** In hard times something goes wrong once in so many steps. */
    private static final int STEPS_PER_FAULT_HARD = 10;

    private static final int STEPS_PER_TEAR_HARD = 1;

    private final List<Moment> planned;
    private final @Nullable SplittableRandom chance;
    private final int stepsPerFault;
    private final List<String> story = new ArrayList<>();
    private final List<Moment> possible = new ArrayList<>();
    private int step;
    private int happened;
    private boolean over;
    private Runnable eachStep = () -> {};
    private BooleanSupplier hardTimes = () -> false;

    /** Lets {@code planned} happen, in order of their steps. */
    Fate(List<Moment> planned) {
        this(planned, null, 0);
    }

    private Fate(List<Moment> planned, @Nullable SplittableRandom chance, int stepsPerFault) {
        this.planned = List.copyOf(planned);
        this.chance = chance;
        this.stepsPerFault = stepsPerFault;
    }

    /** Lets something go wrong once in so many steps, as chance has it. */
    static Fate byChance(SplittableRandom chance, int stepsPerFault) {
        return new Fate(List.of(), chance, stepsPerFault);
    }

    /** A transaction of the till begins. */
    Optional<Moment> atTransaction() {
        return next(List.of(new Fault.PlugBeforeCommit(), new Fault.PlugAfterCommit()), STEPS_PER_FAULT_HARD);
    }

    /**
     * A command is about to go to the card. Its writes are known only afterwards: see {@link #wrote}.
     *
     * @param pays whether it is the one by which the card pays: in hard times it is always torn
     */
    Optional<Moment> atCommand(boolean pays) {
        var faults = new ArrayList<Fault>(
                List.of(new Fault.CardBeforeCommand(), new Fault.CardBeforeAnswer(), new Fault.PlugBeforeAnswer()));
        SplittableRandom dice = chance;
        if (dice != null) {
            // Planned tears are known from a run before; by chance, a command that writes less is simply answered.
            faults.add(new Fault.CardAtWrite(1 + dice.nextInt(WRITES_TRIED)));
        }
        return next(faults, pays ? STEPS_PER_TEAR_HARD : STEPS_PER_FAULT_HARD);
    }

    /** The command of this step wrote so often. */
    void wrote(int writes) {
        for (int write = 1; write <= writes && !over; write++) {
            possible.add(new Moment(step, new Fault.CardAtWrite(write)));
        }
    }

    /**
     * Lets chance be harder at times.
     *
     * @param watcher runs at each step, before what goes wrong there
     * @param hard whether it is such a time
     */
    void each(Runnable watcher, BooleanSupplier hard) {
        eachStep = watcher;
        hardTimes = hard;
    }

    private Optional<Moment> next(List<Fault> faults, int stepsWhenHard) {
        eachStep.run();
        if (over) {
            return Optional.empty();
        }
        step++;
        faults.forEach(fault -> possible.add(new Moment(step, fault)));
        if (happened < planned.size() && planned.get(happened).step() == step) {
            return Optional.of(planned.get(happened++));
        }
        SplittableRandom dice = chance;
        int odds = hardTimes.getAsBoolean() ? stepsWhenHard : stepsPerFault;
        if (dice == null || dice.nextInt(odds) > 0) {
            return Optional.empty();
        }
        var moment = new Moment(step, faults.get(dice.nextInt(faults.size())));
        story.add(moment.toString());
        return Optional.of(moment);
    }

    /** What chance let happen, in order. */
    List<String> story() {
        return List.copyOf(story);
    }

    /** From here on nothing goes wrong and nothing is counted: the payment is over. */
    void rest() {
        over = true;
    }

    /** Whether all that was planned has happened. */
    boolean fulfilled() {
        return happened == planned.size();
    }

    /** What could have gone wrong after the last planned fault. */
    List<Moment> possibleAfterPlanned() {
        int from = planned.isEmpty() ? 0 : planned.getLast().step();
        return possible.stream().filter(moment -> moment.step() > from).toList();
    }

    /** How many steps there were. */
    int steps() {
        return step;
    }
}

package etal.fleet.world.sim;

import etal.fleet.world.sim.Moment.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts the till's steps, decides which of them go wrong, and remembers which others could have. */
final class Fate {
    private final List<Moment> planned;
    private final List<Moment> possible = new ArrayList<>();
    private int step;
    private int happened;
    private boolean over;

    /** Lets {@code planned} happen, in order of their steps. */
    Fate(List<Moment> planned) {
        this.planned = List.copyOf(planned);
    }

    /** A transaction of the till begins. */
    Optional<Moment> atTransaction() {
        return next(List.of(new Fault.PlugBeforeCommit(), new Fault.PlugAfterCommit()));
    }

    /** A command is about to go to the card. Its writes are known only afterwards: see {@link #wrote}. */
    Optional<Moment> atCommand() {
        return next(List.of(new Fault.CardBeforeCommand(), new Fault.CardBeforeAnswer(), new Fault.PlugBeforeAnswer()));
    }

    /** The command of this step wrote so often. */
    void wrote(int writes) {
        for (int write = 1; write <= writes && !over; write++) {
            possible.add(new Moment(step, new Fault.CardAtWrite(write)));
        }
    }

    private Optional<Moment> next(List<Fault> faults) {
        if (over) {
            return Optional.empty();
        }
        step++;
        faults.forEach(fault -> possible.add(new Moment(step, fault)));
        if (happened < planned.size() && planned.get(happened).step() == step) {
            return Optional.of(planned.get(happened++));
        }
        return Optional.empty();
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

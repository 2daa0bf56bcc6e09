package etal.fleet.mutant;

import java.util.BitSet;

/**
 * Which mutant is alive, asked by every method that has one: one for each class loader, because woven code reaches nothing
 * else. For the one thread that plays in it.
 */
public final class Live {
    /** No mutant. */
    static final int NONE = -1;

    private static final Live HERE = new Live();

    private int active = NONE;
    private BitSet asked = new BitSet();
    private boolean reached;
    private long steps;
    private long stepsMost = Long.MAX_VALUE;

    private Live() {}

    /** Whether that mutant is alive. Woven in at the head of its method. */
    public static boolean is(int mutant) {
        step();
        HERE.asked.set(mutant);
        return HERE.active == mutant;
    }

    /** Woven in before the place that a living mutant changes. */
    public static void reached() {
        HERE.reached = true;
    }

    /** Woven in where a world takes its next step, so that one that never rests comes to an end. */
    public static void step() {
        if (++HERE.steps > HERE.stepsMost) {
            throw new Restless(HERE.stepsMost);
        }
    }

    /** From now on that mutant is alive; nothing was reached, no step taken. */
    static void begin(int mutant, long stepsMost) {
        HERE.active = mutant;
        HERE.asked = new BitSet();
        HERE.reached = false;
        HERE.steps = 0;
        HERE.stepsMost = stepsMost;
    }

    static boolean wasReached() {
        return HERE.reached;
    }

    /** The mutants whose methods were called. */
    static BitSet asked() {
        return HERE.asked;
    }

    static long steps() {
        return HERE.steps;
    }

    /** The world does not come to rest. An error, so that no handler of the programs takes it for one of theirs. */
    static final class Restless extends Error {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        Restless(long steps) {
            super("the programs do not come to rest within " + steps + " steps", null, false, false);
        }
    }
}

package etal.protocol;

import java.util.SplittableRandom;

/** Runs a property over many seeds; what fails says with which seed. */
public final class Seeds {
    private Seeds() {}

    /** What must hold for everything a seed makes. */
    @FunctionalInterface
    public interface Property {
        /** Throws if it does not hold. */
        void holds(SplittableRandom random) throws Exception;
    }

    /** The property for the seeds 1 to {@code count}; the system property {@code etal.seed} names a single one. */
    public static void each(int count, Property property) {
        Long only = Long.getLong("etal.seed");
        for (long seed = only == null ? 1 : only; seed <= (only == null ? count : only); seed++) {
            try {
                property.holds(new SplittableRandom(seed));
            } catch (Exception | AssertionError | StackOverflowError failure) {
                throw new AssertionError("seed " + seed + " (alone: -Detal.seed=" + seed + "): " + failure, failure);
            }
        }
    }

    /** So many random bytes. */
    public static byte[] bytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}

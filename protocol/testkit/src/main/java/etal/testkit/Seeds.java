package etal.testkit;

import java.util.stream.LongStream;

/**
 * Runs a property over many seeds; a failure names the seed and how to run that one alone.
 *
 * <p>The system property {@code etal.seed} replaces all seeds by the one it names.
 */
public final class Seeds {
    private static final String ONLY = "etal.seed";

    /** What must hold for each seed. */
    @FunctionalInterface
    public interface Property {
        /** Throws when it does not hold. */
        void holds(long seed) throws Exception;
    }

    private Seeds() {}

    /** The seeds 1 to {@code count}, or the one asked for. For {@code @MethodSource} and loops. */
    public static LongStream first(long count) {
        Long only = Long.getLong(ONLY);
        return only != null ? LongStream.of(only) : LongStream.rangeClosed(1, count);
    }

    /** Checks {@code property} for the seeds 1 to {@code count}. */
    public static void forEach(long count, Property property) {
        first(count).forEach(seed -> check(seed, property));
    }

    private static void check(long seed, Property property) {
        try {
            property.holds(seed);
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + " (alone: -D" + ONLY + "=" + seed + "): " + e.getMessage(), e);
        }
    }
}

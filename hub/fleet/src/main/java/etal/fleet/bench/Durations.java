package etal.fleet.bench;

import java.util.Arrays;

/** Times that were measured, in nanoseconds. For one thread. */
final class Durations {
    private long[] nanos = new long[64];
    private int count;

    void add(long one) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = one;
    }

    int count() {
        return count;
    }

    /** The value that so many of a hundred do not exceed; 100 is the largest. */
    long percentile(int percent) {
        if (count == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (count * percent + 99) / 100;
        return sorted[Math.max(1, rank) - 1];
    }
}

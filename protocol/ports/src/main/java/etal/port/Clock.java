package etal.port;

import java.time.Instant;

/** The time of day and a running count. Safe for use by any thread. */
public interface Clock {
    /** The time of day, as far as the node knows it. */
    Instant now();

    /** A count of nanoseconds that never goes back and has no meaning but its differences. */
    long monotonicNanos();

    /** Whether the time of day comes from a source the hub vouches for (a checkpoint, a set real-time clock). */
    boolean trusted();
}

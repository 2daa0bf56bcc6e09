package etal.edge.config;

import etal.port.Clock;
import java.time.Instant;

/** The machine's clock. Trusted once somebody has vouched for it. Safe for use by any thread. */
public final class SystemClock implements Clock {
    private volatile boolean trusted;

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }

    @Override
    public boolean trusted() {
        return trusted;
    }

    /** Whether a checkpoint or a real-time clock vouches for the time from now on. */
    public void trusted(boolean vouchedFor) {
        trusted = vouchedFor;
    }
}

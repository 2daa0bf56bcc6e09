package etal.edge.config;

import etal.port.Clock;
import java.time.Instant;

/**
 * A clock whose time of day is set from outside, for a market day that passes in a minute. It never goes back. It is
 * trusted from the first setting on; before that it stands where it was started. Safe for use by any thread.
 */
public final class DrivenClock implements Clock {
    private Instant now;
    private boolean trusted;

    /** Stands at {@code start}, not trusted. */
    public DrivenClock(Instant start) {
        now = start;
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    /** The running count is the machine's: timers take as long as they take. */
    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }

    @Override
    public synchronized boolean trusted() {
        return trusted;
    }

    /** Sets the time of day; an earlier one than that which stands is passed over. Returns the time that stands. */
    public synchronized Instant set(Instant timeOfDay) {
        if (timeOfDay.isAfter(now)) {
            now = timeOfDay;
        }
        trusted = true;
        return now;
    }
}

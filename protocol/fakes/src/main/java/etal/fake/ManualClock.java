package etal.fake;

import etal.port.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that moves only when it is told to. The time of day may be set apart from the running count. */
public final class ManualClock implements Clock {
    private Instant now;
    private long monotonicNanos;
    private boolean trusted = true;

    /** Stands still at {@code start}, trusted. */
    public ManualClock(Instant start) {
        now = start;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public long monotonicNanos() {
        return monotonicNanos;
    }

    @Override
    public boolean trusted() {
        return trusted;
    }

    /** Time passes: both the time of day and the running count move. {@code duration} is not negative. */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time does not pass backwards: " + duration);
        }
        now = now.plus(duration);
        monotonicNanos += duration.toNanos();
    }

    /** The time of day is set, as by a technician or a battery that ran out; it may go back. No time passes. */
    public void set(Instant timeOfDay) {
        now = timeOfDay;
    }

    /** Whether the time of day is vouched for from now on. */
    public void trusted(boolean vouchedFor) {
        trusted = vouchedFor;
    }
}

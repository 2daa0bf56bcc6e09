package etal.terminal.ledger;

import etal.port.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The time written into entries: the clock's, but never before the entry before nor before what the hub has vouched for.
 * A clock that lost its battery must not make the hub refuse a day of sales.
 *
 * <p>A clock that nobody vouches for is trusted while it agrees with the hub: the hub signed for an entry within two minutes
 * of the time that entry bears, and the clock has run evenly since.
 */
public final class TimeOfEntries {
    private static final long AGREES_WITHIN_MILLIS = 120_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Clock clock;
    private long vouchedMillis;
    private @Nullable Agreement agreement;

    /** The hub's time, and what the clock that only counts said when it came. */
    private record Agreement(long hubTimeMillis, long atNanos) {}

    TimeOfEntries(Clock clock) {
        this.clock = clock;
    }

    void vouched(long hubTimeMillis) {
        vouchedMillis = Math.max(vouchedMillis, hubTimeMillis);
    }

    /** The hub signed at this time for an entry that bears that one, and its word has come just now. */
    void agreed(long hubTimeMillis, long entryTimeMillis) {
        boolean agrees = near(hubTimeMillis, entryTimeMillis)
                && near(hubTimeMillis, clock.now().toEpochMilli());
        agreement = agrees ? new Agreement(hubTimeMillis, clock.monotonicNanos()) : null;
    }

    long notBefore(long previousMillis) {
        return Math.max(Math.max(clock.now().toEpochMilli(), previousMillis), vouchedMillis);
    }

    boolean trusted() {
        Agreement held = agreement;
        return clock.trusted() || held != null && near(clock.now().toEpochMilli(), expectedMillis(held));
    }

    private long expectedMillis(Agreement held) {
        return held.hubTimeMillis() + (clock.monotonicNanos() - held.atNanos()) / NANOS_PER_MILLI;
    }

    private static boolean near(long one, long other) {
        return Math.abs(one - other) <= AGREES_WITHIN_MILLIS;
    }
}

package etal.terminal.ledger;

import etal.port.Clock;

/**
 * The time written into entries: the clock's, but never before the entry before nor before what the hub has vouched for.
 * A clock that lost its battery must not make the hub refuse a day of sales.
 */
public final class TimeOfEntries {
    private final Clock clock;
    private long vouchedMillis;

    TimeOfEntries(Clock clock) {
        this.clock = clock;
    }

    void vouched(long hubTimeMillis) {
        vouchedMillis = Math.max(vouchedMillis, hubTimeMillis);
    }

    long notBefore(long previousMillis) {
        return Math.max(Math.max(clock.now().toEpochMilli(), previousMillis), vouchedMillis);
    }

    boolean trusted() {
        return clock.trusted();
    }
}

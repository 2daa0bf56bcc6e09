package etal.terminal.ledger;

import etal.port.Clock;
import java.util.LinkedHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time written into entries: the clock's, but never before what the hub has vouched for, nor before the terminal's own
 * certificate. A clock that lost its battery must not make the hub refuse a day of sales.
 *
 * <p>Time does not go back from one entry to the next, unless it is known that the entry before bears a wrong time: the hub
 * signed for an entry before the time it bears, or a trusted clock says otherwise than one that was not. Then {@link Writing}
 * says so in the ledger. A clock that is ahead of the hub by a known amount, and has run evenly since, is set right by it. A
 * clock that nobody vouches for is not believed further beyond the hub's last word than {@link #bounded} allows.
 *
 * <p>A clock that nobody vouches for is trusted while it agrees with the hub: the hub signed for an entry within two minutes
 * of the time that entry bears, and the clock has run evenly since. Used from the loop only.
 */
public final class TimeOfEntries {
    private static final long AGREES_WITHIN_MILLIS = 120_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    /** Beyond the window, so that the till knows that it was left alone for too long. */
    private static final long BEYOND_MILLIS = 60_000;

    private static final int SAID_MAX = 2_000;

    private final Clock clock;
    private final long floorMillis;
    private long vouchedMillis;
    private LongSupplier windowMillis = () -> 0;
    private @Nullable Agreement agreement;
    private boolean lastIsWrong;
    private boolean lastTrusted = true;
    private long runMillis;
    private long aheadMillis;
    /** What the clock said when an entry was written, whatever time that entry bears, since it was last set. */
    private final LinkedHashMap<Long, Long> saidAt = new LinkedHashMap<>();

    /** The hub's time, and what the clock that only counts said when it came. */
    private record Agreement(long hubTimeMillis, long atNanos) {}

    TimeOfEntries(Clock clock) {
        this(clock, 0);
    }

    /** @param floorMillis before which it cannot be: when the terminal's certificate begins */
    TimeOfEntries(Clock clock, long floorMillis) {
        this.clock = clock;
        this.floorMillis = floorMillis;
        this.runMillis = run();
    }

    /** Names who knows how long a till may be without the hub, milliseconds; 0 while nobody does. */
    void bounded(LongSupplier window) {
        windowMillis = window;
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

    /**
     * The hub signed at this time for an entry of that number and time: it was written before that, so what it is ahead
     * its clock was ahead at least. A hub whose word lies before its own earlier word proves nothing.
     *
     * @param lastMillis the time that the newest entry bears
     */
    void compared(long number, long hubTimeMillis, long entryTimeMillis, long lastMillis) {
        if (hubTimeMillis < vouchedMillis - AGREES_WITHIN_MILLIS) {
            return;
        }
        lastIsWrong |= entryTimeMillis - hubTimeMillis > AGREES_WITHIN_MILLIS && lastMillis >= entryTimeMillis;
        Long said = saidAt.get(number);
        if (said != null && evenly() && said - hubTimeMillis > AGREES_WITHIN_MILLIS) {
            aheadMillis = Math.max(aheadMillis, said - hubTimeMillis);
        }
    }

    /** An entry is durable. */
    void written(long number, boolean trusted) {
        lastIsWrong = false;
        lastTrusted = trusted;
        if (!evenly()) {
            runMillis = run();
            aheadMillis = 0;
            saidAt.clear();
        }
        saidAt.put(number, clock.now().toEpochMilli());
        if (saidAt.size() > SAID_MAX) {
            saidAt.pollFirstEntry();
        }
    }

    /** The newest entry in store bears a time that was trusted, or not. */
    void last(boolean trusted) {
        lastTrusted = trusted;
    }

    /** The time of the next entry, after one of that time. */
    long notBefore(long previousMillis) {
        long nowMillis = nowMillis();
        boolean wrong = lastIsWrong || clock.trusted() && !lastTrusted;
        boolean goesBack = wrong && previousMillis - nowMillis > AGREES_WITHIN_MILLIS;
        return goesBack ? nowMillis : Math.max(nowMillis, previousMillis);
    }

    private long nowMillis() {
        long floor = Math.max(floorMillis, vouchedMillis);
        long now = clock.now().toEpochMilli() - (!clock.trusted() && evenly() ? aheadMillis : 0);
        long window = windowMillis.getAsLong();
        boolean believed = vouchedMillis == 0 || window == 0 || trusted();
        return Math.max(floor, believed ? now : Math.min(now, vouchedMillis + window + BEYOND_MILLIS));
    }

    boolean trusted() {
        Agreement held = agreement;
        return clock.trusted() || held != null && near(clock.now().toEpochMilli(), expectedMillis(held));
    }

    /** The time of day less the time that has passed: the same for as long as nobody sets the clock. */
    private long run() {
        return clock.now().toEpochMilli() - clock.monotonicNanos() / NANOS_PER_MILLI;
    }

    private boolean evenly() {
        return near(run(), runMillis);
    }

    private long expectedMillis(Agreement held) {
        return held.hubTimeMillis() + (clock.monotonicNanos() - held.atNanos()) / NANOS_PER_MILLI;
    }

    private static boolean near(long one, long other) {
        return Math.abs(one - other) <= AGREES_WITHIN_MILLIS;
    }
}

package etal.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Waits for what other threads and processes bring about, with a bound, and says what was seen last when it does not come.
 *
 * <p>It looks every two milliseconds, because a foreign process wakes nobody; what can wake, such as a future, a latch or
 * a child's line, is waited for directly instead.
 */
public final class Await {
    private static final long LOOK_EVERY_NANOS = 2_000_000;

    private Await() {}

    /** Looks at {@code state} until it satisfies {@code wanted}; returns that state. */
    public static <T> T until(String what, Duration atMost, Supplier<T> state, Predicate<T> wanted) {
        long endNanos = System.nanoTime() + atMost.toNanos();
        while (true) {
            T seen = state.get();
            if (wanted.test(seen)) {
                return seen;
            }
            if (System.nanoTime() - endNanos > 0) {
                throw new AssertionError(what + " did not come within " + atMost + "; seen last: " + seen);
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }
}

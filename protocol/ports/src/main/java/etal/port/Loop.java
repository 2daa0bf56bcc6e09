package etal.port;

import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * The one thread of a node. Everything asynchronous arrives as an event on it, in the order of arrival.
 *
 * <p>{@link #post} and {@link #call} are for any other thread; what runs on the loop never waits for the loop.
 */
public interface Loop {
    /** Runs {@code event} on the loop, after what is already queued. */
    void post(Runnable event);

    /**
     * Runs {@code work} on the loop and waits for its result.
     *
     * @throws Exception what {@code work} throws, unchanged
     */
    <T> T call(Callable<T> work) throws Exception;

    /** Runs {@code event} on the loop once {@code delay} has passed. */
    Timer after(Duration delay, Runnable event);

    /** A pending {@link #after}. */
    interface Timer {
        /** Prevents the event if it has not run yet. */
        void cancel();
    }
}

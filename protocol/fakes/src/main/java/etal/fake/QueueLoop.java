package etal.fake;

import etal.port.Loop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * A loop that runs in the caller's thread, when it is told to.
 *
 * <p>Several loops may share one clock: {@link #runOne} and {@link #nextDueNanos} let a simulation interleave them. An
 * exception of an event reaches whoever runs the loop.
 */
public final class QueueLoop implements Loop {
    /** More events than any test means: a loop that posts to itself for ever is found here. */
    private static final int EVENTS_MAX = 1_000_000;

    private record Due(long atNanos, long order) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final ManualClock clock;
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private final TreeMap<Due, Runnable> timers = new TreeMap<>();
    private long timersSet;
    private boolean running;

    /** An empty loop on {@code clock}. */
    public QueueLoop(ManualClock clock) {
        this.clock = clock;
    }

    @Override
    public void post(Runnable event) {
        queue.addLast(event);
    }

    /** Runs what is queued, then {@code work}: so the order of arrival holds. */
    @Override
    public <T> T call(Callable<T> work) throws Exception {
        if (running) {
            throw new IllegalStateException("what runs on the loop never waits for the loop");
        }
        runUntilIdle();
        running = true;
        try {
            return work.call();
        } finally {
            running = false;
        }
    }

    @Override
    public Timer after(Duration delay, Runnable event) {
        Due due = new Due(clock.monotonicNanos() + Math.max(0, delay.toNanos()), timersSet++);
        timers.put(due, event);
        return () -> timers.remove(due);
    }

    /** Runs the next event that is due now, a queued one first; false if there is none. */
    public boolean runOne() {
        Runnable event = queue.pollFirst();
        if (event == null && !timers.isEmpty() && timers.firstKey().atNanos() <= clock.monotonicNanos()) {
            event = timers.pollFirstEntry().getValue();
        }
        if (event == null) {
            return false;
        }
        run(event);
        return true;
    }

    /** Runs all that is due now, and what comes of it. Time does not pass. */
    public void runUntilIdle() {
        int events = 0;
        while (runOne()) {
            if (++events > EVENTS_MAX) {
                throw new IllegalStateException("the loop does not come to rest within " + EVENTS_MAX + " events");
            }
        }
    }

    /** Lets {@code duration} pass on the clock, running each timer at its time. */
    public void advance(Duration duration) {
        runUntilIdle();
        long endNanos = clock.monotonicNanos() + duration.toNanos();
        while (!timers.isEmpty() && timers.firstKey().atNanos() <= endNanos) {
            passUntil(timers.firstKey().atNanos());
            runUntilIdle();
        }
        passUntil(endNanos);
    }

    /** When the earliest timer is due, on the clock's running count. */
    public OptionalLong nextDueNanos() {
        return timers.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(timers.firstKey().atNanos());
    }

    /** Whether nothing is queued; timers may be pending. */
    public boolean idle() {
        return queue.isEmpty();
    }

    /** The node's plug is pulled: whatever was queued or pending never happens. */
    public void clear() {
        queue.clear();
        timers.clear();
    }

    private void passUntil(long atNanos) {
        clock.advance(Duration.ofNanos(Math.max(0, atNanos - clock.monotonicNanos())));
    }

    private void run(Runnable event) {
        boolean outer = running;
        running = true;
        try {
            event.run();
        } finally {
            running = outer;
        }
    }
}

package etal.edge.config;

import etal.port.Loop;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The loop of a living node: one thread of its own, events in the order of arrival.
 *
 * <p>What an event throws goes to the crash handler given at the start, on the loop's thread, and is never swallowed; the
 * handler decides whether the node goes on. After {@link #close} nothing runs any more: {@link #post} and {@link #after}
 * do nothing, {@link #call} throws IllegalStateException.
 */
public final class ThreadLoop implements Loop, AutoCloseable {
    private static final long CLOSE_SECONDS = 10;

    private final ScheduledThreadPoolExecutor executor;
    private final Consumer<Throwable> onCrash;
    private volatile @Nullable Thread thread;

    /**
     * Starts the loop.
     *
     * @param name of its thread
     * @param onCrash hears of every exception of an event
     */
    public ThreadLoop(String name, Consumer<Throwable> onCrash) {
        this.onCrash = onCrash;
        executor = new ScheduledThreadPoolExecutor(1, runnable -> {
            Thread made = new Thread(runnable, name);
            thread = made;
            return made;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.prestartCoreThread();
    }

    @Override
    public void post(Runnable event) {
        after(Duration.ZERO, event);
    }

    @Override
    public <T> T call(Callable<T> work) throws Exception {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("what runs on the loop never waits for the loop");
        }
        try {
            // Scheduled like every event, so that a call waits for what was posted before it.
            return executor.schedule(work, 0, TimeUnit.NANOSECONDS).get();
        } catch (RejectedExecutionException | CancellationException e) {
            throw new IllegalStateException("the loop is closed", e);
        } catch (ExecutionException e) {
            throw unchanged(e);
        }
    }

    @Override
    public Timer after(Duration delay, Runnable event) {
        try {
            var pending = executor.schedule(() -> run(event), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> pending.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    /** Lets the running event end, drops the others, and waits until the thread is gone. */
    @Override
    public void close() {
        executor.shutdownNow().forEach(dropped -> {
            // Whoever waits for a dropped call must not wait for ever.
            if (dropped instanceof Future<?> call) {
                call.cancel(false);
            }
        });
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("an event does not end within " + CLOSE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Runnable event) {
        try {
            event.run();
        } catch (Throwable crash) {
            onCrash.accept(crash);
        }
    }

    private static Exception unchanged(ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof Exception exception ? exception : e;
    }
}

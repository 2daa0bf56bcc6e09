package etal.fleet.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How a command ends that lasts until somebody ends it: by Ctrl-C or SIGTERM, in order, with exit code 0 unless another is
 * said. The thread that
 * makes it is interrupted, closes what it has opened, and says so by {@link #close}.
 */
public final class Ending implements AutoCloseable {
    /** What has not closed by then is ended with the process. */
    private static final Duration ORDERLY = Duration.ofSeconds(20);

    private final Thread command = Thread.currentThread();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::signalled, "ending");
    private volatile boolean came;
    private volatile int code;

    /** From now on signals are heard. */
    public Ending() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Waits for the signal, which comes as an interruption. */
    public void await() throws InterruptedException {
        closed.await();
    }

    /** Whether the signal has come. */
    public boolean hasCome() {
        return came;
    }

    /** The exit code after a signal, in place of 0. */
    public void endsWith(int exitCode) {
        code = exitCode;
    }

    private void signalled() {
        came = true;
        command.interrupt();
        try {
            var unused = closed.await(ORDERLY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Without this the exit code would be the signal's.
        Runtime.getRuntime().halt(code);
    }

    /** Everything is closed. If no signal came, the process goes on to its own end. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            // A signal has come: the hook waits for the next line, and ends the process.
            closed.countDown();
        }
    }
}

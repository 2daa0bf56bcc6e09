package etal.fleet.world.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another process will say by itself sooner or later. */
public final class Waiting {
    private static final Duration AT_MOST = Duration.ofSeconds(90);
    private static final long STEP_NANOS = Duration.ofMillis(50).toNanos();

    private Waiting() {}

    /** A question whose answer may still be no; a process that is just starting again may fail to answer. */
    @FunctionalInterface
    public interface Question {
        /** Asks once. */
        boolean ask() throws IOException, InterruptedException;
    }

    /** Asks until the answer is yes; after a while it gives up and says what it waited for. */
    public static void until(String what, Question question) throws IOException, InterruptedException {
        long end = System.nanoTime() + AT_MOST.toNanos();
        IOException last = null;
        while (System.nanoTime() < end) {
            try {
                if (question.ask()) {
                    return;
                }
                last = null;
            } catch (Supervised.Broken e) {
                throw e;
            } catch (IOException e) {
                last = e;
            }
            LockSupport.parkNanos(STEP_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException(what);
            }
        }
        String why = last == null ? "" : ": " + last.getMessage();
        throw new IOException("waited " + AT_MOST.toSeconds() + " seconds in vain: " + what + why, last);
    }
}

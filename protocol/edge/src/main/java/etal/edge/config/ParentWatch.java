package etal.edge.config;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends a child together with its parent, however the parent ends: the child's standard input then reaches its end.
 *
 * <p>Asked for by {@code --with-parent}; without it a service keeps running when its terminal closes. It is to be asked for
 * first, since a start may wait long for others who went with the parent.
 */
public final class ParentWatch {
    /** The option by which a parent asks for it. */
    public static final String OPTION = "--with-parent";

    /** How long an orderly end may take; after that the process ends as if its plug were pulled. */
    private static final Duration ORDERLY = Duration.ofSeconds(4);

    private ParentWatch() {}

    /**
     * Reads {@code input} to its end on a thread of its own, then runs {@code whenGone} there once. What the parent writes
     * is passed over. A process that is not gone a few seconds later is halted.
     */
    public static void watch(InputStream input, Runnable whenGone) {
        daemon("parent-watch", () -> {
            readToEnd(input);
            daemon("parent-gone", ParentWatch::haltLater);
            whenGone.run();
        });
    }

    private static void daemon(String name, Runnable what) {
        Thread thread = new Thread(what, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void haltLater() {
        long end = System.nanoTime() + ORDERLY.toNanos();
        for (long left = ORDERLY.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        Runtime.getRuntime().halt(1);
    }

    private static void readToEnd(InputStream input) {
        try {
            input.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A pipe that cannot be read any more has no parent at its other end either.
            return;
        }
    }
}

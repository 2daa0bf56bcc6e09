package etal.edge.config;

import java.io.IOException;
import java.io.InputStream;

/**
 * Ends a child together with its parent, however the parent ends: the child's standard input then reaches its end.
 *
 * <p>Asked for by {@code --with-parent}; without it a service keeps running when its terminal closes.
 */
public final class ParentWatch {
    /** The option by which a parent asks for it. */
    public static final String OPTION = "--with-parent";

    private ParentWatch() {}

    /**
     * Reads {@code input} to its end on a thread of its own, then runs {@code whenGone} there once. What the parent writes
     * is passed over.
     */
    public static void watch(InputStream input, Runnable whenGone) {
        Thread watcher = new Thread(
                () -> {
                    readToEnd(input);
                    whenGone.run();
                },
                "parent-watch");
        watcher.setDaemon(true);
        watcher.start();
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

package etal.port;

import java.io.Serial;

/**
 * The store cannot read or commit: stop selling. Nothing of the failed transaction has happened.
 */
public final class StorageFailed extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final boolean full;

    /** With a sentence saying what and where. */
    public StorageFailed(String message) {
        super(message);
        this.full = false;
    }

    /** With a sentence and what lies behind it. */
    public StorageFailed(String message, Throwable cause) {
        this(message, cause, false);
    }

    private StorageFailed(String message, Throwable cause, boolean full) {
        super(message, cause);
        this.full = full;
    }

    /** The disk is full: what is stored stays readable, and what fails now succeeds once there is room. */
    public static StorageFailed full(String message, Throwable cause) {
        return new StorageFailed(message, cause, true);
    }

    /** Whether there was no room, and nothing else is known to be wrong. */
    public boolean full() {
        return full;
    }
}

package etal.port;

import java.io.Serial;

/**
 * The store cannot read or commit: stop selling. Nothing of the failed transaction has happened.
 */
public final class StorageFailed extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** With a sentence saying what and where. */
    public StorageFailed(String message) {
        super(message);
    }

    /** With a sentence and what lies behind it. */
    public StorageFailed(String message, Throwable cause) {
        super(message, cause);
    }
}

package etal.port;

import java.io.Serial;

/**
 * The reader does not work: take other payments, call the technician. Whether the card executed the command is unknown.
 */
public final class ReaderBroken extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** With a sentence saying what and where. */
    public ReaderBroken(String message) {
        super(message);
    }

    /** With a sentence and what lies behind it. */
    public ReaderBroken(String message, Throwable cause) {
        super(message, cause);
    }
}

package etal.port;

import java.io.Serial;

/**
 * The card left the field before its answer was whole: ask for it again. Whether it executed the command is unknown.
 */
public final class CardGone extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** With a sentence saying what and where. */
    public CardGone(String message) {
        super(message);
    }

    /** With a sentence and what lies behind it. */
    public CardGone(String message, Throwable cause) {
        super(message, cause);
    }
}

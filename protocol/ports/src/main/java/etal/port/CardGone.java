package etal.port;

import java.io.Serial;

/**
 * No whole answer came from the card: ask for it again. Whether it executed the command is unknown. It has left the field,
 * or it lies there and is {@link #tooSlow}.
 */
public final class CardGone extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final boolean tooSlow;

    /** With a sentence saying what and where. */
    public CardGone(String message) {
        super(message);
        tooSlow = false;
    }

    /** With a sentence and what lies behind it. */
    public CardGone(String message, Throwable cause) {
        super(message, cause);
        tooSlow = false;
    }

    private CardGone(String message, boolean tooSlow) {
        super(message);
        this.tooSlow = tooSlow;
    }

    /** A card that lies in the field and gave no answer in time. */
    public static CardGone silent(String message) {
        return new CardGone(message, true);
    }

    /** Whether the card was still there when the time for its answer was over. */
    public boolean tooSlow() {
        return tooSlow;
    }
}

package etal.port;

import java.io.Serial;

/**
 * The other side does not answer: carry on offline, try again later.
 */
public final class PeerUnreachable extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** With a sentence saying what and where. */
    public PeerUnreachable(String message) {
        super(message);
    }

    /** With a sentence and what lies behind it. */
    public PeerUnreachable(String message, Throwable cause) {
        super(message, cause);
    }
}

package etal.protocol.cbor;

/** Bytes or text from outside are not what they must be. The message says what was found, and holds no secret. */
public final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param reason what is wrong, for a log or a technician */
    public Malformed(String reason) {
        super(reason);
    }

    /** @param reason what is wrong; {@code cause} is what found it */
    public Malformed(String reason, Throwable cause) {
        super(reason, cause);
    }
}

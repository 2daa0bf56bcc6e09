package etal.fsck.bytes;

import java.io.Serial;

/** Bytes that are not what they must be. The message is the reason, short and plain, for the one who reads the verdict. */
public final class Damage extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** With the reason. */
    public Damage(String reason) {
        super(reason);
    }

    /** The reason. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** The same with what it concerns before it, such as {@code certificate 2}. */
    public Damage in(String what) {
        Damage outer = new Damage(what + ": " + reason());
        outer.initCause(this);
        return outer;
    }
}

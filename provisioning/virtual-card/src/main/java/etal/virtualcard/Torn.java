package etal.virtualcard;

import java.io.Serial;

/** The card lost power before its answer was out: what it has executed is for its next state to show. */
public final class Torn extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    Torn(String reason) {
        super(reason);
    }
}

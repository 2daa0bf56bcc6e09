package etal.virtualcard.silicon;

import java.io.Serial;

/** Thrown out of the applet where the power fails. An Error, because no applet can catch a loss of power. */
final class PowerCut extends Error {
    @Serial
    private static final long serialVersionUID = 1;

    PowerCut() {
        super("power cut", null, false, false);
    }
}

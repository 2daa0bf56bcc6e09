package etal.terminal.main;

import java.io.Serial;

/** The terminal does not start; the sentence says why and the exit code what kind of reason it is. */
final class StartRefused extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** A difference or damage: somebody has to look before anything is sold. */
    static final int DAMAGE = 1;
    /** Something the environment lacks. */
    static final int LACKING = 3;

    private final int exitCode;

    StartRefused(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    StartRefused(int exitCode, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}

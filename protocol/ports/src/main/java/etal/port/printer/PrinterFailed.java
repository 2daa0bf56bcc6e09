package etal.port.printer;

import java.io.Serial;

/**
 * The printer cannot print: sell on, print later.
 */
public final class PrinterFailed extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** With a sentence saying what and where. */
    public PrinterFailed(String message) {
        super(message);
    }

    /** With a sentence and what lies behind it. */
    public PrinterFailed(String message, Throwable cause) {
        super(message, cause);
    }
}

package etal.edge.config;

import java.io.Serial;

/** A configuration that cannot be used. Its message is the one line to show: {@code F:LINE: field: found, allowed}. */
public final class ConfigFault extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** With the whole line. */
    public ConfigFault(String line) {
        super(line);
    }

    /** With the whole line, and what lies behind it. */
    public ConfigFault(String line, Throwable cause) {
        super(line, cause);
    }
}

package etal.virtualcard.silicon;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Where the simulator's own printing goes: a terminal's standard output is not the place for it. */
public final class Silence {
    /** Takes the place of {@code System.out} and {@code System.err} within the simulator. */
    public static final PrintStream OUT =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    private Silence() {}

    /** Takes the place of {@link Throwable#printStackTrace()}: the status word says what there is to say. */
    public static void drop(Throwable ignored) {}

    /**
     * Takes the place of a transient array that the simulator would keep for ever, one per use of a key.
     *
     * @param event the moment of clearing that was asked for, without meaning for a passing copy
     */
    public static byte[] passingCopy(short length, byte event) {
        return new byte[length];
    }
}

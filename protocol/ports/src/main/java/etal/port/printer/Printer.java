package etal.port.printer;

import java.util.Locale;
import java.util.function.Consumer;

/** A receipt printer. Nothing of value depends on it. */
public interface Printer {
    /** How many characters fit on a line of a printer that says nothing else: a usual one of 80 mm. */
    int COLUMNS = 42;

    /** Its state now. */
    State state();

    /**
     * Prints ESC/POS bytes, or takes them to be printed at once by someone else: then it may still turn out that they
     * were {@link Lost}.
     *
     * @param name what is printed, unique and fit for a file name, such as {@code t3-e1-000017}
     * @throws PrinterFailed when it cannot; the sale stands, the receipt can be printed again later
     */
    void print(String name, byte[] escpos) throws PrinterFailed;

    /** How many characters of its usual font fit on a line. */
    default int columns() {
        return COLUMNS;
    }

    /** Tells, on the loop, of what was taken to be printed and did not come out; for a printer that takes its time. */
    default void listen(Consumer<Lost> onLoop) {}

    /**
     * What was taken and did not come out whole.
     *
     * @param name under which it was handed over
     * @param begun whether some of it may be on paper
     */
    record Lost(String name, boolean begun) {}

    /** What a printer can say of itself. */
    enum State {
        READY,
        PAPER_LOW,
        NO_PAPER,
        COVER_OPEN,
        OFFLINE;

        /** Whether it prints now. */
        public boolean prints() {
            return this == READY || this == PAPER_LOW;
        }

        /** As a status names it, such as {@code paper-low}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}

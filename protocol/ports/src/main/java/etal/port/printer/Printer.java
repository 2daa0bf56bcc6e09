package etal.port.printer;

/** A receipt printer. Nothing of value depends on it. */
public interface Printer {
    /** Its state now. */
    State state();

    /**
     * Prints ESC/POS bytes.
     *
     * @param name what is printed, unique and fit for a file name, such as {@code t3-e1-000017}
     * @throws PrinterFailed when it cannot; the sale stands, the receipt can be printed again later
     */
    void print(String name, byte[] escpos) throws PrinterFailed;

    /** What a printer can say of itself. */
    enum State {
        READY,
        PAPER_LOW,
        NO_PAPER,
        COVER_OPEN,
        OFFLINE
    }
}

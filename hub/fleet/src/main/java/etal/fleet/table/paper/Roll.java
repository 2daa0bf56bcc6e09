package etal.fleet.table.paper;

/**
 * The roll in the printer, in dots of 180 to the inch, as Epson's TM-T88 counts them.
 *
 * @see <a href="https://download4.epson.biz/sec_pubs/pos/reference_en/escpos/tmt88vi.html">TM-T88VI, print specification</a>
 */
public enum Roll {
    /** 80 mm wide, 42 characters of the usual font. */
    WIDE(567, 512),
    /** 58 mm wide, 30 characters of the usual font. */
    NARROW(411, 360);

    private final int paperDots;
    private final int printDots;

    Roll(int paperDots, int printDots) {
        this.paperDots = paperDots;
        this.printDots = printDots;
    }

    /** From edge to edge. */
    public int paperDots() {
        return paperDots;
    }

    /** What the head reaches, in the middle of the paper. */
    public int printDots() {
        return printDots;
    }

    /** Where the head begins, from the left edge. */
    public int marginDots() {
        return (paperDots - printDots) / 2;
    }
}

package etal.fleet.table.paper;

/**
 * How characters are printed.
 *
 * @param small the narrow font of 9 by 17 dots in place of the usual one of 12 by 24
 * @param wide times the font's width, 1 to 8
 * @param high times the font's height, 1 to 8
 * @param bold emphasised or struck twice, which look the same
 * @param underlineDots 0 to 2
 * @param reversed white on black
 */
public record Look(boolean small, int wide, int high, boolean bold, int underlineDots, boolean reversed) {
    /** What the printer prints in after it was initialised. */
    static final Look PLAIN = new Look(false, 1, 1, false, 0, false);

    /** One character's width. */
    public int widthDots() {
        return (small ? 9 : 12) * wide;
    }

    /** One character's height. */
    public int heightDots() {
        return (small ? 17 : 24) * high;
    }

    Look withSmall(boolean is) {
        return new Look(is, wide, high, bold, underlineDots, reversed);
    }

    Look withSize(int timesWide, int timesHigh) {
        return new Look(small, timesWide, timesHigh, bold, underlineDots, reversed);
    }

    Look withBold(boolean is) {
        return new Look(small, wide, high, is, underlineDots, reversed);
    }

    Look withUnderline(int dots) {
        return new Look(small, wide, high, bold, dots, reversed);
    }

    Look withReversed(boolean is) {
        return new Look(small, wide, high, bold, underlineDots, is);
    }
}

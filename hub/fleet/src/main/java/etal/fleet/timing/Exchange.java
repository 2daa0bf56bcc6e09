package etal.fleet.timing;

import etal.virtualcard.loader.Tally;

/**
 * One command of a tap, as it was made.
 *
 * @param ins its instruction byte, 0 to 255
 * @param commandBytes the whole command
 * @param answerBytes the whole answer, status word included
 * @param tally what the card did for it
 */
public record Exchange(int ins, int commandBytes, int answerBytes, Tally tally) {
    /** INS of SELECT (ISO/IEC 7816-4). */
    public static final int SELECT = 0xA4;

    /** Whether it selects the applet. */
    public boolean select() {
        return ins == SELECT;
    }
}

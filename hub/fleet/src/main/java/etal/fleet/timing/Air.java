package etal.fleet.timing;

/**
 * The air between reader and card: ISO/IEC 14443 type A at 106 kbit/s both ways, frames of at most 64 bytes. Pure.
 *
 * <p>Sources: ISO/IEC 14443-2 (carrier, bit duration), 14443-3 6.2.1 (frame delay times) and 6.2.3 (frames), 14443-4
 * clauses 5 (RATS, ATS) and 7 (blocks, chaining). Type A has no extra guard time between characters: EGT is type B's.
 */
public final class Air {
    /** FSC and FSD: the longest frame, CRC included. A PN532 announces 64 and its own buffer holds no more. */
    public static final int FRAME_BYTES = 64;

    /** PCB 1 and CRC 2 around the bytes of a block; neither CID nor NAD is used. */
    private static final int BLOCK_OVERHEAD_BYTES = 3;

    /** Carrier, in hertz. */
    private static final long CARRIER_HERTZ = 13_560_000;

    /** One bit lasts 128 periods of the carrier: 9.44 us. */
    private static final long BIT_PERIODS = 128;

    /** Eight bits and parity. */
    private static final int CHARACTER_BITS = 9;

    /** Start and end of a frame; the card's frame ends with no modulation for a bit, the reader's with a zero and a pause. */
    private static final int START_AND_END_BITS = 3;

    /** REQA has seven bits and no parity. */
    private static final int SHORT_FRAME_BITS = 7;

    /** Least pause before the card's frame, if the last bit was a one: the longer of the two cases. */
    private static final long CARD_DELAY_PERIODS = 1_236;

    /** Least pause before the reader's next frame. */
    private static final long READER_DELAY_PERIODS = 1_172;

    private static final long NANOS = 1_000_000_000;

    private Air() {}

    private static long periods(long count) {
        return count * NANOS / CARRIER_HERTZ;
    }

    private static long bits(long count) {
        return periods(count * BIT_PERIODS);
    }

    /** A standard frame of so many bytes, CRC included. */
    public static long frameNanos(int bytes) {
        return bits((long) bytes * CHARACTER_BITS + START_AND_END_BITS);
    }

    /** A frame of the reader and one of the card with the least pauses: before the card's, and before what comes next. */
    public static long pairNanos(int readerBytes, int cardBytes) {
        return frameNanos(readerBytes) + frameNanos(cardBytes) + pausesNanos();
    }

    private static long pausesNanos() {
        return periods(CARD_DELAY_PERIODS) + periods(READER_DELAY_PERIODS);
    }

    /**
     * From REQA to the end of the ATS, for an identifier of four bytes: REQA and ATQA, anticollision, SELECT and SAK, RATS
     * and ATS.
     *
     * @param historicalBytes that the card's ATS carries beside TL, T0, TA, TB and TC
     */
    public static long activationNanos(int historicalBytes) {
        long wake = bits(SHORT_FRAME_BITS + START_AND_END_BITS) + frameNanos(2) + pausesNanos();
        long anticollision = pairNanos(2, 5);
        long select = pairNanos(9, 3);
        long rats = pairNanos(4, 5 + historicalBytes + 2);
        return wake + anticollision + select + rats;
    }

    /** How many pairs of frames the activation takes. */
    public static int activationPairs() {
        return 4;
    }

    /** Into how many blocks so many bytes are cut. At least one. */
    public static int blocks(int bytes) {
        int inOne = FRAME_BYTES - BLOCK_OVERHEAD_BYTES;
        return Math.max(1, (bytes + inOne - 1) / inOne);
    }

    /** How many pairs of frames a command and its answer take: chained blocks are each met by an R(ACK). */
    public static int pairs(int commandBytes, int answerBytes) {
        return blocks(commandBytes) + blocks(answerBytes) - 1;
    }

    /** A command and its answer, the card's computing left out. */
    public static long exchangeNanos(int commandBytes, int answerBytes) {
        long acknowledgements = (blocks(commandBytes) - 1L) + (blocks(answerBytes) - 1L);
        return inBlocksNanos(commandBytes)
                + inBlocksNanos(answerBytes)
                + acknowledgements * frameNanos(BLOCK_OVERHEAD_BYTES)
                + pairs(commandBytes, answerBytes) * pausesNanos();
    }

    private static long inBlocksNanos(int bytes) {
        int inOne = FRAME_BYTES - BLOCK_OVERHEAD_BYTES;
        int last = bytes - (blocks(bytes) - 1) * inOne;
        return (blocks(bytes) - 1L) * frameNanos(FRAME_BYTES) + frameNanos(last + BLOCK_OVERHEAD_BYTES);
    }

    /** The card asks for more time, S(WTX), and the reader grants it: PCB, one byte, CRC each way. */
    public static long waitingTimeNanos() {
        return pairNanos(4, 4);
    }
}

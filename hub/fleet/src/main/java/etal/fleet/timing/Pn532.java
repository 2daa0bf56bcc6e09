package etal.fleet.timing;

/**
 * A PN532 on a serial line (NXP UM0701-02: frames 6.2.1, InListPassiveTarget 7.3.5, InDataExchange 7.3.8). Immutable.
 *
 * @param baud of the line, eight bits with start and stop
 */
public record Pn532(int baud) {
    /** The PN532's fastest that a Raspberry Pi's first serial port reaches too. */
    public static final Pn532 FAST = new Pn532(921_600);

    /** What a PN532 wakes up with. */
    public static final Pn532 SLOW = new Pn532(115_200);

    /** Assumed: the PN532's processor, an 80C51, takes a command apart and puts the answer together. */
    static final long COMMAND_NANOS = 1_500_000;

    /** Assumed: the same processor between the frames of one exchange, for each pair of frames. */
    static final long PAIR_NANOS = 400_000;

    /** Assumed: the terminal's driver and the kernel, woken for the acknowledgement and for the answer. */
    static final long DRIVER_NANOS = 500_000;

    private static final int ACKNOWLEDGEMENT_BYTES = 6;

    /** Preamble, start 2, length, its checksum; then checksum of the data and postamble. */
    private static final int FRAME_BYTES = 7;

    /** The length in two bytes behind a mark of two. */
    private static final int EXTENDED_BYTES = 3;

    private static final int NORMAL_DATA_MAX = 255;

    private static final int BITS_A_BYTE = 10;

    private static final long NANOS = 1_000_000_000;

    /** A frame around so many bytes, from TFI on. */
    public static int frameBytes(int data) {
        return data + FRAME_BYTES + (data > NORMAL_DATA_MAX ? EXTENDED_BYTES : 0);
    }

    /** So many bytes on the line. */
    public long lineNanos(int bytes) {
        return bytes * BITS_A_BYTE * NANOS / baud;
    }

    /** InDataExchange there and back: TFI, command and target before the command; TFI, command and status before the answer. */
    public long exchangeLineNanos(int commandBytes, int answerBytes) {
        return lineNanos(frameBytes(3 + commandBytes) + ACKNOWLEDGEMENT_BYTES + frameBytes(3 + answerBytes));
    }

    /** The answer to an InListPassiveTarget that was waiting: TFI, command, count, target, ATQA 2, SAK, UID 1 + 4, ATS. */
    public long foundLineNanos(int atsBytes) {
        return lineNanos(frameBytes(12 + atsBytes));
    }
}

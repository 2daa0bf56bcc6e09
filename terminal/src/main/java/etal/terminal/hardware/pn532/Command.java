package etal.terminal.hardware.pn532;

import java.util.Arrays;

/**
 * A command of the chip (UM0701-02, chapter 7).
 *
 * @param code the answer has the next one
 * @param parameters at most 263 bytes
 */
record Command(int code, byte[] parameters) {
    /** The most bytes of an APDU that one InDataExchange carries, either way. */
    static final int APDU_BYTES_MAX = 262;

    static final int MORE_FOLLOWS = 0x40;

    private static final int DIAGNOSE = 0x00;
    private static final int COMMUNICATION_LINE = 0x00;
    private static final int CARD_PRESENCE = 0x06;

    private static Command of(int code, int... parameters) {
        byte[] bytes = new byte[parameters.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) parameters[i];
        }
        return new Command(code, bytes);
    }

    /** The chip says these four bytes back. */
    static Command echo(int number) {
        return of(DIAGNOSE, COMMUNICATION_LINE, number >>> 24, number >>> 16, number >>> 8, number);
    }

    /** Whether the card of the last exchange still answers; it is asked with an R(NAK), which changes nothing in it. */
    static Command presence() {
        return of(DIAGNOSE, CARD_PRESENCE);
    }

    static Command firmwareVersion() {
        return of(0x02);
    }

    /** The rate of the serial line from the host's ACK on. */
    static Command serialBaudRate(int code) {
        return of(0x10, code);
    }

    /** Activates cards of part 4 by itself (automatic RATS), and frames keep their pre- and postambles. */
    static Command usualParameters() {
        return of(0x12, 0x14);
    }

    /** No security module; wakes the chip for good. */
    static Command normalMode() {
        return of(0x14, 0x01, 0x14, 0x01);
    }

    static Command field(boolean on) {
        return of(0x32, 0x01, on ? 1 : 0);
    }

    /** Time-outs for what has none of its own; a card of part 4 says its own. */
    static Command timings() {
        return of(0x32, 0x02, 0x00, 0x0B, 0x0A);
    }

    /** How often the chip looks for a card before it says that none is there. */
    static Command retries(int passiveActivation) {
        return of(0x32, 0x05, 0xFF, 0x01, passiveActivation);
    }

    /** Looks for up to two cards of type A at 106 kbit/s: one more than can be used. */
    static Command listTwo() {
        return of(0x4A, 0x02, 0x00);
    }

    /** Hands a piece of an APDU to a card, or asks for the next piece of its answer. */
    static Command exchange(int target, boolean moreFollows, byte[] apdu, int from, int to) {
        byte[] parameters = new byte[1 + to - from];
        parameters[0] = (byte) (moreFollows ? target | MORE_FOLLOWS : target);
        System.arraycopy(apdu, from, parameters, 1, to - from);
        return new Command(0x40, parameters);
    }

    /** Lets every card go. */
    static Command releaseAll() {
        return of(0x52, 0x00);
    }

    /** Whether an answer with this code is one to this command. */
    boolean isAnsweredBy(Frame.Answer answer) {
        return answer.code() == code + 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Command command
                && code == command.code
                && Arrays.equals(parameters, command.parameters);
    }

    @Override
    public int hashCode() {
        return 31 * code + Arrays.hashCode(parameters);
    }
}

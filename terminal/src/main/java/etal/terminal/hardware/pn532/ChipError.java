package etal.terminal.hardware.pn532;

/**
 * What the chip says instead of a card's answer (UM0701-02, 7.1), by what must be done next.
 *
 * <p>Each leaves open whether the card executed the command: what is lost may have been its answer.
 */
enum ChipError {
    TIME_OUT(0x01, Next.LOOK_WHETHER_IT_IS_THERE, "the card gave no answer"),
    CRC(0x02, Next.ASK_FOR_THE_CARD, "CRC error"),
    PARITY(0x03, Next.ASK_FOR_THE_CARD, "parity error"),
    BIT_COUNT(0x04, Next.ASK_FOR_THE_CARD, "erroneous bit count"),
    FRAMING(0x05, Next.ASK_FOR_THE_CARD, "framing error"),
    BIT_COLLISION(0x06, Next.ASK_FOR_THE_CARD, "bit collision"),
    BUFFER_TOO_SMALL(0x07, Next.START_THE_CHIP_AGAIN, "communication buffer too small"),
    RF_OVERFLOW(0x09, Next.ASK_FOR_THE_CARD, "RF buffer overflow"),
    FIELD_NOT_ON(0x0A, Next.ASK_FOR_THE_CARD, "RF field not switched on in time"),
    RF_PROTOCOL(0x0B, Next.ASK_FOR_THE_CARD, "RF protocol error"),
    OVERHEATED(0x0D, Next.START_THE_CHIP_AGAIN, "too hot, the antenna is off"),
    INTERNAL_OVERFLOW(0x0E, Next.START_THE_CHIP_AGAIN, "internal buffer overflow"),
    INVALID_PARAMETER(0x10, Next.START_THE_CHIP_AGAIN, "invalid parameter"),
    UNKNOWN_DEP_COMMAND(0x12, Next.ASK_FOR_THE_CARD, "unknown DEP command"),
    DATA_FORMAT(0x13, Next.ASK_FOR_THE_CARD, "the card's answer is none of ISO/IEC 14443-4"),
    AUTHENTICATION(0x14, Next.ASK_FOR_THE_CARD, "MIFARE authentication"),
    UID_CHECK(0x23, Next.ASK_FOR_THE_CARD, "check byte of the identifier"),
    INVALID_STATE(0x25, Next.START_THE_CHIP_AGAIN, "invalid device state"),
    NOT_ALLOWED(0x26, Next.START_THE_CHIP_AGAIN, "not allowed in this configuration"),
    OUT_OF_CONTEXT(0x27, Next.START_THE_CHIP_AGAIN, "the chip knows no such card any more"),
    RELEASED(0x29, Next.ASK_FOR_THE_CARD, "the card was released"),
    EXCHANGED(0x2A, Next.ASK_FOR_THE_CARD, "another card lies there"),
    DISAPPEARED(0x2B, Next.ASK_FOR_THE_CARD, "the card has disappeared"),
    NFCID3_MISMATCH(0x2C, Next.ASK_FOR_THE_CARD, "NFCID3 mismatch"),
    OVER_CURRENT(0x2D, Next.START_THE_CHIP_AGAIN, "over-current"),
    NO_NAD(0x2E, Next.ASK_FOR_THE_CARD, "NAD missing"),
    /** None of the manual's. */
    UNKNOWN(-1, Next.START_THE_CHIP_AGAIN, "an error that the manual does not know");

    /** What follows. */
    enum Next {
        /** The card is gone, or it is there and too slow: look which. */
        LOOK_WHETHER_IT_IS_THERE,
        /** The air was bad or the card is gone: reset the field and take the card anew. */
        ASK_FOR_THE_CARD,
        /** The chip has forgotten its state or protects itself: configure it anew. */
        START_THE_CHIP_AGAIN
    }

    private static final int ERROR_BITS = 0x3F;

    private final int code;
    private final Next next;
    private final String text;

    ChipError(int code, Next next, String text) {
        this.code = code;
        this.next = next;
        this.text = text;
    }

    /** What a status byte says that is not zero in its six lower bits. */
    static ChipError of(int status) {
        for (ChipError error : values()) {
            if (error.code == (status & ERROR_BITS)) {
                return error;
            }
        }
        return UNKNOWN;
    }

    /** Whether a status byte says that all went well. */
    static boolean none(int status) {
        return (status & ERROR_BITS) == 0;
    }

    Next next() {
        return next;
    }

    String text() {
        return text;
    }
}

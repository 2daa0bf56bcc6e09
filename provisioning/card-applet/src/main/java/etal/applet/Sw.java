package etal.applet;

/** The status words of the card, one per refusal, after {@code protocol/docs/card.md}. */
final class Sw {
    static final short WRONG_LENGTH = (short) 0x6700;
    static final short WRONG_MAC = (short) 0x6982;
    static final short NOT_NOW = (short) 0x6985;
    static final short OTHER_COUNTER = (short) 0x69C1;
    static final short BALANCE_BOUND = (short) 0x69C2;
    static final short OUT_OF_TURN = (short) 0x69C4;
    static final short ORDER_REFUSED = (short) 0x69C5;
    static final short TERMINAL_REFUSED = (short) 0x69C6;
    static final short BLOCKED = (short) 0x69C7;
    static final short NO_SUCH_DEBIT = (short) 0x69C8;
    static final short VOUCHER_EXPIRED = (short) 0x69C9;
    static final short MALFORMED = (short) 0x6A80;
    static final short NO_SUCH_RECORD = (short) 0x6A83;
    static final short WRONG_P1_P2 = (short) 0x6A86;
    static final short TERMINAL_UNKNOWN = (short) 0x6A88;
    static final short UNKNOWN_INS = (short) 0x6D00;
    static final short UNKNOWN_CLA = (short) 0x6E00;

    private Sw() {}
}

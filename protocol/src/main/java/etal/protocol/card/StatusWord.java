package etal.protocol.card;

/** The status words of the card, as docs/card.md names them. */
public final class StatusWord {
    /** Done. */
    public static final int DONE = 0x9000;
    /** The data has the wrong length. */
    public static final int WRONG_LENGTH = 0x6700;
    /** MAC wrong, or the terminal is unknown. */
    public static final int NOT_AUTHENTIC = 0x6982;
    /** Not now: not locked yet, locked already, or a second STATE after one SELECT. */
    public static final int NOT_NOW = 0x6985;
    /** The values cannot be. */
    public static final int WRONG_DATA = 0x6A80;
    /** No such record any more. */
    public static final int NO_SUCH_RECORD = 0x6A83;
    /** The card does not know this terminal: introduce it. */
    public static final int UNKNOWN_TERMINAL = 0x6A88;
    /** The counter seen is not the card's. */
    public static final int OTHER_COUNTER = 0x69C1;
    /** A purse would fall below zero, or rise beyond what it holds. */
    public static final int OUT_OF_FUNDS = 0x69C2;
    /** There is nothing to load; the voucher is taken already, too old or superseded; the key update is out of turn. */
    public static final int NOTHING_TO_LOAD = 0x69C4;
    /** Period token, voucher, block order or key update: of another fund or card, or not signed by the key it should be. */
    public static final int BAD_TOKEN = 0x69C5;
    /** The terminal's certificate is another fund's, not signed by the terminal CA, or out of date. */
    public static final int BAD_CERTIFICATE = 0x69C6;
    /** The card is blocked for good. */
    public static final int BLOCKED = 0x69C7;
    /** There is no debit of that sale that can (still) be cancelled. */
    public static final int NOTHING_TO_CANCEL = 0x69C8;
    /** The voucher's last period is over. */
    public static final int VOUCHER_ENDED = 0x69C9;
    /** SELECT: no such application on this card. */
    public static final int NO_SUCH_APPLICATION = 0x6A82;
    /** Unknown instruction. */
    public static final int UNKNOWN_INSTRUCTION = 0x6D00;
    /** Unknown class. */
    public static final int UNKNOWN_CLASS = 0x6E00;

    private StatusWord() {}
}

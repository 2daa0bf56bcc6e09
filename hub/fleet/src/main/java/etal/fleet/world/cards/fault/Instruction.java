package etal.fleet.world.cards.fault;

/** The card's commands in the field, by their INS (protocol/docs/card.md). */
public enum Instruction {
    /** Who are you. */
    SELECT(0xA4, false),
    /** How do you stand. */
    STATE(0x10, false),
    /** This terminal is let in. */
    INTRODUCE(0x12, true),
    /** Pay. */
    DEBIT(0x14, true),
    /** An older record. */
    READ_LOG(0x16, false),
    /** A month. */
    LOAD(0x18, true),
    /** Take it back. */
    CANCEL(0x1A, true),
    /** An order that brings something. */
    VOUCHER(0x1C, true),
    /** The end. */
    BLOCK(0x1E, true),
    /** Another key. */
    KEY_UPDATE(0x20, true),
    /** Any other. */
    OTHER(-1, false);

    private final int code;
    private final boolean writes;

    Instruction(int code, boolean writes) {
        this.code = code;
        this.writes = writes;
    }

    /** The command of that INS. */
    public static Instruction of(byte ins) {
        for (Instruction each : values()) {
            if (each.code == Byte.toUnsignedInt(ins)) {
                return each;
            }
        }
        return OTHER;
    }

    /** Whether a card that does it writes. */
    public boolean writes() {
        return writes;
    }
}

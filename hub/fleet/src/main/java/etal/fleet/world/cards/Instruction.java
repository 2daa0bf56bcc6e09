package etal.fleet.world.cards;

/** The card's commands in the field, by their INS (protocol/docs/card.md). */
enum Instruction {
    SELECT(0xA4, false),
    STATE(0x10, false),
    INTRODUCE(0x12, true),
    DEBIT(0x14, true),
    READ_LOG(0x16, false),
    LOAD(0x18, true),
    CANCEL(0x1A, true),
    VOUCHER(0x1C, true),
    BLOCK(0x1E, true),
    KEY_UPDATE(0x20, true),
    OTHER(-1, false);

    private final int code;
    private final boolean writes;

    Instruction(int code, boolean writes) {
        this.code = code;
        this.writes = writes;
    }

    static Instruction of(byte ins) {
        for (Instruction each : values()) {
            if (each.code == Byte.toUnsignedInt(ins)) {
                return each;
            }
        }
        return OTHER;
    }

    /** Whether a card that does it writes. */
    boolean writes() {
        return writes;
    }
}

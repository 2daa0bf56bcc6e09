package etal.terminal.ledger;

/** What a technical event can say; the numbers stand in the CDDL. */
public enum Technical {
    STARTED(1),
    STARTED_AFTER_POWER_CUT(2),
    STOPPED(3),
    READER_LOST(4),
    PRINTER_LOST(5),
    LEDGER_CHECKED(6),
    SECOND_MEDIUM_LOST(7),
    SECOND_MEDIUM_BACK(8),
    CARD_ROLLED_BACK(9),
    MESSAGE_REFUSED(10);

    private final int code;

    Technical(int code) {
        this.code = code;
    }

    /** As in the entry. */
    public int code() {
        return code;
    }
}

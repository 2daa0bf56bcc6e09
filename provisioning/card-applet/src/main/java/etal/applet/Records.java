package etal.applet;

import javacard.framework.Util;

/**
 * The ring of the last 16 records with their signatures. The newest record is also the card's state: its balances, its
 * counter and its period are the card's, so there is no second copy that could disagree. Nor is it written down which one
 * is the newest: their counters say so. So a record is in the ring by one write that is whole or does not happen.
 */
final class Records {
    static final short TAG = 0;
    static final short COUNTER = 2;
    static final short TERMINAL = 6;
    static final short SALE = 14;
    static final short DELTAS = 18;
    static final short BALANCES = 30;
    static final short PERIOD = 42;
    static final short TIME = 44;
    static final short INTENT = 48;

    /** Length of a record; its signature of 64 bytes stands behind it. */
    static final short LENGTH = 80;

    static final short SIGNATURE_LENGTH = 64;

    static final short TAG_DEBIT = (short) 0x4544;
    static final short TAG_LOAD = (short) 0x454C;
    static final short TAG_FIRST = (short) 0x4549;
    static final short TAG_CANCEL = (short) 0x4543;
    static final short TAG_ADD = (short) 0x4541;
    static final short TAG_SET = (short) 0x4553;
    static final short TAG_BLOCKED = (short) 0x4542;

    /** Terminal, epoch and sale, one behind the other: what a sale is called. */
    static final short SALE_NAME_LENGTH = 12;

    private static final short SLOT = 144;
    private static final short SLOTS = 16;

    final byte[] slots;
    private final byte[] ram;

    Records(byte[] ram) {
        this.ram = ram;
        slots = new byte[(short) (SLOT * SLOTS)];
    }

    /** Where in {@link #slots} the newest record stands. */
    short newest() {
        return (short) (ram[Ram.NEWEST] * SLOT);
    }

    /**
     * Finds the newest record, at SELECT. A place holds the counters that end in its number; from the first place on they
     * go up one by one until the newest, and what stands behind it is 16 older, or empty. Four looks find the end.
     */
    void findNewest() {
        short first = low((short) 0);
        short newest = 0;
        for (short step = SLOTS >> 1; step > 0; step >>= 1) {
            short place = (short) (newest + step);
            if ((short) (low(place) - place) == first) {
                newest = place;
            }
        }
        ram[Ram.NEWEST] = (byte) newest;
    }

    private short low(short place) {
        return Util.getShort(slots, (short) (place * SLOT + COUNTER + 2));
    }

    private short beforeNewest() {
        return (short) (((short) (ram[Ram.NEWEST] - 1) & 0x0F) * SLOT);
    }

    /** The card's period: the highest that a period token has shown it. */
    short period() {
        return Util.getShort(slots, (short) (newest() + PERIOD));
    }

    /** True when the newest record says so: none comes after it. */
    boolean blocked() {
        return Util.getShort(slots, newest()) == TAG_BLOCKED;
    }

    /**
     * Where the debit stands that bears this name of a sale; -1 when it has left the ring, or when it has been cancelled.
     * Of several debits of one name the newest counts, and a single cancellation is one for all of them: it stays in the
     * ring longer than they do.
     */
    short findUncancelledDebit(byte[] name, short at) {
        short found = (short) -1;
        for (short i = 0; i < SLOTS; i++) {
            short slot = (short) ((short) ((short) (ram[Ram.NEWEST] - i) & 0x0F) * SLOT);
            short tag = Util.getShort(slots, slot);
            if ((tag == TAG_DEBIT || tag == TAG_CANCEL)
                    && Util.arrayCompare(slots, (short) (slot + TERMINAL), name, at, SALE_NAME_LENGTH) == 0) {
                if (tag == TAG_CANCEL) {
                    return (short) -1;
                }
                if (found < 0) {
                    found = slot;
                }
            }
        }
        return found;
    }

    /** Where the record of this counter stands, or -1 when it never was or has left the ring. */
    short find(byte[] counter, short at) {
        short slot = (short) ((counter[(short) (at + 3)] & 0x0F) * SLOT);
        boolean written = slots[slot] != 0;
        boolean same = Util.arrayCompare(slots, (short) (slot + COUNTER), counter, at, Amount.LENGTH) == 0;
        return written && same ? slot : (short) -1;
    }

    /** Puts the record in the making and its signature, 144 bytes, into the ring: whole, or not at all. */
    void append() {
        Util.arrayCopy(ram, Ram.RECORD, slots, (short) (place() * SLOT), SLOT);
    }

    /** What was put into the ring is there for good, and the newest. */
    void advance() {
        ram[Ram.NEWEST] = place();
    }

    private byte place() {
        return (byte) (ram[(short) (Ram.RECORD + COUNTER + 3)] & 0x0F);
    }

    /** Writes the answer to what makes a record, 146 bytes, out of the newest record. */
    short answer(byte[] to, short at) {
        short record = newest();
        short end = Util.arrayCopyNonAtomic(slots, (short) (record + COUNTER), to, at, Amount.LENGTH);
        end = Util.arrayCopyNonAtomic(slots, (short) (record + BALANCES), to, end, (short) (TIME - BALANCES));
        end = Util.arrayCopyNonAtomic(slots, (short) (record + LENGTH), to, end, SIGNATURE_LENGTH);
        end = Util.arrayCopyNonAtomic(slots, (short) (beforeNewest() + LENGTH), to, end, SIGNATURE_LENGTH);
        return (short) (end - at);
    }
}

package etal.applet;

import javacard.framework.Util;

/**
 * The ring of the last 16 records with their signatures. The newest record is also the card's state: its balances, its
 * counter and its period are the card's, so there is no second copy that could disagree.
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

    private static final short SLOT = 144;
    private static final short SLOTS = 16;

    final byte[] slots;
    private byte head;

    Records() {
        slots = new byte[(short) (SLOT * SLOTS)];
    }

    /** Where in {@link #slots} the newest record stands. */
    short newest() {
        return (short) (head * SLOT);
    }

    private short beforeNewest() {
        return (short) (((short) (head - 1) & 0x0F) * SLOT);
    }

    /** Where the record of this counter stands, or -1 when it never was or has left the ring. */
    short find(byte[] counter, short at) {
        short slot = (short) ((counter[(short) (at + 3)] & 0x0F) * SLOT);
        boolean written = slots[slot] != 0;
        boolean same = Util.arrayCompare(slots, (short) (slot + COUNTER), counter, at, Amount.LENGTH) == 0;
        return written && same ? slot : (short) -1;
    }

    /** Puts record and signature, 144 bytes, into the ring. The caller holds the transaction. */
    void append(byte[] from, short at) {
        byte next = (byte) (from[(short) (at + COUNTER + 3)] & 0x0F);
        Util.arrayCopy(from, at, slots, (short) (next * SLOT), SLOT);
        head = next;
    }

    /** Writes the answer to DEBIT and LOAD, 146 bytes, out of the newest record. */
    short answer(byte[] to, short at) {
        short record = newest();
        short end = Util.arrayCopyNonAtomic(slots, (short) (record + COUNTER), to, at, Amount.LENGTH);
        end = Util.arrayCopyNonAtomic(slots, (short) (record + BALANCES), to, end, (short) (TIME - BALANCES));
        end = Util.arrayCopyNonAtomic(slots, (short) (record + LENGTH), to, end, SIGNATURE_LENGTH);
        end = Util.arrayCopyNonAtomic(slots, (short) (beforeNewest() + LENGTH), to, end, SIGNATURE_LENGTH);
        return (short) (end - at);
    }
}

package etal.applet;

import javacard.framework.ISOException;
import javacard.framework.Util;
import javacard.security.MessageDigest;

/**
 * What the fund orders under its issuing keys, whichever terminal brings it: LOAD's period tokens, vouchers, and the order
 * to block. Each counts once; what came last may be shown again and gets the same answer.
 */
final class Orders {
    private static final short TOKEN_TAG = (short) 0x4550;
    private static final short ADD_TAG = (short) 0x5641;
    private static final short SET_TAG = (short) 0x5653;
    private static final short BLOCK_TAG = (short) 0x5642;

    /** Behind terminal 4, epoch 4 and time 4. */
    private static final short ORDER = 12;

    private static final short TOKEN_LENGTH = 77;
    private static final short ADD_LENGTH = 102;
    private static final short SET_LENGTH = 106;
    private static final short BLOCK_LENGTH = 83;

    private static final short FUND = 2;
    private static final short CARD_ID = 6;
    private static final short TOKEN_PERIOD = 6;
    private static final short TOKEN_SLOT = 8;
    private static final short SLOT = 14;
    private static final short NUMBER = 15;
    private static final short LAST_PERIOD = 19;
    private static final short DELTAS = 22;
    private static final short ENTITLEMENT = 15;
    private static final short WINDOW_BITS = 64;

    private final byte[] ram;
    private final Records records;
    private final Identity identity;
    private final Payments payments;
    private final MonthLoad months;
    private final Ecdsa ecdsa;
    private final MessageDigest sha;

    Orders(byte[] ram, Records records, Identity identity, Payments payments, Ecdsa ecdsa, MessageDigest sha) {
        this.ram = ram;
        this.records = records;
        this.identity = identity;
        this.payments = payments;
        this.ecdsa = ecdsa;
        this.sha = sha;
        months = new MonthLoad(ram, records, identity.entitlement);
    }

    /**
     * LOAD, its MAC already found right.
     *
     * @param at where terminal 4, epoch 4, time 4 and the period token stand
     */
    void load(byte[] data, short at) {
        short token = (short) (at + ORDER);
        if (begins(Records.TAG_LOAD, data, at, TOKEN_LENGTH)) {
            check(TOKEN_TAG, data, token, TOKEN_SLOT, TOKEN_LENGTH);
            months.load(Util.getShort(data, (short) (token + TOKEN_PERIOD)));
            payments.settle();
        }
    }

    /**
     * VOUCHER, its MAC already found right.
     *
     * @param at where terminal 4, epoch 4, time 4 and the voucher stand
     * @param length of the voucher
     */
    void voucher(byte[] data, short at, short length) {
        short voucher = (short) (at + ORDER);
        short tag = Util.getShort(data, voucher);
        boolean adds = tag == ADD_TAG;
        if (begins(adds ? Records.TAG_ADD : Records.TAG_SET, data, at, length)) {
            if (length != (adds ? ADD_LENGTH : SET_LENGTH)) {
                ISOException.throwIt(Sw.MALFORMED);
            }
            check(adds ? ADD_TAG : SET_TAG, data, voucher, SLOT, length);
            if (adds) {
                add(data, voucher);
            } else {
                set(data, voucher);
            }
            payments.settle();
        }
    }

    /** BLOCK, its MAC already found right; behind terminal 4, epoch 4 and time 4 stands the order. */
    void block(byte[] data, short at) {
        if (begins(Records.TAG_BLOCKED, data, at, BLOCK_LENGTH)) {
            check(BLOCK_TAG, data, (short) (at + ORDER), SLOT, BLOCK_LENGTH);
            payments.settle();
        }
    }

    /** Makes a record without sale and deltas, and asks what comes before the order itself. False for a repeat. */
    private boolean begins(short tag, byte[] data, short at, short length) {
        short hash = (short) (Ram.RECORD + Records.INTENT);
        sha.reset();
        sha.doFinal(data, (short) (at + ORDER), length, ram, hash);
        short newest = records.newest();
        if (Util.getShort(records.slots, newest) == tag
                && Util.arrayCompare(records.slots, (short) (newest + Records.INTENT), ram, hash, (short) 32) == 0) {
            return false;
        }
        if (records.blocked()) {
            ISOException.throwIt(Sw.BLOCKED);
        }
        Util.setShort(ram, Ram.RECORD, tag);
        Util.arrayCopyNonAtomic(data, at, ram, (short) (Ram.RECORD + Records.TERMINAL), (short) 8);
        Util.arrayFillNonAtomic(ram, (short) (Ram.RECORD + Records.SALE), (short) 16, (byte) 0);
        Util.arrayCopyNonAtomic(data, (short) (at + 8), ram, (short) (Ram.RECORD + Records.TIME), Amount.LENGTH);
        return true;
    }

    /** Refuses an order of another kind, and one that the fund did not sign for this card: a token is for every card. */
    private void check(short tag, byte[] data, short order, short slotAt, short length) {
        byte slot = data[(short) (order + slotAt)];
        if (Util.getShort(data, order) != tag || slot < 0 || slot > 1) {
            ISOException.throwIt(Sw.MALFORMED);
        }
        boolean ours = same(data, (short) (order + FUND), Identity.FUND, Amount.LENGTH)
                && (tag == TOKEN_TAG
                        || same(data, (short) (order + CARD_ID), Identity.CARD_ID, Identity.CARD_ID_LENGTH));
        short signed = (short) (length - Records.SIGNATURE_LENGTH);
        if (!ours || !identity.trusted.signed((byte) (TrustedKeys.ISSUING + slot), data, order, signed, ecdsa)) {
            ISOException.throwIt(Sw.ORDER_REFUSED);
        }
    }

    private boolean same(byte[] data, short at, short inCertificate, short length) {
        return Util.arrayCompare(data, at, identity.certificate, inCertificate, length) == 0;
    }

    private void add(byte[] data, short voucher) {
        short number = (short) (voucher + NUMBER);
        short deltas = (short) (voucher + DELTAS);
        if (Amount.isZero(data, number) || Amount.areZero(data, deltas)) {
            ISOException.throwIt(Sw.MALFORMED);
        }
        if (Amount.isBelow(Util.getShort(data, (short) (voucher + LAST_PERIOD)), records.period())) {
            ISOException.throwIt(Sw.VOUCHER_EXPIRED);
        }
        takeNumber(data, number);
        Util.arrayCopyNonAtomic(data, number, ram, (short) (Ram.RECORD + Records.SALE), Amount.LENGTH);
        Util.arrayCopyNonAtomic(data, deltas, ram, (short) (Ram.RECORD + Records.DELTAS), (short) 12);
    }

    private void set(byte[] data, short voucher) {
        short entitlement = (short) (voucher + ENTITLEMENT);
        Identity.checkEntitlement(data, entitlement);
        short version = Util.getShort(data, (short) (entitlement + Identity.ENTITLEMENT_VERSION));
        if (!Amount.isBelow(Util.getShort(identity.entitlement, Identity.ENTITLEMENT_VERSION), version)) {
            ISOException.throwIt(Sw.OUT_OF_TURN);
        }
        Util.setShort(ram, (short) (Ram.RECORD + Records.SALE + 2), version);
        Util.arrayCopyNonAtomic(data, entitlement, ram, Ram.PENDING, Identity.ENTITLEMENT_LENGTH);
    }

    /** Prepares the window with one number more; refuses one that is taken, or too old to know. */
    private void takeNumber(byte[] data, short number) {
        byte[] window = identity.window;
        Util.arrayCopyNonAtomic(window, (short) 0, ram, Ram.PENDING, Identity.WINDOW_LENGTH);
        if (Amount.isBelow(window, Identity.HIGHEST, data, number)) {
            Amount.subtract(data, number, window, Identity.HIGHEST, ram, Ram.SUM);
            moveWindow(distance());
            Util.arrayCopyNonAtomic(data, number, ram, (short) (Ram.PENDING + Identity.HIGHEST), Amount.LENGTH);
            mark((short) 0);
        } else {
            Amount.subtract(window, Identity.HIGHEST, data, number, ram, Ram.SUM);
            short below = distance();
            if (below == WINDOW_BITS || !mark(below)) {
                ISOException.throwIt(Sw.OUT_OF_TURN);
            }
        }
    }

    /** The number at {@link Ram#SUM}, or 64 when it is that or more. */
    private short distance() {
        short low = Util.getShort(ram, (short) (Ram.SUM + 2));
        boolean near = Util.getShort(ram, Ram.SUM) == 0 && low >= 0 && low < WINDOW_BITS;
        return near ? low : WINDOW_BITS;
    }

    /** Shifts the bitmap at {@link Ram#PENDING}, 1 to 64 bits to the left. */
    private void moveWindow(short bits) {
        short whole = (short) (bits >> 3);
        short rest = (short) (bits & 7);
        for (short to = 0; to < Identity.HIGHEST; to++) {
            short from = (short) (to + whole);
            short left = from < Identity.HIGHEST ? (short) (ram[(short) (Ram.PENDING + from)] & 0xFF) : 0;
            from++;
            short right = from < Identity.HIGHEST ? (short) (ram[(short) (Ram.PENDING + from)] & 0xFF) : 0;
            // Both bytes as one number of 16 bits: what is shifted out of the right one comes into the left.
            short both = (short) ((short) (left << 8) | right);
            ram[(short) (Ram.PENDING + to)] = (byte) ((short) (both << rest) >> 8);
        }
    }

    /** Sets the bit so many below the highest number's in the bitmap at {@link Ram#PENDING}; false when it is set. */
    private boolean mark(short below) {
        short at = (short) (Ram.PENDING + Identity.HIGHEST - 1 - (short) (below >> 3));
        byte bit = (byte) (1 << (below & 7));
        if ((ram[at] & bit) != 0) {
            return false;
        }
        ram[at] = (byte) (ram[at] | bit);
        return true;
    }
}

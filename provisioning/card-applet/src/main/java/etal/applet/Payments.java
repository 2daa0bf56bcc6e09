package etal.applet;

import javacard.framework.ISOException;
import javacard.framework.JCSystem;
import javacard.framework.Util;

/**
 * What a terminal moves on its own word, DEBIT and CANCEL; and how every record is made: completed and signed in RAM, and
 * only then written, whole and together with all that it changes. Power lost at any moment leaves the old state or the new.
 */
final class Payments {
    private static final short COUNTER_SEEN = 12;
    private static final short DELTAS = 16;
    private static final short INTENT = 28;
    private static final short TIME = 60;
    private static final byte[] ZERO = {0, 0, 0, 0};

    private final byte[] ram;
    private final Records records;
    private final Identity identity;
    private final Ecdsa ecdsa;

    Payments(byte[] ram, Records records, Identity identity, Ecdsa ecdsa) {
        this.ram = ram;
        this.records = records;
        this.identity = identity;
        this.ecdsa = ecdsa;
    }

    /**
     * DEBIT, its MAC already found right.
     *
     * @param at where terminal 4, epoch 4, sale 4, counter seen 4, deltas 12, intent hash 32 and time 4 stand
     */
    void debit(byte[] data, short at) {
        if (begins(Records.TAG_DEBIT, data, at)) {
            checkDebit(data, (short) (at + DELTAS));
            settle();
        }
    }

    /** CANCEL, its MAC already found right; the data are laid out as DEBIT's. */
    void cancel(byte[] data, short at) {
        if (begins(Records.TAG_CANCEL, data, at)) {
            short debit = records.findUncancelledDebit(data, at);
            if (debit < 0 || Util.getShort(records.slots, (short) (debit + Records.PERIOD)) != records.period()) {
                ISOException.throwIt(Sw.NO_SUCH_DEBIT);
            }
            if (!isWithin(data, (short) (at + DELTAS), (short) (debit + Records.DELTAS))) {
                ISOException.throwIt(Sw.MALFORMED);
            }
            settle();
        }
    }

    /** Makes of the record all that the command says, and asks what comes before its values. False for a repeat. */
    private boolean begins(short tag, byte[] data, short at) {
        Util.setShort(ram, Ram.RECORD, tag);
        Util.arrayCopyNonAtomic(data, at, ram, (short) (Ram.RECORD + Records.TERMINAL), Records.SALE_NAME_LENGTH);
        Util.arrayCopyNonAtomic(data, (short) (at + DELTAS), ram, (short) (Ram.RECORD + Records.DELTAS), (short) 12);
        Util.arrayCopyNonAtomic(data, (short) (at + INTENT), ram, (short) (Ram.RECORD + Records.INTENT), (short) 32);
        Util.arrayCopyNonAtomic(data, (short) (at + TIME), ram, (short) (Ram.RECORD + Records.TIME), Amount.LENGTH);
        if (isRepeat(data, (short) (at + COUNTER_SEEN))) {
            return false;
        }
        if (records.blocked()) {
            ISOException.throwIt(Sw.BLOCKED);
        }
        short counter = (short) (records.newest() + Records.COUNTER);
        if (Util.arrayCompare(data, (short) (at + COUNTER_SEEN), records.slots, counter, Amount.LENGTH) != 0) {
            ISOException.throwIt(Sw.OTHER_COUNTER);
        }
        return true;
    }

    /** True when the newest record is of this very command, made at the counter that the terminal saw. */
    private boolean isRepeat(byte[] data, short counterSeen) {
        short counter = (short) (Ram.RECORD + Records.COUNTER);
        Util.arrayCopyNonAtomic(data, counterSeen, ram, counter, Amount.LENGTH);
        if (Amount.isLast(ram, counter)) {
            return false;
        }
        Amount.increment(ram, counter);
        short newest = records.newest();
        // Tag to deltas, then time and intent: all that is not the card's own to say.
        return Util.arrayCompare(records.slots, newest, ram, Ram.RECORD, Records.BALANCES) == 0
                && Util.arrayCompare(
                                records.slots,
                                (short) (newest + Records.TIME),
                                ram,
                                (short) (Ram.RECORD + Records.TIME),
                                (short) (Records.LENGTH - Records.TIME))
                        == 0;
    }

    /** A debit takes, and turns earnable into bonus; it never gives. */
    private void checkDebit(byte[] data, short at) {
        short bonus = (short) (at + 4);
        short earnable = (short) (at + 8);
        if (Amount.areZero(data, at) || Amount.isPositive(data, at) || Amount.isPositive(data, earnable)) {
            ISOException.throwIt(Sw.MALFORMED);
        }
        if (Amount.isPositive(data, bonus)) {
            // One positive, one not: the sum cannot wrap. What the bonus gains must come out of the earnable.
            Amount.add(data, bonus, data, earnable, ram, Ram.SUM);
            if (Amount.isPositive(ram, Ram.SUM)) {
                ISOException.throwIt(Sw.MALFORMED);
            }
        }
    }

    /** True when a cancellation's deltas are within the debit's: nothing comes back that did not go. */
    private boolean isWithin(byte[] data, short at, short debit) {
        short bonus = (short) (at + 4);
        short earnable = (short) (at + 8);
        if (Amount.areZero(data, at) || !isPart(data, at, debit) || !isPart(data, earnable, (short) (debit + 8))) {
            return false;
        }
        Amount.add(data, bonus, data, earnable, ram, Ram.SUM);
        // With a negative bonus the sum has 31 bits and a sign. Else both are positive, and it is 32 bits without one.
        if (Amount.isNegative(data, bonus) && Amount.isNegative(ram, Ram.SUM)) {
            return false;
        }
        // What went of both together: never negative, for no debit gives, and at most 32 bits without a sign.
        Amount.add(records.slots, (short) (debit + 4), records.slots, (short) (debit + 8), ram, Ram.OTHER_SUM);
        Amount.subtract(ZERO, (short) 0, ram, Ram.OTHER_SUM, ram, Ram.OTHER_SUM);
        return !Amount.isBelow(ram, Ram.OTHER_SUM, ram, Ram.SUM);
    }

    /** True when a number is not negative and, on top of one of a debit, which is not positive, not above zero. */
    private boolean isPart(byte[] data, short at, short debited) {
        Amount.add(data, at, records.slots, debited, ram, Ram.SUM);
        return !Amount.isNegative(data, at) && !Amount.isPositive(ram, Ram.SUM);
    }

    /** Completes the record with counter, balances and period, signs it in RAM and commits it with what goes along. */
    void settle() {
        nextCounter();
        short newest = records.newest();
        for (short purse = 0; purse < 12; purse += Amount.LENGTH) {
            short after = (short) (Ram.RECORD + Records.BALANCES + purse);
            Amount.add(
                    records.slots,
                    (short) (newest + Records.BALANCES + purse),
                    ram,
                    (short) (Ram.RECORD + Records.DELTAS + purse),
                    ram,
                    after);
            // A balance is 0 to 2^31-1: too little and too much both show in the top bit.
            if (Amount.isNegative(ram, after)) {
                ISOException.throwIt(Sw.BALANCE_BOUND);
            }
        }
        short tag = Util.getShort(ram, Ram.RECORD);
        if (tag != Records.TAG_LOAD) {
            Util.setShort(ram, (short) (Ram.RECORD + Records.PERIOD), records.period());
        }
        ecdsa.signRecord();
        if (tag == Records.TAG_ADD) {
            appendWith(identity.window, Identity.WINDOW_LENGTH);
        } else if (tag == Records.TAG_SET) {
            appendWith(identity.entitlement, Identity.ENTITLEMENT_LENGTH);
        } else {
            // One write alone needs no transaction to be whole, and costs a fifth of one.
            records.append();
        }
        records.advance();
    }

    private void appendWith(byte[] changed, short length) {
        JCSystem.beginTransaction();
        records.append();
        Util.arrayCopy(ram, Ram.PENDING, changed, (short) 0, length);
        JCSystem.commitTransaction();
    }

    private void nextCounter() {
        short counter = (short) (Ram.RECORD + Records.COUNTER);
        Util.arrayCopyNonAtomic(
                records.slots, (short) (records.newest() + Records.COUNTER), ram, counter, Amount.LENGTH);
        if (Amount.isLast(ram, counter)) {
            ISOException.throwIt(Sw.NOT_NOW);
        }
        Amount.increment(ram, counter);
    }

    /**
     * LOCK: the first record, the keys' generation and the mark go together. Its signature is at {@link Ram#SIGNATURE}.
     *
     * @param at where time 4 and generation 1 stand
     */
    void lock(byte[] data, short at) {
        Util.arrayFillNonAtomic(ram, Ram.RECORD, Records.LENGTH, (byte) 0);
        Util.setShort(ram, Ram.RECORD, Records.TAG_FIRST);
        Util.arrayCopyNonAtomic(data, at, ram, (short) (Ram.RECORD + Records.TIME), Amount.LENGTH);
        ecdsa.signRecord();
        JCSystem.beginTransaction();
        records.append();
        identity.trusted.begin(data[(short) (at + Amount.LENGTH)]);
        identity.lock();
        JCSystem.commitTransaction();
        records.advance();
    }
}

package etal.applet;

import javacard.framework.ISOException;
import javacard.framework.JCSystem;
import javacard.framework.Util;
import javacard.security.MessageDigest;

/**
 * What moves value: DEBIT, LOAD and, once, the first record. Each builds its record and signs it in RAM, and only then
 * opens the transaction in which the ring takes both: power lost at any moment leaves the old state or the new, whole.
 */
final class Payments {
    private static final short TOKEN_LENGTH = 77;
    private static final short TOKEN_SIGNED = 13;
    private static final short TOKEN_TAG = (short) 0x4550;

    private final byte[] ram;
    private final Records records;
    private final Identity identity;
    private final Ecdsa ecdsa;
    private final MessageDigest sha;

    Payments(byte[] ram, Records records, Identity identity, Ecdsa ecdsa, MessageDigest sha) {
        this.ram = ram;
        this.records = records;
        this.identity = identity;
        this.ecdsa = ecdsa;
        this.sha = sha;
    }

    /**
     * DEBIT, its MAC already found right.
     *
     * @param at where terminal 4, epoch 4, sale 4, counter seen 4, deltas 12, intent hash 32 and time 4 stand
     */
    void debit(byte[] data, short at) {
        buildDebit(data, at);
        if (isRepeat(data, at)) {
            return;
        }
        short newest = records.newest();
        if (Util.arrayCompare(data, (short) (at + 12), records.slots, (short) (newest + Records.COUNTER), Amount.LENGTH)
                != 0) {
            ISOException.throwIt(Sw.OTHER_COUNTER);
        }
        checkDeltas(data, (short) (at + 16));
        settle();
    }

    /** Everything of the record that the command says; counter, balances and period follow in {@link #settle}. */
    private void buildDebit(byte[] data, short at) {
        Util.setShort(ram, Ram.RECORD, Records.TAG_DEBIT);
        Util.arrayCopyNonAtomic(data, at, ram, (short) (Ram.RECORD + Records.TERMINAL), (short) 12);
        Util.arrayCopyNonAtomic(data, (short) (at + 16), ram, (short) (Ram.RECORD + Records.DELTAS), (short) 12);
        Util.arrayCopyNonAtomic(data, (short) (at + 28), ram, (short) (Ram.RECORD + Records.INTENT), (short) 32);
        Util.arrayCopyNonAtomic(data, (short) (at + 60), ram, (short) (Ram.RECORD + Records.TIME), Amount.LENGTH);
    }

    /** True when the newest record is this very debit, made at the counter that the terminal saw. */
    private boolean isRepeat(byte[] data, short at) {
        Util.arrayCopyNonAtomic(data, (short) (at + 12), ram, (short) (Ram.RECORD + Records.COUNTER), Amount.LENGTH);
        if (Amount.isLast(ram, (short) (Ram.RECORD + Records.COUNTER))) {
            return false;
        }
        Amount.increment(ram, (short) (Ram.RECORD + Records.COUNTER));
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

    /** A terminal takes, and turns earnable into bonus; it never gives. */
    private void checkDeltas(byte[] data, short at) {
        short bonus = (short) (at + 4);
        short earnable = (short) (at + 8);
        if (Amount.isZero(data, at, (short) 12) || Amount.isPositive(data, at) || Amount.isPositive(data, earnable)) {
            ISOException.throwIt(Sw.MALFORMED);
        }
        if (Amount.isPositive(data, bonus)) {
            // One positive, one not: the sum cannot wrap. What the bonus gains must come out of the earnable.
            Amount.add(data, bonus, data, earnable, ram, Ram.DIGEST);
            if (Amount.isPositive(ram, Ram.DIGEST)) {
                ISOException.throwIt(Sw.MALFORMED);
            }
        }
    }

    /**
     * LOAD, its MAC already found right.
     *
     * @param at where terminal 4, epoch 4, time 4 and the period token 77 stand
     */
    void load(byte[] data, short at) {
        short token = (short) (at + 12);
        sha.reset();
        sha.doFinal(data, token, TOKEN_LENGTH, ram, (short) (Ram.RECORD + Records.INTENT));
        short newest = records.newest();
        if (Util.getShort(records.slots, newest) == Records.TAG_LOAD
                && Util.arrayCompare(
                                records.slots,
                                (short) (newest + Records.INTENT),
                                ram,
                                (short) (Ram.RECORD + Records.INTENT),
                                (short) 32)
                        == 0) {
            return;
        }
        checkToken(data, token);
        short period = Util.getShort(data, (short) (token + 6));
        buildLoad(data, at, period, monthsDue(period));
        settle();
    }

    private void checkToken(byte[] data, short token) {
        byte slot = data[(short) (token + 8)];
        if (Util.getShort(data, token) != TOKEN_TAG || slot < 0 || slot > 1) {
            ISOException.throwIt(Sw.MALFORMED);
        }
        boolean ourFund =
                Util.arrayCompare(data, (short) (token + 2), identity.certificate, Identity.FUND, Amount.LENGTH) == 0;
        if (!ourFund || !ecdsa.verify(identity.trusted((short) (slot + 1)), data, token, TOKEN_SIGNED)) {
            ISOException.throwIt(Sw.TOKEN_REFUSED);
        }
    }

    /** How many months the token of that period brings, 1 to 12; refuses when it is none. */
    private short monthsDue(short period) {
        byte[] entitlement = identity.entitlement;
        short first = Util.getShort(entitlement, Identity.FIRST_PERIOD);
        short last = Util.getShort(entitlement, Identity.LAST_PERIOD);
        boolean due = Amount.isBelow(period(), period)
                && !Amount.isBelow(period, first)
                && !Amount.isBelow(last, period)
                && (Amount.isPositive(entitlement, Identity.AMOUNT)
                        || Amount.isPositive(entitlement, Identity.EARNABLE));
        if (!due) {
            ISOException.throwIt(Sw.NOTHING_TO_LOAD);
        }
        // What was loaded last, or the month before the first: then the first is above 0, for a period lies below it.
        short since = Amount.isBelow(period(), first) ? (short) (first - 1) : period();
        short months = (short) (period - since);
        short most = (short) (entitlement[Identity.CATCH_UP] + 1);
        return Amount.isBelow(most, months) ? most : months;
    }

    private void buildLoad(byte[] data, short at, short period, short months) {
        Util.setShort(ram, Ram.RECORD, Records.TAG_LOAD);
        Util.arrayCopyNonAtomic(data, at, ram, (short) (Ram.RECORD + Records.TERMINAL), (short) 8);
        Util.arrayFillNonAtomic(ram, (short) (Ram.RECORD + Records.SALE), (short) 16, (byte) 0);
        short before = (short) (records.newest() + Records.BALANCES);
        loadAllocation(before, months);
        Amount.subtract(
                identity.entitlement,
                Identity.EARNABLE,
                records.slots,
                (short) (before + 8),
                ram,
                (short) (Ram.RECORD + Records.DELTAS + 8));
        Util.setShort(ram, (short) (Ram.RECORD + Records.PERIOD), period);
        Util.arrayCopyNonAtomic(data, (short) (at + 8), ram, (short) (Ram.RECORD + Records.TIME), Amount.LENGTH);
    }

    /** The allocation's delta: the months come on top of what is kept. Added up one by one: cards cannot multiply. */
    private void loadAllocation(short before, short months) {
        byte[] entitlement = identity.entitlement;
        short after = (short) (Ram.RECORD + Records.BALANCES);
        boolean expires =
                Util.arrayCompare(records.slots, before, entitlement, Identity.KEEP, Amount.LENGTH) > 0;
        if (expires) {
            Util.arrayCopyNonAtomic(entitlement, Identity.KEEP, ram, after, Amount.LENGTH);
        } else {
            Util.arrayCopyNonAtomic(records.slots, before, ram, after, Amount.LENGTH);
        }
        for (short i = 0; i < months; i++) {
            Amount.add(ram, after, entitlement, Identity.AMOUNT, ram, after);
            // Two numbers of 31 bits: too much shows in the top bit, before a further one could hide it.
            if (Amount.isNegative(ram, after)) {
                ISOException.throwIt(Sw.BALANCE_BOUND);
            }
        }
        Amount.subtract(ram, after, records.slots, before, ram, (short) (Ram.RECORD + Records.DELTAS));
    }

    private void nextCounter() {
        short newest = records.newest();
        Util.arrayCopyNonAtomic(
                records.slots,
                (short) (newest + Records.COUNTER),
                ram,
                (short) (Ram.RECORD + Records.COUNTER),
                Amount.LENGTH);
        if (Amount.isLast(ram, (short) (Ram.RECORD + Records.COUNTER))) {
            ISOException.throwIt(Sw.NOT_NOW);
        }
        Amount.increment(ram, (short) (Ram.RECORD + Records.COUNTER));
    }

    /** Completes the record with counter and balances, signs it in RAM and commits. */
    private void settle() {
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
        if (Util.getShort(ram, Ram.RECORD) == Records.TAG_DEBIT) {
            Util.setShort(ram, (short) (Ram.RECORD + Records.PERIOD), period());
        }
        ecdsa.signRecord(identity.privateKey());
        JCSystem.beginTransaction();
        records.append(ram, Ram.RECORD);
        JCSystem.commitTransaction();
    }

    /** The card's period: the highest that a period token has shown it. */
    short period() {
        return Util.getShort(records.slots, (short) (records.newest() + Records.PERIOD));
    }

    /** LOCK: the first record and the mark go together. Its signature is at {@link Ram#SIGNATURE}. */
    void lock(byte[] time, short at) {
        Util.arrayFillNonAtomic(ram, Ram.RECORD, Records.LENGTH, (byte) 0);
        Util.setShort(ram, Ram.RECORD, Records.TAG_FIRST);
        Util.arrayCopyNonAtomic(time, at, ram, (short) (Ram.RECORD + Records.TIME), Amount.LENGTH);
        ecdsa.signRecord(identity.privateKey());
        JCSystem.beginTransaction();
        records.append(ram, Ram.RECORD);
        identity.lock();
        JCSystem.commitTransaction();
    }
}

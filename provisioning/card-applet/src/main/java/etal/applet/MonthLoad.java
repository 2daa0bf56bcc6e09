package etal.applet;

import javacard.framework.ISOException;
import javacard.framework.Util;

/** What a LOAD brings: "What a LOAD brings" in {@code protocol/docs/card.md}. */
final class MonthLoad {
    private final byte[] ram;
    private final Records records;
    private final byte[] entitlement;

    MonthLoad(byte[] ram, Records records, byte[] entitlement) {
        this.ram = ram;
        this.records = records;
        this.entitlement = entitlement;
    }

    /** Puts period and deltas into the record in the making; refuses a period that brings nothing. */
    void load(short period) {
        short months = monthsDue(period);
        short before = (short) (records.newest() + Records.BALANCES);
        loadAllocation(before, months);
        Amount.subtract(entitlement, Identity.EARNABLE, records.slots, (short) (before + 8), ram, (short)
                (Ram.RECORD + Records.DELTAS + 8));
        Util.setShort(ram, (short) (Ram.RECORD + Records.PERIOD), period);
    }

    /** How many months the token of that period brings, 1 to 12. */
    private short monthsDue(short period) {
        short first = Util.getShort(entitlement, Identity.FIRST_PERIOD);
        short last = Util.getShort(entitlement, Identity.LAST_PERIOD);
        short own = records.period();
        boolean due = Amount.isBelow(own, period)
                && !Amount.isBelow(period, first)
                && !Amount.isBelow(last, period)
                && (Amount.isPositive(entitlement, Identity.AMOUNT)
                        || Amount.isPositive(entitlement, Identity.EARNABLE));
        if (!due) {
            ISOException.throwIt(Sw.OUT_OF_TURN);
        }
        // What was loaded last, or the month before the first: then the first is above 0, for a period lies below it.
        short since = Amount.isBelow(own, first) ? (short) (first - 1) : own;
        short months = (short) (period - since);
        short most = (short) (entitlement[Identity.CATCH_UP] + 1);
        return Amount.isBelow(most, months) ? most : months;
    }

    /** The allocation's delta: the months come on top of what is kept. Added up one by one: cards cannot multiply. */
    private void loadAllocation(short before, short months) {
        short after = (short) (Ram.RECORD + Records.BALANCES);
        if (Amount.isBelow(entitlement, Identity.KEEP, records.slots, before)) {
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
}

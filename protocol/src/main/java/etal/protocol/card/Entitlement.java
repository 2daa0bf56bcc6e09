package etal.protocol.card;

import etal.protocol.cbor.Malformed;

/**
 * What a card may load each month, what of it stays, and until when: 23 bytes, "Entitlement" in docs/card.md. What a
 * load makes of it is {@link MonthLoad}. Immutable.
 *
 * @param amountCents a month's allocation, 0 to {@link Balances#PURSE_MAX}
 * @param earnableCents how much bonus can be earned until the next load, 0 to {@link Balances#PURSE_MAX}
 * @param keepCents how much of the old allocation stays at a load, 0 to {@link Balances#PURSE_MAX}, which keeps all
 * @param pointOfSale the only point of sale where the card pays, 32 bits unsigned; {@link #EVERYWHERE} for no such limit
 * @param firstPeriod first month, see {@link Period}
 * @param lastPeriod last month
 * @param catchUpMonths how many skipped months a load brings along, 0 to {@link #CATCH_UP_MAX}
 * @param version 0 to 65535; the highest wins
 */
public record Entitlement(
        long amountCents,
        long earnableCents,
        long keepCents,
        long pointOfSale,
        int firstPeriod,
        int lastPeriod,
        int catchUpMonths,
        int version) {
    /** Length of the whole, in bytes. */
    public static final int LENGTH = 23;

    /** The point of sale of a card that pays at all of them. */
    public static final long EVERYWHERE = 0;

    /** The most skipped months that a load brings along: with its own month, a year. */
    public static final int CATCH_UP_MAX = 11;

    /** The simple case: an amount each month that never expires, no bonus, every point of sale, skipped months lost. */
    public static Entitlement monthly(long amountCents, int firstPeriod, int lastPeriod, int version) {
        return new Entitlement(amountCents, 0, Balances.PURSE_MAX, EVERYWHERE, firstPeriod, lastPeriod, 0, version);
    }

    /** Reads the layout. */
    public static Entitlement decode(byte[] bytes) throws Malformed {
        Layout in = Layout.reading(bytes, LENGTH, "entitlement");
        Entitlement read = new Entitlement(
                in.uint32(), in.uint32(), in.uint32(), in.uint32(), in.uint16(), in.uint16(), in.uint8(), in.uint16());
        if (!read.fitsCard()) {
            throw new Malformed(
                    "entitlement: an amount is beyond 31 bits, or the months to catch up beyond " + CATCH_UP_MAX);
        }
        return read;
    }

    /** The 23 bytes. @throws IllegalArgumentException if a component is outside its bounds */
    public byte[] encode() {
        if (!fitsCard()) {
            throw new IllegalArgumentException(this + " does not fit a card");
        }
        return Layout.writing(LENGTH)
                .uint32(amountCents)
                .uint32(earnableCents)
                .uint32(keepCents)
                .uint32(pointOfSale)
                .uint16(firstPeriod)
                .uint16(lastPeriod)
                .uint8(catchUpMonths)
                .uint16(version)
                .written();
    }

    /** Whether the month is within the entitlement. */
    public boolean holdsIn(int period) {
        return period >= firstPeriod && period <= lastPeriod;
    }

    private boolean fitsCard() {
        return amountCents <= Balances.PURSE_MAX
                && earnableCents <= Balances.PURSE_MAX
                && keepCents <= Balances.PURSE_MAX
                && catchUpMonths <= CATCH_UP_MAX;
    }
}

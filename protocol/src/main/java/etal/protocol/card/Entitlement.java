package etal.protocol.card;

import etal.protocol.cbor.Malformed;

/**
 * What a card may load each month, and until when: 10 bytes. Immutable.
 *
 * @param amountCents a month's allocation, 0 to {@link Balances#PURSE_MAX}
 * @param firstPeriod first month, see {@link Period}
 * @param lastPeriod last month
 * @param version 0 to 65535; the highest wins
 */
public record Entitlement(long amountCents, int firstPeriod, int lastPeriod, int version) {
    /** Length of the whole, in bytes. */
    public static final int LENGTH = 10;

    /** Reads the layout. */
    public static Entitlement decode(byte[] bytes) throws Malformed {
        Layout in = Layout.reading(bytes, LENGTH, "entitlement");
        Entitlement read = new Entitlement(in.uint32(), in.uint16(), in.uint16(), in.uint16());
        if (read.amountCents > Balances.PURSE_MAX) {
            throw new Malformed("entitlement: the amount is beyond 31 bits");
        }
        return read;
    }

    /** The 10 bytes. @throws IllegalArgumentException if a component is outside its bounds */
    public byte[] encode() {
        if (amountCents > Balances.PURSE_MAX) {
            throw new IllegalArgumentException("the amount is beyond 31 bits");
        }
        return Layout.writing(LENGTH)
                .uint32(amountCents)
                .uint16(firstPeriod)
                .uint16(lastPeriod)
                .uint16(version)
                .written();
    }

    /**
     * Whether a card of this period would load something under a token of that one: the rule of LOAD in
     * docs/card.md, so that a terminal asks only when there is something to load.
     */
    public boolean loadable(int cardPeriod, int tokenPeriod) {
        return amountCents > 0 && tokenPeriod > cardPeriod && tokenPeriod >= firstPeriod && tokenPeriod <= lastPeriod;
    }
}

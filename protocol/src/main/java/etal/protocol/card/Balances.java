package etal.protocol.card;

/**
 * What a card's purses hold, in the unit's smallest part. Immutable.
 *
 * @param allocation may be spent on what the fund covers
 * @param bonus earned, spent like the allocation
 * @param earnable may still be turned into bonus; cannot be spent
 */
public record Balances(long allocation, long bonus, long earnable) {
    /** The most a purse on the card can hold. */
    public static final long PURSE_MAX = Integer.MAX_VALUE;

    /** An empty card. */
    public static final Balances NONE = new Balances(0, 0, 0);

    /** These balances after the deltas. @throws ArithmeticException beyond a long */
    public Balances plus(Deltas deltas) {
        return new Balances(
                Math.addExact(allocation, deltas.allocation()),
                Math.addExact(bonus, deltas.bonus()),
                Math.addExact(earnable, deltas.earnable()));
    }

    /** These balances before the deltas. @throws ArithmeticException beyond a long */
    public Balances minus(Deltas deltas) {
        return new Balances(
                Math.subtractExact(allocation, deltas.allocation()),
                Math.subtractExact(bonus, deltas.bonus()),
                Math.subtractExact(earnable, deltas.earnable()));
    }

    /** Whether a card can hold these: each from 0 to {@link #PURSE_MAX}. */
    public boolean fitsCard() {
        return fits(allocation) && fits(bonus) && fits(earnable);
    }

    private static boolean fits(long value) {
        return value >= 0 && value <= PURSE_MAX;
    }
}

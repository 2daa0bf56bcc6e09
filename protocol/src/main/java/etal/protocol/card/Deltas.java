package etal.protocol.card;

/**
 * What a payment or a load does to a card's purses, in the unit's smallest part. Immutable.
 *
 * <p>On the card each is a signed 32-bit integer; {@link #fitsCard()} says whether these are. Values read from
 * a ledger may be any long.
 *
 * @param allocation change of the allocation; never above 0 in a debit
 * @param bonus change of the bonus
 * @param earnable change of the bonus that can still be earned in the period
 */
public record Deltas(long allocation, long bonus, long earnable) {
    /** Nothing changes. */
    public static final Deltas NONE = new Deltas(0, 0, 0);

    /** Whether each value fits the card's signed 32-bit integer. */
    public boolean fitsCard() {
        return fits(allocation) && fits(bonus) && fits(earnable);
    }

    private static boolean fits(long value) {
        return value == (int) value;
    }
}

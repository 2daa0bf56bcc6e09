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

    /**
     * Whether a cancellation with these deltas stays within a debit, "What a CANCEL brings back" in docs/card.md: nothing
     * comes back that did not go, and bonus earned goes back with what it was earned from.
     */
    public boolean undoes(Deltas debit) {
        return !equals(NONE)
                && within(allocation, -debit.allocation)
                && within(earnable, -debit.earnable)
                && within(Math.addExact(bonus, earnable), -Math.addExact(debit.bonus, debit.earnable));
    }

    private static boolean within(long value, long most) {
        return value >= 0 && value <= most;
    }

    /** What undoes them whole. */
    public Deltas negated() {
        return new Deltas(Math.negateExact(allocation), Math.negateExact(bonus), Math.negateExact(earnable));
    }

    private static boolean fits(long value) {
        return value == (int) value;
    }
}

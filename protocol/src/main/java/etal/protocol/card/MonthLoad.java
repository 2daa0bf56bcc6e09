package etal.protocol.card;

import java.util.Optional;

/**
 * What a LOAD does to a card's purses: the rule of LOAD in docs/card.md, so that a terminal asks only when there is
 * something to load, and a hub finds again what a card has signed. Immutable.
 *
 * <p>The months due come on top of what stays of the old allocation; what is above the entitlement's {@code keepCents}
 * expires; what can still be earned is set anew, not added. Months due but beyond {@code catchUpMonths} are lost.
 *
 * @param months how many months it brings, 1 to {@link Entitlement#CATCH_UP_MAX} + 1
 * @param loadedCents what it brings
 * @param expiredCents what of the old allocation is lost
 * @param deltas what the card's record says of it
 */
public record MonthLoad(int months, long loadedCents, long expiredCents, Deltas deltas) {
    /**
     * The load of a card.
     *
     * @param before what its purses hold
     * @param cardPeriod the month of its last load, 0 for none
     * @param tokenPeriod the month that the token names
     * @return empty when the card would refuse: nothing is due, or it could not hold it
     */
    public static Optional<MonthLoad> of(Entitlement entitlement, Balances before, int cardPeriod, int tokenPeriod) {
        int months = monthsDue(entitlement, cardPeriod, tokenPeriod);
        return months < 1 ? Optional.empty() : ofMonths(entitlement, before, months);
    }

    /** The load of a card to which so many months are due, 1 or more; empty when it could not hold them. */
    public static Optional<MonthLoad> ofMonths(Entitlement entitlement, Balances before, int months) {
        long keptCents = Math.min(before.allocation(), entitlement.keepCents());
        long loadedCents = months * entitlement.amountCents();
        Balances after = new Balances(keptCents + loadedCents, before.bonus(), entitlement.earnableCents());
        if (!after.fitsCard()) {
            return Optional.empty();
        }
        Deltas deltas = new Deltas(after.allocation() - before.allocation(), 0, after.earnable() - before.earnable());
        return Optional.of(new MonthLoad(months, loadedCents, before.allocation() - keptCents, deltas));
    }

    /**
     * How many months a load brings; 0 when nothing is due. With a card's period of 0 it is the most that any card can
     * load under that token.
     */
    public static int monthsDue(Entitlement entitlement, int cardPeriod, int tokenPeriod) {
        boolean grants = entitlement.amountCents() > 0 || entitlement.earnableCents() > 0;
        if (!grants || !entitlement.holdsIn(tokenPeriod)) {
            return 0;
        }
        int since = lastSettled(entitlement, cardPeriod);
        return Math.clamp(tokenPeriod - since, 0, entitlement.catchUpMonths() + 1);
    }

    /** The last month of which nothing is due any more: the card's own, or the one before the entitlement begins. */
    public static int lastSettled(Entitlement entitlement, int cardPeriod) {
        return Math.max(cardPeriod, entitlement.firstPeriod() - 1);
    }
}

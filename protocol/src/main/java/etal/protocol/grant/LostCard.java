package etal.protocol.grant;

import etal.protocol.card.Balances;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Period;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * What a lost card can still cost, and from when on another may have its part without any risk. Immutable.
 *
 * <p>The bound: a terminal that has heard of the loss takes the card no more, and one that hears nothing takes no cards
 * after the scheme's days offline. Until then the card can spend what it held when last seen, with what it could still
 * earn, and what it can load in the months until then; {@link #riskCents} is all of it. It is what the fund risks if it
 * gives the part to another card at once; from {@link #safeFrom} on it risks nothing.
 *
 * @param throughPeriod the last month in which some terminal may still take the card
 * @param safeFrom the month from which another card can have its part
 * @param riskCents the most that can be spent with it until then
 */
public record LostCard(int throughPeriod, YearMonth safeFrom, long riskCents) {
    /**
     * Reckons it.
     *
     * @param state what the card may be holding as its entitlement
     * @param lastSeen its purses in its newest record that the hub knows
     * @param cardPeriod the month of its last load, 0 for none
     * @param denied the day on which it was denied
     * @param offlineDaysMost the scheme's days that a terminal may hear nothing
     */
    public static LostCard of(Held state, Balances lastSeen, int cardPeriod, LocalDate denied, int offlineDaysMost) {
        int through = Period.of(denied.plusDays(offlineDaysMost));
        int firstMonth = Period.of(denied);
        long loadCents = 0;
        int lastLoad = firstMonth - 1;
        for (Entitlement one : state.possible()) {
            int last = Math.min(one.lastPeriod(), through);
            lastLoad = Math.max(lastLoad, last);
            // Months before the loss count only as far as they can be caught up.
            int settled = Math.max(cardPeriod, Math.max(one.firstPeriod() - 1, firstMonth - 1 - one.catchUpMonths()));
            long months = Math.max(0, last - settled);
            loadCents = Math.max(loadCents, months * (one.amountCents() + one.earnableCents()));
        }
        long heldCents = lastSeen.allocation() + lastSeen.bonus() + lastSeen.earnable();
        return new LostCard(through, safeFrom(firstMonth, lastLoad), heldCents + loadCents);
    }

    /** After the last month that the card can still load, and never the month of the loss: that one it may have loaded. */
    private static YearMonth safeFrom(int lostPeriod, int lastLoad) {
        return Period.yearMonth(Math.max(lostPeriod, lastLoad) + 1);
    }
}

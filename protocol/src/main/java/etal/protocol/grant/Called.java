package etal.protocol.grant;

import etal.protocol.scheme.Contribution;

/**
 * What a household is asked to pay in a month, as the books take it. Immutable.
 *
 * @param promisedCents what it has promised
 * @param hoursCents what the hours it gave count, off balance; they stand for money up to what is promised
 * @param ownCents the part of the money up to its own allocation
 * @param surplusCents the rest: what it gives the others
 */
public record Called(long promisedCents, long hoursCents, long ownCents, long surplusCents) {
    private static final int MINUTES_AN_HOUR = 60;

    /** Divides what is asked in money into own part and surplus. */
    static Called of(long promisedCents, long hoursCents, long allocationCents) {
        long moneyCents = moneyCents(promisedCents, hoursCents);
        long ownCents = Math.min(moneyCents, allocationCents);
        return new Called(promisedCents, hoursCents, ownCents, moneyCents - ownCents);
    }

    static long moneyCents(long promisedCents, long hoursCents) {
        return Math.max(0, promisedCents - hoursCents);
    }

    /** What is asked in money. */
    public long moneyCents() {
        return ownCents + surplusCents;
    }

    /**
     * What time given to the fund counts, rounded down to the cent; nothing where the fund counts no hours.
     *
     * @param minutes given in the month; beyond the month's most nothing more is counted
     */
    public static long hoursCents(Contribution rules, int minutes) {
        if (minutes < 0) {
            throw new IllegalArgumentException("minutes: 0 or more");
        }
        return rules.hours()
                .map(hours ->
                        hours.hourCents() * Math.min(minutes, hours.hoursMost() * MINUTES_AN_HOUR) / MINUTES_AN_HOUR)
                .orElse(0L);
    }
}

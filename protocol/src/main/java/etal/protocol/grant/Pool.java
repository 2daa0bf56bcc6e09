package etal.protocol.grant;

import etal.protocol.scheme.Allocation;

/**
 * The contributions of a month, pooled and shared out evenly. Immutable; {@code sharesCents + carriedCents +
 * toReserveCents} is what was in the pool.
 *
 * @param shareCents what each member is credited, the mean rounded down
 * @param sharesCents all shares together
 * @param carriedCents what goes into the next month's pool
 * @param toReserveCents what goes into the reserve
 */
public record Pool(long shareCents, long sharesCents, long carriedCents, long toReserveCents) {
    /** No pool. */
    public static final Pool NONE = new Pool(0, 0, 0, 0);

    /**
     * Shares out.
     *
     * @param contributionsCents of this month
     * @param broughtCents what the month before carried over
     * @param members among how many; 0: all of it remains
     * @param mostCents at most so much a member
     */
    public static Pool share(
            long contributionsCents, long broughtCents, int members, long mostCents, Allocation.Remainder remainder) {
        if (contributionsCents < 0 || broughtCents < 0 || members < 0 || mostCents < 0) {
            throw new IllegalArgumentException("a pool holds nothing negative");
        }
        long poolCents = Math.addExact(contributionsCents, broughtCents);
        long shareCents = members == 0 ? 0 : Math.min(poolCents / members, mostCents);
        long sharesCents = shareCents * members;
        long restCents = poolCents - sharesCents;
        return switch (remainder) {
            case NEXT_MONTH -> new Pool(shareCents, sharesCents, restCents, 0);
            case RESERVE -> new Pool(shareCents, sharesCents, 0, restCents);
        };
    }
}

package etal.fleet.world.calm;

import etal.fleet.market.Household;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The members who stroll over the market, and what is left on their cards. A card is in one hand at a time, and the one
 * that has rested longest goes next. Safe for use by any thread.
 */
final class Purses {
    /** Nobody is at the next stall sooner; to the fund's evening that would look odd. */
    private static final Duration REST = Duration.ofSeconds(30);

    private final Deque<Resting> resting = new ArrayDeque<>();
    private final Map<Integer, Long> leftCents = new TreeMap<>();

    private record Resting(int household, Instant since) {}

    /** All cards are full; they go in this order. */
    Purses(List<Household> households) {
        for (Household household : households) {
            resting.add(new Resting(household.number(), Instant.EPOCH));
            leftCents.put(household.number(), household.entitlementCents());
        }
    }

    /** A member with money on the card; none when all have spent it, are at a stall, or have just been at one. */
    synchronized Optional<Integer> take(Instant now) {
        Resting first = resting.peek();
        if (first == null || first.since().isAfter(now.minus(REST))) {
            return Optional.empty();
        }
        resting.remove();
        return Optional.of(first.household());
    }

    /** The member has paid {@code cardCents} and strolls on; who has nothing left, or paid nothing, goes home. */
    synchronized void paid(int household, long cardCents, Instant now) {
        long left = leftCents.merge(household, -cardCents, Long::sum);
        if (cardCents > 0 && left > 0) {
            resting.add(new Resting(household, now));
        }
    }
}

package etal.fleet.auditor.errand;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What somebody wanted to buy, and had to pay: all that the auditor knows. Immutable but for what it is told on the way.
 *
 * @param entitlementCents what the card is loaded with, once
 * @param earnableCents what it may earn
 * @param rules which rules held when, where they change on the way; otherwise each purchase knows what it costs
 */
public record Wanted(List<Purchase> purchases, long entitlementCents, long earnableCents, Optional<Timetable> rules) {
    /**
     * One basket.
     *
     * @param sale the number under which the till knows it
     * @param cardCents what the card had to pay, worked out beforehand
     * @param earnedCents what it had to earn
     */
    public record Purchase(String key, long sale, long cardCents, long earnedCents) {}

    /** Rules of which a second version comes into force on the way. */
    public interface Timetable {
        /** Whether a till may have gone by that version, 1 or 2, when it asked the card. */
        boolean mayBe(long version, Instant asked);

        /** Whether the second version held at that moment. */
        boolean secondHolds(Instant asked);

        /** What a card that holds so much pays of that basket under a version. */
        long cardCents(long version, String key, long holdsCents);

        /** Hears which of the cases was met. */
        void met(long version, boolean late, boolean secondApplied);
    }
}

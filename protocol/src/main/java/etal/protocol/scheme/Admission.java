package etal.protocol.scheme;

import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/**
 * How households come in, and how long they stay. Immutable.
 *
 * @param way how they come in
 * @param placesMost at most so many households; {@link #NO_LIMIT} if there is none
 * @param term first and last month of a closed group, if it is one
 */
public record Admission(Way way, int placesMost, Optional<Term> term) {
    /** As many as come. */
    public static final int NO_LIMIT = Integer.MAX_VALUE;

    /** How households come in. */
    public sealed interface Way {
        /** Whoever asks, in the order of asking. */
        record Open() implements Way {}

        /** Nobody after the beginning. */
        record Closed() implements Way {}

        /**
         * A public draw.
         *
         * @param seedSource where the seed comes from, announced beforehand
         * @param drawMost at most so many households a draw
         * @param quotas places kept for groups
         * @param reserve what must hold after each admission
         */
        record Draw(String seedSource, int drawMost, List<Quota> quotas, Reserve reserve) implements Way {
            /** Takes its own copy of the list. */
            public Draw {
                quotas = List.copyOf(quotas);
            }
        }
    }

    /** At least this share of a draw's places goes to a group while it has candidates. */
    public record Quota(String group, int percent) {}

    /**
     * What the projection of the reserve starts from.
     *
     * @param availableCents what the fund holds today beyond all it owes
     * @param floorCents below which the projected reserve may not fall
     * @param monthsAhead how far it is projected
     * @param spentPercent how much of the allocation is really spent
     * @param monthlyIncomeCents what comes in a month besides contributions of the households drawn
     * @param monthlyCostCents what goes out a month besides their allocations
     */
    public record Reserve(
            long availableCents,
            long floorCents,
            int monthsAhead,
            int spentPercent,
            long monthlyIncomeCents,
            long monthlyCostCents) {}

    /** First and last month. */
    public record Term(YearMonth first, YearMonth last) {
        /** Whether a month lies within. */
        public boolean holds(YearMonth month) {
            return !month.isBefore(first) && !month.isAfter(last);
        }
    }
}

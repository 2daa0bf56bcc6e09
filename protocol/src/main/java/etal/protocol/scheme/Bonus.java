package etal.protocol.scheme;

import java.util.List;

/**
 * What the fund adds to the card when something it wants to see bought is bought. Immutable.
 *
 * @param percent of what the card pays for it
 * @param labels on lines that bear one of these; empty: on every covered line
 * @param families on lines of one of these; empty: of every family
 * @param places only at points of sale of these kinds or with these numbers
 * @param capPerPersonCents at most so much a person and month; {@link #NO_CAP} if there is none
 * @param capPerHouseholdCents at most so much a household and month; {@link #NO_CAP} if there is none
 * @param onAllocationOnly whether what is paid with bonus earns none itself
 * @param funder id of the funder who owes it, empty if the fund pays it itself
 */
public record Bonus(
        int percent,
        List<String> labels,
        List<String> families,
        Places places,
        long capPerPersonCents,
        long capPerHouseholdCents,
        boolean onAllocationOnly,
        String funder) {
    /** No cap. */
    public static final long NO_CAP = Integer.MAX_VALUE;

    /** Takes its own copies of the lists. */
    public Bonus {
        labels = List.copyOf(labels);
        families = List.copyOf(families);
    }

    /** Some points of sale: by kind or by number; none named means all. */
    public record Places(List<String> kinds, List<Long> ids) {
        /** All of them. */
        public static final Places ALL = new Places(List.of(), List.of());

        /** Takes its own copies of the lists. */
        public Places {
            kinds = List.copyOf(kinds);
            ids = List.copyOf(ids);
        }

        /** Whether a point of sale is one of them. */
        public boolean hold(long pointOfSale, String kind) {
            return kinds.isEmpty() && ids.isEmpty() || kinds.contains(kind) || ids.contains(pointOfSale);
        }
    }

    /** Whether what a line costs earns a bonus there. */
    public boolean earns(String family, List<String> lineLabels, long pointOfSale, String kind) {
        return places.hold(pointOfSale, kind)
                && (families.isEmpty() || families.contains(family))
                && (labels.isEmpty() || lineLabels.stream().anyMatch(labels::contains));
    }

    /** What a household can earn a month, as it is preloaded on its card. */
    public long earnableCents(int persons) {
        long byPersonsCents = capPerPersonCents == NO_CAP ? NO_CAP : capPerPersonCents * persons;
        return Math.min(NO_CAP, Math.min(byPersonsCents, capPerHouseholdCents));
    }
}

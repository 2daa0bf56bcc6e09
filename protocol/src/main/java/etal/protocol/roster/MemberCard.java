package etal.protocol.roster;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/**
 * A card of a household. A card that replaces another has its part from the month after the other's last: never both.
 * Immutable.
 *
 * @param id as in its certificate, hexadecimal
 * @param partPercent its share of what the household is given; 0 on all cards of a household: equal shares
 * @param first the first month in which it is given something
 * @param last the last one, if it is known
 * @param places the points of sale chosen for it, where the scheme has one chosen; by rising month
 */
public record MemberCard(
        String id, int partPercent, YearMonth first, Optional<YearMonth> last, List<ChosenPlace> places) {
    private static final int PERCENT_MAX = 100;

    /** @throws IllegalArgumentException if the part or the order of the months is impossible */
    public MemberCard {
        places = List.copyOf(places);
        if (partPercent < 0 || partPercent > PERCENT_MAX) {
            throw new IllegalArgumentException("part: 0 to " + PERCENT_MAX);
        }
        for (int at = 1; at < places.size(); at++) {
            if (!places.get(at).from().isAfter(places.get(at - 1).from())) {
                throw new IllegalArgumentException("places: months that rise");
            }
        }
    }

    /** A card without end, with an equal share, that pays everywhere. */
    public static MemberCard of(String id, YearMonth first) {
        return new MemberCard(id, 0, first, Optional.empty(), List.of());
    }

    /**
     * A choice of a point of sale.
     *
     * @param pointOfSale its number
     * @param from the first month in which it holds
     */
    public record ChosenPlace(long pointOfSale, YearMonth from) {
        /** Chosen on that day: it holds from the next month on, because the current one is on the card already. */
        public static ChosenPlace chosenOn(LocalDate day, long pointOfSale) {
            return new ChosenPlace(pointOfSale, YearMonth.from(day).plusMonths(1));
        }
    }

    /** Whether it is given something in a month. */
    public boolean isGivenIn(YearMonth month) {
        return !month.isBefore(first) && last.map(end -> !month.isAfter(end)).orElse(true);
    }

    /** The point of sale that holds in a month; empty as long as none was chosen. */
    public Optional<Long> pointOfSale(YearMonth month) {
        return places.stream()
                .filter(place -> !place.from().isAfter(month))
                .reduce((earlier, later) -> later)
                .map(ChosenPlace::pointOfSale);
    }

    /** The same card, ending with that month. */
    public MemberCard endingWith(YearMonth month) {
        return new MemberCard(id, partPercent, first, Optional.of(month), places);
    }

    /** The card that takes over this one's part after its last month. @throws IllegalStateException if it has none */
    public MemberCard replacedBy(String newId) {
        YearMonth end = last.orElseThrow(() -> new IllegalStateException("the card replaced has no last month"));
        return new MemberCard(newId, partPercent, end.plusMonths(1), Optional.empty(), places);
    }
}

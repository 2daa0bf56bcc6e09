package etal.fleet.market;

import etal.protocol.scheme.Scheme;
import java.time.YearMonth;
import java.util.SplittableRandom;

/**
 * A member household of the day; it has one card.
 *
 * @param number from 1
 * @param persons adults and children together
 * @param entitlementCents what the scheme gives it this month
 * @param contributionCents what it pays this month, by the scheme's grid
 */
public record Household(int number, int persons, long entitlementCents, long contributionCents) {
    /** How many persons live in a household: one in three live alone, one in twenty are five. */
    private static final int[] PERSONS = {1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 4, 4, 4, 4, 5};

    /** Yearly incomes are spread evenly up to this, for each person of a household. */
    private static final long INCOME_PER_PERSON_MAX_CENTS = 3_000_000;

    /** A household as chance brings it. */
    public static Household drawn(int number, Scheme scheme, SplittableRandom random) {
        return of(number, PERSONS[random.nextInt(PERSONS.length)], scheme, random);
    }

    /** A household of so many persons, with an income by chance. */
    public static Household of(int number, int persons, Scheme scheme, SplittableRandom random) {
        long incomeCents = random.nextLong(INCOME_PER_PERSON_MAX_CENTS) * persons;
        var living = etal.protocol.scheme.Household.ofAdults(persons);
        var range = scheme.contribution().range(living, incomeCents, 0);
        YearMonth month = YearMonth.from(scheme.holdsFrom());
        return new Household(number, persons, scheme.allocation().amountCents(living, month), range.leastCents());
    }

    /** The name in the members' list, such as {@code F0007}. */
    public String id() {
        return String.format(java.util.Locale.ROOT, "F%04d", number);
    }
}

package etal.protocol.scheme;

import java.util.List;

/**
 * What a household pays a month: a bracket by its income per part, moved by modulators, within bounds. Immutable.
 *
 * @param hypothese whether the figures are our assumption, where the sources are silent
 * @param furtherPersonPercent what each further person adds to the parts, in percent of the first
 * @param brackets in order of income, the first from 0
 * @param modulators what moves the amount
 * @param leastCents never less, whatever the modulators
 * @param mostCents never more
 */
public record Contribution(
        boolean hypothese,
        int furtherPersonPercent,
        List<Bracket> brackets,
        List<Modulator> modulators,
        long leastCents,
        long mostCents) {
    /** Takes its own copies of the lists. */
    public Contribution {
        brackets = List.copyOf(brackets);
        modulators = List.copyOf(modulators);
    }

    /** From this yearly income per part (inclusive), this amount a month. */
    public record Bracket(long incomeFromCents, long amountCents) {}

    /**
     * A circumstance that moves the contribution.
     *
     * @param id short name
     * @param name for people
     * @param changeCents added to the bracket's amount, mostly negative
     */
    public record Modulator(String id, String name, long changeCents) {}

    /**
     * What is asked of a household to place it; used at once and never stored.
     *
     * @param yearlyIncomeCents reference tax income, 0 or more
     * @param persons 1 to {@link Scheme.Allocation#PERSONS_MAX}
     * @param modulators ids of those that hold for it
     */
    public record Household(long yearlyIncomeCents, int persons, List<String> modulators) {
        private static final long INCOME_MAX_CENTS = 1_000_000_000_000L;

        /** @throws IllegalArgumentException if a number is outside its bounds */
        public Household {
            modulators = List.copyOf(modulators);
            if (yearlyIncomeCents < 0 || yearlyIncomeCents > INCOME_MAX_CENTS) {
                throw new IllegalArgumentException("yearly income: 0 to " + INCOME_MAX_CENTS);
            }
            if (persons < 1 || persons > Scheme.Allocation.PERSONS_MAX) {
                throw new IllegalArgumentException("persons: 1 to " + Scheme.Allocation.PERSONS_MAX);
            }
        }
    }

    /** The bracket of a household, counted from 0: all that is kept of its income. */
    public int bracket(Household household) {
        long partsPercent = 100 + (long) furtherPersonPercent * (household.persons() - 1);
        long incomePerPartCents = household.yearlyIncomeCents() * 100 / partsPercent;
        int found = 0;
        for (int index = 0; index < brackets.size(); index++) {
            if (brackets.get(index).incomeFromCents() <= incomePerPartCents) {
                found = index;
            }
        }
        return found;
    }

    /** What the household pays a month. A modulator's id that the scheme does not know changes nothing. */
    public long amountCents(Household household) {
        long amountCents = brackets.get(bracket(household)).amountCents();
        for (Modulator modulator : modulators) {
            if (household.modulators().contains(modulator.id())) {
                amountCents += modulator.changeCents();
            }
        }
        return Math.clamp(amountCents, leastCents, mostCents);
    }
}

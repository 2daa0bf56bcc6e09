package etal.protocol.scheme;

import java.util.List;
import java.util.Optional;

/**
 * What a household pays a month, and what else comes in. Immutable.
 *
 * @param basis how the amount of money comes about
 * @param hours whether hours given to the fund count; off balance
 * @param supportersLeastCents the least that somebody gives who takes no part; -1 if the fund has no supporters
 * @param overContribution whether a household may pay more than its basis says
 * @param budgetPercent what share of the budget the contributions should cover, 0 if the fund has no such aim
 * @param expectedMeanCents what the fund reckons with per household, 0 if it says nothing
 */
public record Contribution(
        Basis basis,
        Optional<Hours> hours,
        long supportersLeastCents,
        boolean overContribution,
        int budgetPercent,
        long expectedMeanCents) {

    /** How the amount of a month comes about. */
    public sealed interface Basis {
        /** No money is asked. */
        record None() implements Basis {}

        /**
         * The household chooses within bounds.
         *
         * @param leastCents for the first person
         * @param leastFurtherPersonCents more for each further person
         * @param mostCents never more
         */
        record Free(long leastCents, long leastFurtherPersonCents, long mostCents) implements Basis {}

        /** So much for the first person, so much for each further one. */
        record Fixed(long firstPersonCents, long furtherPersonCents) implements Basis {}

        /** A share of the monthly income, within bounds. */
        record IncomeShare(int permille, long leastCents, long mostCents) implements Basis {}

        /**
         * A bracket by yearly income per part, moved by modulators, within bounds.
         *
         * @param furtherPersonPercent what each further person adds to the parts, in percent of the first
         * @param brackets in order of income, the first from 0
         * @param modulators what moves the amount
         * @param leastCents never less, whatever the modulators
         * @param mostCents never more
         */
        record Grid(
                int furtherPersonPercent,
                List<Bracket> brackets,
                List<Modulator> modulators,
                long leastCents,
                long mostCents)
                implements Basis {
            /** Takes its own copies of the lists. */
            public Grid {
                brackets = List.copyOf(brackets);
                modulators = List.copyOf(modulators);
            }

            /** The bracket of a household, counted from 0: all that is kept of its income. */
            public int bracket(Household household, long yearlyIncomeCents) {
                long partsPercent = 100 + (long) furtherPersonPercent * (household.persons() - 1);
                long incomePerPartCents = yearlyIncomeCents * 100 / partsPercent;
                int found = 0;
                for (int index = 0; index < brackets.size(); index++) {
                    if (brackets.get(index).incomeFromCents() <= incomePerPartCents) {
                        found = index;
                    }
                }
                return found;
            }

            /** What a bracket pays with the modulators that hold; an id the scheme does not know changes nothing. */
            public long amountCents(int bracket, List<String> traits) {
                long amountCents = brackets.get(bracket).amountCents();
                for (Modulator modulator : modulators) {
                    if (traits.contains(modulator.id())) {
                        amountCents += modulator.changeCents();
                    }
                }
                return Math.clamp(amountCents, leastCents, mostCents);
            }
        }
    }

    /** From this yearly income per part (inclusive), this amount a month. */
    public record Bracket(long incomeFromCents, long amountCents) {}

    /**
     * A circumstance that moves the contribution.
     *
     * @param id short name, the trait of a household
     * @param name for people
     * @param changeCents added to the bracket's amount, mostly negative
     */
    public record Modulator(String id, String name, long changeCents) {}

    /**
     * Hours given to the fund.
     *
     * @param hourCents what an hour counts, off balance
     * @param hoursMost at most so many a household and month
     */
    public record Hours(long hourCents, int hoursMost) {}

    /** The highest yearly income asked for. */
    public static final long INCOME_MAX_CENTS = 1_000_000_000_000L;

    /** What a household may pay a month: from, to. */
    public record Range(long leastCents, long mostCents) {
        /** Whether an amount lies within. */
        public boolean holds(long amountCents) {
            return amountCents >= leastCents && amountCents <= mostCents;
        }
    }

    /**
     * What this household may pay a month; both ends are the same where the rules leave no choice.
     *
     * @param yearlyIncomeCents reference tax income, 0 to {@link #INCOME_MAX_CENTS}; asked for a grid or a share only
     * @param highestCents what nobody can go beyond, if over-contribution is free
     * @throws IllegalArgumentException if the income is outside its bounds
     */
    public Range range(Household household, long yearlyIncomeCents, long highestCents) {
        if (yearlyIncomeCents < 0 || yearlyIncomeCents > INCOME_MAX_CENTS) {
            throw new IllegalArgumentException("yearly income: 0 to " + INCOME_MAX_CENTS);
        }
        Range ruled = switch (basis) {
            case Basis.None none -> new Range(0, 0);
            case Basis.Free free ->
                new Range(
                        free.leastCents() + free.leastFurtherPersonCents() * (household.persons() - 1),
                        free.mostCents());
            case Basis.Fixed fixed ->
                only(fixed.firstPersonCents() + fixed.furtherPersonCents() * (household.persons() - 1));
            case Basis.IncomeShare share ->
                only(Math.clamp(
                        shareCents(yearlyIncomeCents, share.permille()), share.leastCents(), share.mostCents()));
            case Basis.Grid grid ->
                only(grid.amountCents(grid.bracket(household, yearlyIncomeCents), household.traits()));
        };
        return overContribution ? new Range(ruled.leastCents(), Math.max(ruled.mostCents(), highestCents)) : ruled;
    }

    private static Range only(long amountCents) {
        return new Range(amountCents, amountCents);
    }

    /** A twelfth of the year's income times the rate, rounded down: in the household's favour. */
    private static long shareCents(long yearlyIncomeCents, int permille) {
        return yearlyIncomeCents / 12 * permille / 1_000;
    }
}

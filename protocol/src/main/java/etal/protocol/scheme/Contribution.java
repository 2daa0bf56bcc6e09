package etal.protocol.scheme;

import etal.protocol.money.Rounding;
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

        /**
         * So much for the first person, so much for each further one, moved by modulators, never below nothing.
         *
         * @param modulators what moves the amount
         */
        record Fixed(long firstPersonCents, long furtherPersonCents, List<Modulator> modulators) implements Basis {
            /** Takes its own copy of the list. */
            public Fixed {
                modulators = List.copyOf(modulators);
            }

            /** The same for all, whatever their circumstances. */
            public Fixed(long firstPersonCents, long furtherPersonCents) {
                this(firstPersonCents, furtherPersonCents, List.of());
            }

            long amountCents(Household household) {
                long amountCents = firstPersonCents + furtherPersonCents * (household.persons() - 1);
                return Math.max(0, Modulator.moved(amountCents, modulators, household.traits()));
            }
        }

        /** A share of the monthly income, rounded, within bounds. */
        record IncomeShare(int permille, long leastCents, long mostCents, RoundTo rounding) implements Basis {
            /** To the cent. */
            public IncomeShare(int permille, long leastCents, long mostCents) {
                this(permille, leastCents, mostCents, RoundTo.CENT);
            }

            /** A twelfth of the year's income times the rate, rounded once. */
            long amountCents(long yearlyIncomeCents) {
                return Math.clamp(rounding.rounded(yearlyIncomeCents * permille, 12 * 1_000), leastCents, mostCents);
            }
        }

        /**
         * A bracket by income per part or by family quotient, moved by modulators, rounded, within bounds.
         *
         * @param measure what the brackets are counted in
         * @param parts by which a yearly income is divided; a quotient is divided already
         * @param brackets in order, the first from 0
         * @param modulators what moves the amount
         * @param rounding of the amount
         * @param leastCents never less, whatever the modulators
         * @param mostCents never more
         */
        record Grid(
                Measure measure,
                Parts parts,
                List<Bracket> brackets,
                List<Modulator> modulators,
                RoundTo rounding,
                long leastCents,
                long mostCents)
                implements Basis {
            /** Takes its own copies of the lists. */
            public Grid {
                brackets = List.copyOf(brackets);
                modulators = List.copyOf(modulators);
            }

            /**
             * The bracket of a household, counted from 0: all that is kept of its income.
             *
             * @param incomeCents the yearly income, or the monthly quotient if that is the measure
             */
            public int bracket(Household household, long incomeCents) {
                long measuredCents =
                        measure == Measure.QUOTIENT ? incomeCents : incomeCents * 100 / parts.percent(household);
                int found = 0;
                for (int index = 0; index < brackets.size(); index++) {
                    if (brackets.get(index).incomeFromCents() <= measuredCents) {
                        found = index;
                    }
                }
                return found;
            }

            /** What a bracket pays with the modulators that hold; an id the scheme does not know changes nothing. */
            public long amountCents(int bracket, List<String> traits) {
                long amountCents = Modulator.moved(brackets.get(bracket).amountCents(), modulators, traits);
                return Math.clamp(rounding.rounded(amountCents), leastCents, mostCents);
            }
        }
    }

    /** What moves the amount, whatever the basis. */
    public List<Modulator> modulators() {
        return switch (basis) {
            case Basis.Fixed fixed -> fixed.modulators();
            case Basis.Grid grid -> grid.modulators();
            default -> List.of();
        };
    }

    /** What the brackets of a grid are counted in. */
    public enum Measure {
        /** The yearly income per part. */
        INCOME,
        /** The family quotient (quotient familial), a monthly figure that its office has reckoned. */
        QUOTIENT
    }

    /**
     * By what an income is divided: 100 % for the first person, and so much for each further one.
     *
     * @param furtherPersonPercent what each further person adds, in percent of the first
     * @param childPercent what a further person below an age adds
     * @param childUnderYears that age; 0 if children count like others
     */
    public record Parts(int furtherPersonPercent, int childPercent, int childUnderYears) {
        long percent(Household household) {
            return 100
                    + household.ageYears().stream()
                            .skip(1)
                            .mapToLong(age -> age < childUnderYears ? childPercent : furtherPersonPercent)
                            .sum();
        }
    }

    /** Amounts in steps of so many cents. */
    public record RoundTo(long cents, Way way) {
        /** As reckoned. */
        public static final RoundTo CENT = new RoundTo(1, Way.NEAREST);

        /** Towards which step. */
        public enum Way {
            /** The lower one. */
            DOWN,
            /** The nearer one; from the middle, up. */
            NEAREST,
            /** The higher one. */
            UP
        }

        long rounded(long amountCents) {
            return rounded(amountCents, 1);
        }

        /** A fraction of cents, rounded once. */
        long rounded(long numerator, long denominator) {
            long step = Math.multiplyExact(denominator, cents);
            long below = Math.floorDiv(numerator, step) * cents;
            long over = Math.floorMod(numerator, step);
            return switch (way) {
                case DOWN -> below;
                case NEAREST -> over * 2 >= step ? below + cents : below;
                case UP -> over > 0 ? below + cents : below;
            };
        }
    }

    /** From this yearly income per part, or this quotient (inclusive), this amount a month. */
    public record Bracket(long incomeFromCents, long amountCents) {}

    /**
     * A circumstance that moves the contribution.
     *
     * @param id short name, the trait of a household
     * @param name for people
     * @param changeCents added to the amount, mostly negative
     * @param changePercent of the amount before any modulator, added too, half even
     */
    public record Modulator(String id, String name, long changeCents, int changePercent) {
        /** By an amount only. */
        public Modulator(String id, String name, long changeCents) {
            this(id, name, changeCents, 0);
        }

        private static long moved(long amountCents, List<Modulator> modulators, List<String> traits) {
            long moved = amountCents;
            for (Modulator modulator : modulators) {
                if (traits.contains(modulator.id())) {
                    long shareCents = Rounding.percentHalfEven(amountCents, Math.abs(modulator.changePercent()));
                    moved += modulator.changeCents() + Integer.signum(modulator.changePercent()) * shareCents;
                }
            }
            return moved;
        }
    }

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
     * @param yearlyIncomeCents reference tax income, or the monthly quotient where a grid counts in it, 0 to
     *     {@link #INCOME_MAX_CENTS}; asked for a grid or a share only
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
            case Basis.Fixed fixed -> only(fixed.amountCents(household));
            case Basis.IncomeShare share -> only(share.amountCents(yearlyIncomeCents));
            case Basis.Grid grid ->
                only(grid.amountCents(grid.bracket(household, yearlyIncomeCents), household.traits()));
        };
        return overContribution ? new Range(ruled.leastCents(), Math.max(ruled.mostCents(), highestCents)) : ruled;
    }

    private static Range only(long amountCents) {
        return new Range(amountCents, amountCents);
    }
}

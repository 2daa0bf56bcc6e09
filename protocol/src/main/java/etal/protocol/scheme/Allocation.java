package etal.protocol.scheme;

import java.time.YearMonth;
import java.util.List;

/**
 * What a household is given a month. Immutable.
 *
 * @param basis how the amount comes about
 * @param personsMost at most so many persons of a household count
 * @param mostCents at most this much a household and month, after the supplements
 * @param supplements what some circumstance adds
 * @param months the months of the year, 1 to 12, in which it is given; empty: in all of them
 */
public record Allocation(
        Basis basis, int personsMost, long mostCents, List<Supplement> supplements, List<Integer> months) {
    /** Takes its own copies of the lists. */
    public Allocation {
        supplements = List.copyOf(supplements);
        months = List.copyOf(months);
    }

    /** Given in every month of the year. */
    public Allocation(Basis basis, int personsMost, long mostCents, List<Supplement> supplements) {
        this(basis, personsMost, mostCents, supplements, List.of());
    }

    /** How the amount of a month comes about. */
    public sealed interface Basis {
        /** Nothing on the card: the fund helps by prices alone. */
        record None() implements Basis {}

        /** The same for every household, whoever lives there. */
        record Fixed(long amountCents) implements Basis {}

        /** The same for each person. */
        record PerPerson(long amountCents) implements Basis {}

        /** One amount for the first person, another for each further one, adult or child. */
        record FirstAndFurther(long firstPersonCents, long furtherPersonCents) implements Basis {}

        /**
         * By the number of persons.
         *
         * @param amountsCents of a household of one, of two, and so on
         * @param furtherPersonCents more for each person beyond those
         */
        record BySize(List<Long> amountsCents, long furtherPersonCents) implements Basis {
            /** Takes its own copy of the list. */
            public BySize {
                amountsCents = List.copyOf(amountsCents);
            }

            long amountCents(int persons) {
                int named = Math.min(persons, amountsCents.size());
                return amountsCents.get(named - 1) + furtherPersonCents * (persons - named);
            }
        }

        /**
         * One amount for an adult, another for a child below an age; the first of each may count otherwise.
         *
         * @param firstAdultCents for the oldest adult
         * @param adultCents for each further one
         * @param firstChildCents for the oldest child
         * @param childCents for each further one
         * @param childUnderYears below this age a person is a child
         */
        record AdultsAndChildren(
                long firstAdultCents, long adultCents, long firstChildCents, long childCents, int childUnderYears)
                implements Basis {
            /** All adults alike, all children alike. */
            public AdultsAndChildren(long adultCents, long childCents, int childUnderYears) {
                this(adultCents, adultCents, childCents, childCents, childUnderYears);
            }

            long amountCents(List<Integer> ageYears) {
                long children =
                        ageYears.stream().filter(age -> age < childUnderYears).count();
                return row(ageYears.size() - children, firstAdultCents, adultCents)
                        + row(children, firstChildCents, childCents);
            }

            private static long row(long persons, long firstCents, long furtherCents) {
                return persons == 0 ? 0 : firstCents + furtherCents * (persons - 1);
            }
        }

        /**
         * By age: the first step whose age a person is below. The oldest person may count otherwise.
         *
         * @param firstPersonCents for the oldest person; -1 if that person counts like the others
         * @param steps by rising age
         * @param otherCents for whoever is above all steps
         */
        record AgeSteps(long firstPersonCents, List<Step> steps, long otherCents) implements Basis {
            /** Takes its own copy of the list. */
            public AgeSteps {
                steps = List.copyOf(steps);
            }

            /** Persons below this age get this amount. */
            public record Step(int underYears, long amountCents) {}
        }

        /** The same for each person within a cycle of months; another cycle may bring another amount. */
        record Cycles(List<Cycle> cycles) implements Basis {
            /** Takes its own copy of the list. */
            public Cycles {
                cycles = List.copyOf(cycles);
            }

            /** From this month on, this amount. */
            public record Cycle(YearMonth from, long amountCents) {}
        }

        /** The month's contributions are pooled, and each member is credited the same share of them. */
        record PooledMean(Remainder remainder) implements Basis {}
    }

    /** Where the cents go that a pool does not share out. */
    public enum Remainder {
        /** Into the next month's pool. */
        NEXT_MONTH,
        /** Into the fund's reserve. */
        RESERVE
    }

    /**
     * A circumstance that adds to the allocation.
     *
     * @param id short name, the trait of a household
     * @param name for people
     * @param amountCents added once a household and month
     */
    public record Supplement(String id, String name, long amountCents) {}

    /** Whether the card carries value at all. */
    public boolean onCard() {
        return !(basis instanceof Basis.None);
    }

    /** Whether there is an allocation in that month at all. */
    public boolean isGivenIn(YearMonth month) {
        return months.isEmpty() || months.contains(month.getMonthValue());
    }

    /**
     * A month's allocation of a household. A pooled mean is known only when the month's contributions are: here it is 0,
     * see {@code etal.protocol.grant}.
     */
    public long amountCents(Household household, YearMonth month) {
        if (!isGivenIn(month)) {
            return 0;
        }
        List<Integer> counted = household.ageYears().stream().limit(personsMost).toList();
        long amountCents = switch (basis) {
            case Basis.None none -> 0;
            case Basis.Fixed(long fixedCents) -> fixedCents;
            case Basis.PerPerson(long personCents) -> personCents * counted.size();
            case Basis.FirstAndFurther(long firstCents, long furtherCents) ->
                firstCents + furtherCents * (counted.size() - 1);
            case Basis.BySize sizes -> sizes.amountCents(counted.size());
            case Basis.AdultsAndChildren adultsAndChildren -> adultsAndChildren.amountCents(counted);
            case Basis.AgeSteps ages -> byAge(ages, counted);
            case Basis.Cycles(List<Basis.Cycles.Cycle> cycles) -> inCycle(cycles, month) * counted.size();
            case Basis.PooledMean pooled -> 0;
        };
        for (Supplement supplement : supplements) {
            if (household.traits().contains(supplement.id())) {
                amountCents += supplement.amountCents();
            }
        }
        return Math.min(amountCents, mostCents);
    }

    private static long byAge(Basis.AgeSteps ages, List<Integer> counted) {
        long sumCents = 0;
        for (int at = 0; at < counted.size(); at++) {
            sumCents += at == 0 && ages.firstPersonCents() >= 0 ? ages.firstPersonCents() : step(ages, counted.get(at));
        }
        return sumCents;
    }

    private static long step(Basis.AgeSteps ages, int ageYears) {
        return ages.steps().stream()
                .filter(step -> ageYears < step.underYears())
                .findFirst()
                .map(Basis.AgeSteps.Step::amountCents)
                .orElse(ages.otherCents());
    }

    /** The newest cycle that has begun; before the first there is nothing. */
    private static long inCycle(List<Basis.Cycles.Cycle> cycles, YearMonth month) {
        long amountCents = 0;
        for (Basis.Cycles.Cycle cycle : cycles) {
            if (!cycle.from().isAfter(month)) {
                amountCents = cycle.amountCents();
            }
        }
        return amountCents;
    }
}

package etal.protocol.scheme.file;

import etal.protocol.card.Balances;
import etal.protocol.money.Rounding;
import etal.protocol.reading.Phrase;
import etal.protocol.reading.Section;
import etal.protocol.scheme.Allocation;
import etal.protocol.scheme.Allocation.Basis;
import etal.protocol.scheme.Household;
import java.util.ArrayList;
import java.util.List;

/** Reads the section {@code allocation}. Immutable. */
record AllocationPart(Amounts amounts) {
    private static final List<String> KINDS = List.of(
            "none",
            "fixed",
            "perPerson",
            "household",
            "householdSize",
            "adultChild",
            "ageSteps",
            "cycles",
            "pooledMean");
    private static final int YEARS_MAX = 130;
    private static final int SHARE_PERCENT_MAX = 200;

    Allocation read(Section section) {
        Basis basis = basis(section);
        Allocation read = new Allocation(
                basis,
                Amounts.whole(section, "personsMost", 1, Household.PERSONS_MAX, Household.PERSONS_MAX),
                amounts.of(section, "most", Balances.PURSE_MAX),
                section.has("supplements") ? section.sections("supplements", 0, 20, this::supplement) : List.of(),
                section.has("months")
                        ? section.wholes("months", 12, 1, 12).stream()
                                .map(Long::intValue)
                                .toList()
                        : List.of());
        section.close();
        return read;
    }

    private Basis basis(Section section) {
        return switch (section.word("kind", KINDS)) {
            case "fixed" -> new Basis.Fixed(amounts.of(section, "amount"));
            case "perPerson" -> new Basis.PerPerson(amounts.of(section, "amount"));
            case "household" ->
                new Basis.FirstAndFurther(amounts.of(section, "firstPerson"), amounts.of(section, "furtherPerson"));
            case "householdSize" -> new Basis.BySize(sizes(section), amounts.of(section, "furtherPerson"));
            case "adultChild" -> adultsAndChildren(section);
            case "ageSteps" -> ageSteps(section);
            case "cycles" ->
                new Basis.Cycles(section.sections(
                        "cycles",
                        1,
                        60,
                        cycle -> new Basis.Cycles.Cycle(cycle.month("from"), amounts.of(cycle, "amount"))));
            case "pooledMean" ->
                new Basis.PooledMean(
                        section.word("remainder", List.of("nextMonth", "reserve"))
                                        .equals("reserve")
                                ? Allocation.Remainder.RESERVE
                                : Allocation.Remainder.NEXT_MONTH);
            default -> new Basis.None();
        };
    }

    /** Persons 1, 2, 3 and so on, as they stand in the file for whoever reads it. */
    private List<Long> sizes(Section section) {
        List<Long> persons = new ArrayList<>();
        List<Long> amountsCents = section.sections("sizes", 1, Household.PERSONS_MAX, size -> {
            persons.add(size.whole("persons", 1, Household.PERSONS_MAX));
            return amounts.of(size, "amount");
        });
        for (int at = 0; at < persons.size(); at++) {
            if (persons.get(at) != at + 1) {
                section.refuse(
                        "sizes",
                        Phrase.of("size {0} out of order", at + 1),
                        Phrase.of("persons 1, 2, 3 and so on, none left out"));
                break;
            }
        }
        return amountsCents.isEmpty() ? List.of(0L) : amountsCents;
    }

    private Basis adultsAndChildren(Section section) {
        long adultCents = amounts.of(section, "adult");
        long childCents = amounts.of(section, "child");
        return new Basis.AdultsAndChildren(
                amounts.of(section, "firstAdult", adultCents),
                adultCents,
                amounts.of(section, "firstChild", childCents),
                childCents,
                (int) section.whole("childUnder", 1, YEARS_MAX));
    }

    private Basis ageSteps(Section section) {
        long othersCents = amounts.of(section, "others");
        return new Basis.AgeSteps(
                amounts.of(section, "firstPerson", -1),
                section.sections(
                        "ages",
                        1,
                        20,
                        step -> new Basis.AgeSteps.Step(
                                (int) step.whole("under", 1, YEARS_MAX), stepCents(step, othersCents))),
                othersCents);
    }

    /** An amount, or a share of what the others get. */
    private long stepCents(Section step, long othersCents) {
        return step.has("percent")
                ? Rounding.percentHalfEven(othersCents, (int) step.whole("percent", 0, SHARE_PERCENT_MAX))
                : amounts.of(step, "amount");
    }

    private Allocation.Supplement supplement(Section section) {
        return new Allocation.Supplement(
                Amounts.id(section, "id"), Amounts.name(section), amounts.of(section, "amount"));
    }

    /** What does not fit together, each part being well-formed. */
    static void check(Section section, Allocation allocation, long loadCapCents) {
        switch (allocation.basis()) {
            case Basis.AgeSteps ages -> {
                if (!rising(ages.steps().stream()
                        .mapToLong(Basis.AgeSteps.Step::underYears)
                        .toArray())) {
                    section.refuse("ages", "ages out of order", "ages that rise");
                }
            }
            case Basis.Cycles cycles -> {
                long[] months = cycles.cycles().stream()
                        .mapToLong(cycle ->
                                cycle.from().getYear() * 12L + cycle.from().getMonthValue())
                        .toArray();
                if (!rising(months)) {
                    section.refuse("cycles", "cycles out of order", "months that rise");
                }
            }
            default -> {}
        }
        if (Checks.twice(allocation.supplements(), Allocation.Supplement::id)) {
            section.refuse("supplements", "an id twice", "each id once");
        }
        smallest(section, allocation.basis(), loadCapCents);
    }

    /** A household of one must be able to load its month; the field named is the one that holds the amount. */
    private static void smallest(Section section, Basis basis, long loadCapCents) {
        String field = switch (basis) {
            case Basis.FirstAndFurther of when of.firstPersonCents() > loadCapCents -> "firstPerson";
            case Basis.Fixed of when of.amountCents() > loadCapCents -> "amount";
            case Basis.PerPerson of when of.amountCents() > loadCapCents -> "amount";
            case Basis.AdultsAndChildren of when of.firstAdultCents() > loadCapCents -> "adult";
            case Basis.BySize of when of.amountsCents().getFirst() > loadCapCents -> "sizes";
            case Basis.Cycles of
            when of.cycles().stream().anyMatch(cycle -> cycle.amountCents() > loadCapCents) -> "cycles";
            case Basis.AgeSteps of
            when Math.max(of.firstPersonCents(), of.otherCents()) > loadCapCents ->
                of.firstPersonCents() > loadCapCents ? "firstPerson" : "others";
            default -> "";
        };
        if (!field.isEmpty()) {
            section.refuse(field, "more than card.loadCap", "at most what a card may hold");
        }
    }

    private static boolean rising(long[] values) {
        for (int at = 1; at < values.length; at++) {
            if (values[at] <= values[at - 1]) {
                return false;
            }
        }
        return true;
    }
}

package etal.protocol.explain;

import etal.protocol.card.Balances;
import etal.protocol.scheme.Allocation;
import etal.protocol.scheme.Allocation.Basis;
import etal.protocol.scheme.Household;
import etal.protocol.scheme.Scheme;
import java.time.Month;

/** What a household is given. Stateless. */
final class AllocationTold {
    private AllocationTold() {}

    static Paragraph of(Scheme scheme) {
        Telling telling = new Telling(scheme);
        Allocation allocation = scheme.allocation();
        basis(allocation.basis(), telling);
        if (allocation.personsMost() < Household.PERSONS_MAX) {
            telling.say("allocation.personsMost", "allocation.personsMost", allocation.personsMost());
        }
        for (Allocation.Supplement more : allocation.supplements()) {
            telling.say("allocation.supplements", "allocation.supplement", more.name(), more.amountCents(), more.id());
        }
        if (allocation.mostCents() < Balances.PURSE_MAX) {
            telling.say("allocation.most", "allocation.most", allocation.mostCents());
        }
        if (!allocation.months().isEmpty()) {
            telling.say(
                    "allocation.months",
                    "allocation.months",
                    allocation.months().stream().map(Month::of).toList());
        }
        return telling.under("allocation");
    }

    private static void basis(Basis basis, Telling telling) {
        switch (basis) {
            case Basis.None none -> telling.say("allocation.kind", "allocation.none");
            case Basis.Fixed(long cents) -> telling.say("allocation.kind allocation.amount", "allocation.fixed", cents);
            case Basis.PerPerson(long cents) ->
                telling.say("allocation.kind allocation.amount", "allocation.perPerson", cents);
            case Basis.FirstAndFurther(long firstCents, long furtherCents) ->
                telling.say(
                        "allocation.kind allocation.firstPerson allocation.furtherPerson",
                        "allocation.household",
                        firstCents,
                        furtherCents);
            case Basis.BySize sizes -> sizes(sizes, telling);
            case Basis.AdultsAndChildren family -> family(family, telling);
            case Basis.AgeSteps ages -> ages(ages, telling);
            case Basis.Cycles cycles ->
                cycles.cycles()
                        .forEach(cycle -> telling.say(
                                "allocation.cycles", "allocation.cycle", cycle.from(), cycle.amountCents()));
            case Basis.PooledMean(Allocation.Remainder remainder) -> {
                telling.say("allocation.kind", "allocation.pooledMean");
                telling.say(
                        "allocation.remainder",
                        remainder == Allocation.Remainder.RESERVE
                                ? "allocation.remainder.reserve"
                                : "allocation.remainder.nextMonth");
            }
        }
    }

    private static void sizes(Basis.BySize sizes, Telling telling) {
        for (int at = 0; at < sizes.amountsCents().size(); at++) {
            String key = at == 0 ? "allocation.size.one" : "allocation.size";
            telling.say("allocation.sizes", key, at + 1, sizes.amountsCents().get(at));
        }
        telling.say("allocation.furtherPerson", "allocation.size.further", sizes.furtherPersonCents());
    }

    private static void family(Basis.AdultsAndChildren family, Telling telling) {
        telling.say(
                "allocation.kind allocation.adult allocation.child allocation.childUnder",
                "allocation.adultChild",
                family.adultCents(),
                family.childCents(),
                family.childUnderYears());
        if (family.firstAdultCents() != family.adultCents()) {
            telling.say("allocation.firstAdult", "allocation.firstAdult", family.firstAdultCents());
        }
        if (family.firstChildCents() != family.childCents()) {
            telling.say("allocation.firstChild", "allocation.firstChild", family.firstChildCents());
        }
    }

    private static void ages(Basis.AgeSteps ages, Telling telling) {
        if (ages.firstPersonCents() >= 0) {
            telling.say("allocation.firstPerson", "allocation.age.first", ages.firstPersonCents());
        }
        int from = 0;
        for (Basis.AgeSteps.Step step : ages.steps()) {
            String key = from == 0 ? "allocation.age.under" : "allocation.age.between";
            telling.say("allocation.ages", key, step.underYears(), step.amountCents(), from);
            from = step.underYears();
        }
        telling.say("allocation.others", "allocation.age.others", from, ages.otherCents());
    }
}

package etal.protocol.explain;

import etal.protocol.scheme.Bonus;
import etal.protocol.scheme.Scheme;

/** What is added when it is spent well. Stateless. */
final class BonusTold {
    private BonusTold() {}

    static Paragraph of(Scheme scheme) {
        Telling telling = new Telling(scheme);
        scheme.bonus().ifPresent(bonus -> tell(bonus, telling));
        return telling.under("bonus");
    }

    private static void tell(Bonus bonus, Telling telling) {
        telling.say("bonus.percent", "bonus.percent", bonus.percent());
        if (!bonus.labels().isEmpty()) {
            telling.say("bonus.labels", "bonus.labels", bonus.labels());
        }
        if (!bonus.families().isEmpty()) {
            telling.say("bonus.families", "bonus.families", bonus.families());
        }
        if (!bonus.places().kinds().isEmpty()) {
            telling.say("bonus.places", "bonus.kinds", bonus.places().kinds());
        }
        if (!bonus.places().ids().isEmpty()) {
            telling.say(
                    "bonus.places",
                    "bonus.ids",
                    bonus.places().ids().stream().map(String::valueOf).toList());
        }
        if (bonus.capPerPersonCents() < Bonus.NO_CAP) {
            telling.say("bonus.capPerPerson", "bonus.capPerPerson", bonus.capPerPersonCents());
        }
        if (bonus.capPerHouseholdCents() < Bonus.NO_CAP) {
            telling.say("bonus.capPerHousehold", "bonus.capPerHousehold", bonus.capPerHouseholdCents());
        }
        if (bonus.onAllocationOnly()) {
            telling.say("bonus.onAllocationOnly", "bonus.onAllocationOnly");
        }
        if (!bonus.funder().isEmpty()) {
            telling.say("bonus.funder", "bonus.funder", bonus.funder());
        }
    }
}

package etal.protocol.explain;

import etal.protocol.scheme.Admission;
import etal.protocol.scheme.Scheme;

/** How households come in. Stateless. */
final class AdmissionTold {
    private AdmissionTold() {}

    static Paragraph of(Scheme scheme) {
        Telling telling = new Telling(scheme);
        Admission admission = scheme.admission();
        switch (admission.way()) {
            case Admission.Way.Open open -> telling.say("admission.kind", "admission.open");
            case Admission.Way.Closed closed -> telling.say("admission.kind", "admission.closed");
            case Admission.Way.Draw draw -> draw(draw, telling);
        }
        if (admission.placesMost() < Admission.NO_LIMIT) {
            telling.say("admission.places", "admission.places", admission.placesMost());
        }
        admission
                .term()
                .ifPresent(term ->
                        telling.say("admission.first admission.last", "admission.term", term.first(), term.last()));
        return telling.under("admission");
    }

    private static void draw(Admission.Way.Draw draw, Telling telling) {
        telling.say("admission.kind", "admission.draw");
        telling.say("admission.seedSource", "admission.seed", draw.seedSource());
        if (draw.drawMost() < Admission.NO_LIMIT) {
            telling.say("admission.drawMost", "admission.drawMost", draw.drawMost());
        }
        for (Admission.Quota quota : draw.quotas()) {
            telling.say("admission.quotas", "admission.quota", quota.group(), quota.percent());
        }
        Admission.Reserve reserve = draw.reserve();
        telling.say(
                "admission.reserve",
                "admission.reserve",
                reserve.floorCents(),
                reserve.monthsAhead(),
                reserve.availableCents());
        telling.say("admission.reserve", "admission.spent", reserve.spentPercent());
        if (reserve.monthlyIncomeCents() > 0) {
            telling.say("admission.reserve", "admission.income", reserve.monthlyIncomeCents());
        }
        if (reserve.monthlyCostCents() > 0) {
            telling.say("admission.reserve", "admission.cost", reserve.monthlyCostCents());
        }
    }
}

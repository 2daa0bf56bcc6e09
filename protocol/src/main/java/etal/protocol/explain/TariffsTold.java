package etal.protocol.explain;

import etal.protocol.card.Balances;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.Tariffs;

/** Prices that are chosen. Stateless. */
final class TariffsTold {
    private TariffsTold() {}

    static Paragraph of(Scheme scheme) {
        Telling telling = new Telling(scheme);
        scheme.tariffs().ifPresent(tariffs -> tell(tariffs, telling));
        return telling.under("tariffs");
    }

    private static void tell(Tariffs tariffs, Telling telling) {
        if (tariffs.freePrice()) {
            telling.say("tariffs.least tariffs.most", "tariffs.free", tariffs.leastPercent(), tariffs.mostPercent());
        }
        for (Tariffs.Choice choice : tariffs.choices()) {
            String key = choice.percent() == Tariffs.FAIR_PERCENT ? "tariffs.choice.fair" : "tariffs.choice";
            telling.say("tariffs.choices", key, choice.name(), choice.percent(), choice.id());
            if (!choice.gesture().isEmpty()) {
                telling.say("tariffs.choices", "tariffs.gesture", choice.name(), choice.gesture());
            }
            if (choice.entitled()) {
                telling.say("tariffs.choices", "tariffs.entitled", choice.name());
            }
        }
        for (Tariffs.FixedPrice price : tariffs.fixedPrices()) {
            telling.say(
                    "tariffs.fixedPrices",
                    "tariffs.fixedPrice",
                    price.product(),
                    price.unitPriceCents(),
                    price.choice());
        }
        telling.say(
                "tariffs.difference",
                tariffs.difference() == Tariffs.Difference.SHOP ? "tariffs.shop" : "tariffs.fund");
        if (tariffs.envelopeCents() < Balances.PURSE_MAX) {
            telling.say("tariffs.envelopePerDay", "tariffs.envelope", tariffs.envelopeCents());
        }
    }
}

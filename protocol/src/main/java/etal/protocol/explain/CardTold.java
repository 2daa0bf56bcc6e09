package etal.protocol.explain;

import etal.protocol.Said;
import etal.protocol.card.Balances;
import etal.protocol.scheme.CardRules;
import etal.protocol.scheme.Scheme;
import java.util.List;
import java.util.Locale;

/** What a card holds and how it pays. Stateless. */
final class CardTold {
    private CardTold() {}

    static Paragraph of(Scheme scheme) {
        Telling telling = new Telling(scheme);
        // Without an allocation and without a cap there is no card to speak of.
        if (scheme.allocation().onCard() || scheme.card().loadCapCents() > 0) {
            tell(scheme.card(), telling);
        }
        return telling.under("card");
    }

    private static void tell(CardRules card, Telling telling) {
        telling.say("card.loadCap", "card.loadCap", card.loadCapCents());
        List<Said> order = card.spendingOrder().stream()
                .map(purse -> Said.of("explain.purse." + purse.name().toLowerCase(Locale.ROOT)))
                .toList();
        telling.say("card.spendingOrder", order.size() > 1 ? "card.order" : "card.order.one", order.toArray());
        carryOver(card.carryOver(), telling);
        if (card.catchUpMonths() > 0) {
            telling.say("card.catchUp", "card.catchUp", card.catchUpMonths());
        } else {
            telling.say("card.catchUp", "card.catchUp.none");
        }
        if (card.cardsMost() > 1) {
            telling.say("card.cards", "card.cards", card.cardsMost());
        }
        if (card.saleMostCents() < Balances.PURSE_MAX) {
            telling.say("card.saleMost", "card.saleMost", card.saleMostCents());
        }
        if (card.offlineDaysMost() < CardRules.OFFLINE_DAYS_MAX) {
            telling.say("card.offlineDays", "card.offlineDays", card.offlineDaysMost());
        }
    }

    private static void carryOver(CardRules.CarryOver kept, Telling telling) {
        if (kept.mostCents() == 0 || kept.months() == 0) {
            telling.say("card.carryOver", "card.carryOver.none");
            return;
        }
        if (kept.equals(CardRules.CarryOver.ALL)) {
            telling.say("card.carryOver", "card.carryOver.all");
        }
        if (kept.mostCents() < Balances.PURSE_MAX) {
            telling.say("card.carryOver", "card.carryOver.most", kept.mostCents());
        }
        if (kept.months() > 0) {
            telling.say("card.carryOver", "card.carryOver.months", kept.months());
        }
    }
}

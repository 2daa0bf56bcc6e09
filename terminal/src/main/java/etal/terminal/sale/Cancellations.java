package etal.terminal.sale;

import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.ledger.Body;
import etal.terminal.basket.BasketBook;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.intent.Intention;
import etal.terminal.intent.IntentionBook;
import etal.terminal.ledger.Ledger;
import etal.terminal.rules.Rules;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What the screen can wish of a sale just made: that it be undone, or that it stand after all. Undone is a whole sale, once,
 * on the day on which it was made; later the hub gives the money back. Used from the loop only.
 */
final class Cancellations {
    private final Ledger ledger;
    private final BasketBook baskets;
    private final SaleEntries entries;
    private final CardDesk cards;

    Cancellations(Ledger ledger, BasketBook baskets, SaleEntries entries, CardDesk cards) {
        this.ledger = ledger;
        this.baskets = baskets;
        this.entries = entries;
        this.cards = cards;
    }

    /** Undoes a sale: one paid in cash at once, one paid by card when that card is presented. */
    Answer cancel(long sale, int reason, Rules rules) throws StorageFailed {
        Optional<TillBasket> found = baskets.sold(sale);
        if (found.isEmpty()) {
            return Answer.refused(Answer.Kind.NOT_FOUND, "no-such-sale", sale);
        }
        TillBasket basket = found.get();
        return switch (basket.state()) {
            case CANCELLED -> Answer.refused(Answer.Kind.CONFLICT, "cancelled-already");
            case CANCEL_IN_DOUBT -> new Answer.Basket(cards.awaitCancelling(basket, reason));
            case PAID, AWAITING_CANCEL -> ofToday(basket, reason, rules.scheme().zone());
            default -> Answer.refused(Answer.Kind.NOT_FOUND, "no-such-sale", sale);
        };
    }

    private Answer ofToday(TillBasket basket, int reason, ZoneId zone) throws StorageFailed {
        CancelEntries.Sold sold = entries.cancels().soldIn(basket);
        if (!day(sold.timeMillis(), zone).equals(day(ledger.timeMillis(), zone))) {
            return Answer.refused(Answer.Kind.CONFLICT, "cancel-other-day");
        }
        if (sold.sale().card() != null) {
            return new Answer.Basket(cards.awaitCancelling(basket, reason));
        }
        return new Answer.Basket(cards.undone(entries.cancels().cancelledForCash(basket, reason)));
    }

    private static LocalDate day(long millis, ZoneId zone) {
        return Instant.ofEpochMilli(millis).atZone(zone).toLocalDate();
    }

    /** The sale stands; should its card show that it has taken the money back all the same, the ledger will say so. */
    Answer keepSale(long sale, IntentionBook intentions) throws StorageFailed {
        Optional<TillBasket> found =
                baskets.sold(sale).filter(basket -> basket.state().cancelling());
        if (found.isEmpty()) {
            return Answer.refused(Answer.Kind.CONFLICT, "nothing-to-give-up");
        }
        TillBasket basket = found.get();
        cards.forget(basket.key());
        Optional<Intention> undecided = intentions.undecidedCancelling(basket.key());
        if (undecided.isEmpty()) {
            return new Answer.Basket(baskets.show(basket.to(BasketState.PAID, Said.of("paid"))));
        }
        TillBasket next = basket.to(BasketState.PAID, Said.of("cancel-given-up"));
        return new Answer.Basket(entries.abandoned(undecided.get(), Body.Abandoned.GIVEN_UP_UNDONE, next));
    }
}

package etal.terminal.sale;

import etal.protocol.split.Plan;
import etal.terminal.basket.TillBasket;
import etal.terminal.card.CardRefusal;

/** What came of a card in the field. */
public sealed interface TapResult {
    /** Seen, nothing to do with it. */
    record LookedAt() implements TapResult {}

    /** A basket is paid. */
    record Paid(TillBasket basket) implements TapResult {}

    /** A sale is cancelled: the card has its money back. */
    record Cancelled(TillBasket basket) implements TapResult {}

    /** An older payment of this card was decided; nothing else was asked. */
    record Decided() implements TapResult {}

    /** The card holds too little for the basket. */
    record Shortfall(Plan plan) implements TapResult {}

    /** The card is not taken. */
    record NotTaken(CardRefusal why) implements TapResult {}

    /** The card's counter is below what was seen: it is not the card it was. */
    record RolledBack() implements TapResult {}

    /** The card refused the payment by its own word. */
    record RefusedByCard(int statusWord) implements TapResult {}

    /** DEBIT or CANCEL was sent and its outcome is unknown. */
    record InDoubt(TillBasket basket) implements TapResult {}

    /** The awaited basket is in doubt with another card, or was paid with another: nothing was sent. */
    record AnotherCard() implements TapResult {}

    /** Nothing was sent that matters; the same card once more. */
    record PresentAgain() implements TapResult {}

    /** The card lay there and gave no answer in time; nothing was sent that matters. */
    record TooSlow() implements TapResult {}

    /** The reader failed; nothing was sent that matters. */
    record ReaderLost() implements TapResult {}
}

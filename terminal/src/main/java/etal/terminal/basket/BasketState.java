package etal.terminal.basket;

import java.util.Locale;

/** Where a basket stands. */
public enum BasketState {
    /** Rung up; nothing was asked of anyone. */
    OPEN,
    /** The next card in the field pays. */
    AWAITING_CARD,
    /** The card holds too little: the rest in cash needs the member's word. */
    SHORTFALL,
    /** DEBIT was sent and its outcome is not known. */
    IN_DOUBT,
    /** Sold. */
    PAID,
    /** Given up. */
    ABANDONED,
    /** The card was not taken; another one, or cash. */
    REFUSED;

    /** As the screen's interface names it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether nothing more can happen to the basket. */
    public boolean over() {
        return this == PAID || this == ABANDONED;
    }
}

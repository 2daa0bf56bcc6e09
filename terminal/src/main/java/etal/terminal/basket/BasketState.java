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
    /** Sold, and the same card in the field takes its money back. */
    AWAITING_CANCEL,
    /** CANCEL was sent and its outcome is not known. */
    CANCEL_IN_DOUBT,
    /** Sold and cancelled. */
    CANCELLED,
    /** Given up. */
    ABANDONED,
    /** The card was not taken; another one, or cash. */
    REFUSED;

    /** As the screen's interface names it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether nothing more can be rung up or paid in the basket. */
    public boolean over() {
        return settled() || cancelling();
    }

    /** Whether the basket waits for nothing. */
    public boolean settled() {
        return this == PAID || this == CANCELLED || this == ABANDONED;
    }

    /** Whether its sale is being cancelled. */
    public boolean cancelling() {
        return this == AWAITING_CANCEL || this == CANCEL_IN_DOUBT;
    }
}

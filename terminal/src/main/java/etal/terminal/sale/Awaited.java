package etal.terminal.sale;

import etal.protocol.card.PeriodToken;
import etal.protocol.sync.DenyList;
import etal.terminal.order.Delivery;
import etal.terminal.rules.Rules;
import org.jspecify.annotations.Nullable;

/**
 * What the till waits for.
 *
 * @param basketKey the basket the next card pays; null if none
 * @param agreedCashCents what the member has agreed to pay in cash
 * @param cancelling the sale whose card takes its money back; null if none
 * @param rules of now; null if the terminal has none yet
 * @param token the month's token, if the hub has opened one
 * @param period the month it is
 * @param denied the cards that pay no more
 * @param tooLongOffline whether the hub has not been heard for longer than the rules allow
 */
record Awaited(
        @Nullable String basketKey,
        @Nullable Long agreedCashCents,
        @Nullable Cancelling cancelling,
        @Nullable Rules rules,
        @Nullable PeriodToken token,
        int period,
        DenyList denied,
        boolean tooLongOffline,
        long timeSeconds) {
    /**
     * A sale to be cancelled.
     *
     * @param basketKey whose sale
     * @param reason one of the constants of {@link etal.protocol.ledger.Body.Cancellation}
     */
    record Cancelling(String basketKey, int reason) {}

    /** What a card may load now. A terminal that takes no card loads none either. */
    Delivery.Month month() {
        Rules now = rules;
        return now == null || tooLongOffline
                ? new Delivery.Month(null, after -> false, timeSeconds)
                : new Delivery.Month(token, after -> now.scheme().card().mayLoad(after, 0), timeSeconds);
    }
}

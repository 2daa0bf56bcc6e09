package etal.terminal.order;

/**
 * What every presentation of a card shares. Used from the loop only.
 *
 * @param book what the fund has for its cards
 * @param entries where it stands what they took
 */
public record Deliveries(OrderBook book, CardEntries entries) {
    /** For the next presentation of a card. */
    public Delivery next(Delivery.Month month) {
        return new Delivery(book, entries, month);
    }
}

package etal.fleet.market;

import java.time.Instant;
import java.util.List;

/**
 * One member at one stall: what is bought, when, and whether a card is tapped.
 *
 * @param number the place of the visit in the day, from 1; visits of one household and of one stall happen in this order
 * @param stall the stall's number
 * @param household the household's number, from 1
 * @param at the market's time
 * @param card whether anything in the basket is conventioned, so that the card is tapped
 * @param receiptWanted whether the member asks for a printed receipt
 */
public record Visit(
        int number,
        int stall,
        int household,
        Instant at,
        List<Purchase> purchases,
        boolean card,
        boolean receiptWanted) {
    /** The name under which stall and market know this basket. */
    public String key() {
        return "b" + number;
    }

    /** Some of one product: units. */
    public record Purchase(String product, long quantity) {}
}

package etal.protocol.ledger;

/**
 * The price a buyer chose, where the fund's money follows from it: what a sale says of it, with card or without.
 * Immutable.
 *
 * @param choice which of the scheme's choices, or {@code free} for a price the buyer named
 * @param fairCents what the basket costs at the fair price
 * @param paidCents what the buyer was asked for it, before any discount of the seller's
 */
public record PriceChosen(String choice, long fairCents, long paidCents) {
    /** The choice of a free price. */
    public static final String FREE = "free";

    /** What the seller is short of, and has from the pooled fund within the envelope. */
    public long shortfallCents() {
        return Math.max(0, fairCents - paidCents);
    }

    /** What the seller has taken for the pooled fund. */
    public long surplusCents() {
        return Math.max(0, paidCents - fairCents);
    }
}

package etal.protocol.split;

/** What a buyer is asked for a basket, or why the wish cannot be met. */
public sealed interface Asked {
    /** The basket with the prices asked. */
    record At(Basket basket) implements Asked {}

    /** The scheme has no such choice. */
    record NoSuchChoice(String id) implements Asked {}

    /** The scheme has no free price. */
    record NoFreePrice() implements Asked {}

    /** A free price outside what the scheme allows for this basket. */
    record OutsideFreePrice(long leastCents, long mostCents) implements Asked {}

    /** The seller gives away more than is the seller's, or a negative amount. */
    record DiscountTooHigh(long mostCents) implements Asked {}

    /** A line or the basket would cost more than a till can count. */
    record TooDear(long mostCents) implements Asked {}
}

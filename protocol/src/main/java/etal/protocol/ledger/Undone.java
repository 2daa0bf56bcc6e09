package etal.protocol.ledger;

/**
 * What a closing says of cancellations. They are lines of their own and lower no total of sales; what a producer is owed
 * is the one less the other. Immutable.
 *
 * @param count cancellations since the last closing of this kind
 * @param cardCents card money given back by them
 * @param perpetualCardCents card money given back by all cancellations ever
 */
public record Undone(long count, long cardCents, long perpetualCardCents) {
    /** Nothing was ever cancelled. */
    public static final Undone NONE = new Undone(0, 0, 0);
}

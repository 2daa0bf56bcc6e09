package etal.protocol.split;

import etal.protocol.card.Balances;

/**
 * What the split must know of a card. Immutable.
 *
 * @param balances what its purses hold
 * @param chosenPointOfSale the point of sale its household has chosen; 0 as long as it has chosen none
 */
public record CardState(Balances balances, long chosenPointOfSale) {
    /** A card with nothing on it. */
    public static final CardState NONE = new CardState(Balances.NONE, 0);

    /** The card of a household that has chosen no point of sale. */
    public static CardState of(Balances balances) {
        return new CardState(balances, 0);
    }
}

package etal.fleet.world.cards.plan;

/**
 * How large a game is.
 *
 * @param taps how often at most a card is laid down before the liveness phase; 0: drawn from the seed
 * @param days of a season, a market each, whatever the taps; 0: a game of as many rushes as its taps last
 */
public record MarketSize(int taps, int terminals, int cards, int days) {
    /** Each card buys something every fourth day or so: 500 cards of a season make some 48,000 sales. */
    private static final int CARDS_A_SALE = 4;

    /** The usual game of a seed. */
    public static final MarketSize USUAL = new MarketSize(0, 3, 6, 0);

    /** Errands of a day in a season. */
    int errandsADay() {
        return Math.max(1, cards / CARDS_A_SALE);
    }
}

package etal.fleet.world.cards.plan;

/**
 * How large a game is.
 *
 * @param taps how often at most a card is laid down before the liveness phase; 0: drawn from the seed
 */
public record MarketSize(int taps, int terminals, int cards) {
    /** The usual game of a seed. */
    public static final MarketSize USUAL = new MarketSize(0, 3, 6);
}

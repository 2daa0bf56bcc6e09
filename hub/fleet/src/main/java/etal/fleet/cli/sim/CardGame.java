package etal.fleet.cli.sim;

import etal.fleet.world.cards.CardMarket;
import etal.fleet.world.cards.fault.Flaw;
import java.time.Duration;

/** Tills, cards torn at random, and a hub: value over all of them must never differ. */
final class CardGame implements Game {
    private final CardMarket market;
    private final String sizes;

    CardGame(Duration length, int terminals, int cards, String sizes) {
        this.market = new CardMarket(length, terminals, cards, Flaw.NONE);
        this.sizes = sizes;
    }

    @Override
    public String replay() {
        return "--only card" + sizes;
    }

    @Override
    public Played play(long seed) {
        CardMarket.Outcome outcome = market.play(seed);
        return new Played(
                outcome.trace(), outcome.violations(), outcome.story(), outcome.counts(), outcome.simulatedSeconds());
    }
}

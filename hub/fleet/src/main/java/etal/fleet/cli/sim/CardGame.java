package etal.fleet.cli.sim;

import etal.fleet.world.cards.CardMarket;
import etal.fleet.world.cards.fault.Flaw;
import etal.fleet.world.cards.plan.MarketSize;
import etal.fleet.world.cards.plan.Omitted;

/** Tills, cards torn at random, and a hub: value over all of them must never differ. Thread-safe. */
final class CardGame implements Game {
    private final CardMarket market;
    private final Omitted omitted;
    private final String sizes;

    /** @param sizes the options that name size and what is omitted, each with a blank before it */
    CardGame(MarketSize size, Omitted omitted, String sizes) {
        this.market = new CardMarket(size, Flaw.NONE);
        this.omitted = omitted;
        this.sizes = sizes;
    }

    @Override
    public String replay() {
        return "--only card" + sizes;
    }

    @Override
    public Played play(long seed) {
        CardMarket.Outcome outcome = market.play(seed, omitted);
        return new Played(
                outcome.trace(), outcome.violations(), outcome.story(), outcome.counts(), outcome.simulatedSeconds());
    }
}

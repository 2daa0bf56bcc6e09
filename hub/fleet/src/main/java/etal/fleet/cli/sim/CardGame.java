package etal.fleet.cli.sim;

import etal.fleet.world.cards.CardMarket;
import etal.fleet.world.cards.fault.Flaw;
import etal.fleet.world.cards.plan.MarketSize;
import etal.fleet.world.cards.plan.Omitted;
import java.io.PrintStream;
import java.util.function.Consumer;

/** Tills, cards torn at random, and a hub: value over all of them must never differ. Thread-safe. */
final class CardGame implements Game {
    private static final int SAID_EACH_DAYS = 10;

    private final CardMarket market;
    private final Omitted omitted;
    private final String sizes;

    /** Of that size, without some of it; {@code flaw} none but to show that it can fail. A season says how it goes. */
    CardGame(MarketSize size, Omitted omitted, Flaw flaw, PrintStream err) {
        this.market = new CardMarket(size, flaw, day -> {
            if (day % SAID_EACH_DAYS == 0) {
                err.println("day " + day + " of " + size.days());
            }
        });
        this.omitted = omitted;
        this.sizes = said("--taps", size.taps(), MarketSize.USUAL.taps())
                + said("--days", size.days(), MarketSize.USUAL.days())
                + said("--terminals", size.terminals(), MarketSize.USUAL.terminals())
                + said("--cards", size.cards(), MarketSize.USUAL.cards());
    }

    private static String said(String option, int value, int usual) {
        return value == usual ? "" : " " + option + " " + value;
    }

    @Override
    public Played play(long seed) {
        return played(market.play(seed, omitted), omitted);
    }

    private Played played(CardMarket.Outcome outcome, Omitted without) {
        return new Played(
                "--only card" + sizes + without.options(),
                outcome.trace(),
                outcome.violations(),
                outcome.story(),
                outcome.counts(),
                outcome.simulatedSeconds());
    }

    @Override
    public Played shrunken(long seed, Played failed, Consumer<String> progress) {
        Shrinking.Shrunken shrunken = new Shrinking(left -> market.play(seed, left), progress).of(omitted);
        return played(shrunken.outcome(), shrunken.omitted());
    }
}

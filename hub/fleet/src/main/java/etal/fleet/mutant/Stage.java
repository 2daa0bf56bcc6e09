package etal.fleet.mutant;

import etal.fleet.world.cards.CardMarket;
import etal.fleet.world.cards.fault.Flaw;
import etal.fleet.world.cards.plan.MarketSize;
import etal.fleet.world.forger.ForgersMarket;
import etal.fleet.world.sim.SeededRun;
import java.util.List;

/** The games, inside a world that is loaded anew. For one thread. */
final class Stage implements World {
    private final CardMarket cards = new CardMarket(MarketSize.USUAL, Flaw.NONE);
    private final ForgersMarket forgers = new ForgersMarket();
    private final SeededRun market = SeededRun.funds();

    @Override
    public Played play(String game, long seed, int mutant, long stepsMost) {
        Live.begin(mutant, stepsMost);
        List<String> wrong;
        try {
            wrong = switch (Game.valueOf(game)) {
                case FORGER -> forgers.play(seed).stream().toList();
                case CARD -> cards.play(seed).violations();
                case MARKET -> market.play(seed).violation().stream().toList();
            };
        } catch (RuntimeException | Error crash) {
            wrong = List.of("the programs break down: " + crash);
        }
        return new Played(wrong, Live.wasReached(), Live.asked(), Live.steps());
    }
}

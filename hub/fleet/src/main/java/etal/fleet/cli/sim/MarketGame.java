package etal.fleet.cli.sim;

import etal.fleet.world.sim.SeededRun;
import java.util.Map;

/** An afternoon of one till, one card and one hub, under the rules of one fund after another. */
final class MarketGame implements Game {
    private final SeededRun funds = SeededRun.funds();

    @Override
    public Played play(long seed) {
        SeededRun.Outcome outcome = funds.play(seed);
        return new Played(
                "--only market", outcome.trace(), outcome.violation().stream().toList(), outcome.story(), Map.of(), 0);
    }
}

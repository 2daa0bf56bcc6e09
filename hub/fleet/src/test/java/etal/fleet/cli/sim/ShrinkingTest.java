package etal.fleet.cli.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fleet.world.cards.CardMarket;
import etal.fleet.world.cards.fault.Flaw;
import etal.fleet.world.cards.plan.MarketSize;
import etal.fleet.world.cards.plan.Omitted;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A till that forgets what it has asked cards to pay: its failure is told with little beside it, and replayed exactly. */
class ShrinkingTest {
    private static final MarketSize SMALL = new MarketSize(24, 2, 3, 0);

    @Test
    void a_failing_seed_is_shrunken_to_a_story_that_fails_and_is_replayed_by_its_options() {
        var market = new CardMarket(SMALL, Flaw.TILL_FORGETS);
        CardMarket.Outcome failed = LongStream.rangeClosed(1, 60)
                .mapToObj(market::play)
                .filter(outcome -> !outcome.violations().isEmpty())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no seed of 1..60 found the flaw"));
        var game = new CardGame(SMALL, Omitted.NOTHING, Flaw.TILL_FORGETS);
        var progress = new ArrayList<String>();
        Game.Played left = game.shrunken(failed.seed(), game.play(failed.seed()), progress::add);
        String which = "seed " + failed.seed() + ": " + left.replay();
        assertTrue(left.failed(), which);
        assertTrue(left.story().size() <= failed.story().size(), which);
        // Of which kind it is depends on the seed: some fail at the very end only.
        assertTrue(left.replay().contains("--until") || left.replay().contains("--without"), which);
        assertTrue(progress.getLast().startsWith("shrunken in "), which);

        Game.Played again = new CardGame(SMALL, omitted(left.replay()), Flaw.TILL_FORGETS).play(failed.seed());
        assertEquals(left.trace(), again.trace(), which);
        assertEquals(left.violations(), again.violations(), which);
        assertEquals(left.replay(), again.replay(), which);
    }

    /** What the options say is left out, read back from their words. */
    private static Omitted omitted(String options) {
        List<String> words = List.of(options.split(" "));
        int until = words.contains("--until")
                ? Integer.parseInt(words.get(words.indexOf("--until") + 1))
                : Integer.MAX_VALUE;
        List<String> names = words.contains("--without")
                ? List.of(words.get(words.indexOf("--without") + 1).split(","))
                : List.of();
        return new Omitted(until, names);
    }
}

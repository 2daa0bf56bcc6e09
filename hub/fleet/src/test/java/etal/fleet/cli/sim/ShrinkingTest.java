package etal.fleet.cli.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fleet.world.cards.CardMarket;
import etal.fleet.world.cards.fault.Fault;
import etal.fleet.world.cards.fault.Flaw;
import etal.fleet.world.cards.plan.MarketSize;
import etal.fleet.world.cards.plan.Omitted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        var game = new CardGame(SMALL, Omitted.NOTHING, Flaw.TILL_FORGETS, System.err);
        var progress = new ArrayList<String>();
        Game.Played left = game.shrunken(failed.seed(), game.play(failed.seed()), progress::add);
        String which = "seed " + failed.seed() + ": " + left.replay();
        assertTrue(left.failed(), which);
        assertTrue(left.story().size() <= failed.story().size(), which);
        assertTrue(
                failed.violations().stream()
                        .map(Shrinking::kind)
                        .anyMatch(
                                left.violations().stream().map(Shrinking::kind).toList()::contains),
                () -> which + ": " + failed.violations() + " has become " + left.violations());
        // Of which kind it is depends on the seed: some fail at the very end only.
        assertTrue(left.replay().contains("--until") || left.replay().contains("--without"), which);
        assertTrue(progress.getLast().startsWith("shrunken in "), which);

        Game.Played again =
                new CardGame(SMALL, omitted(left.replay()), Flaw.TILL_FORGETS, System.err).play(failed.seed());
        assertEquals(left.trace(), again.trace(), which);
        assertEquals(left.violations(), again.violations(), which);
        assertEquals(left.replay(), again.replay(), which);
    }

    @Test
    void violations_that_differ_in_their_numbers_are_of_one_kind_and_others_are_not() {
        String account = "card 2: the hub's account 4672A says 20000, it must be 23302";
        assertEquals("card #: the hub's account 4672A says #, it must be #", Shrinking.kind(account));
        assertEquals(
                Shrinking.kind("card 2, record 2 (EA, sale 1 at stall 3, -3302 cents): the hub does not know it"),
                Shrinking.kind("card 5, record 11 (EA, sale 9 at stall 1, 20 cents): the hub does not know it"));
        assertNotEquals(
                Shrinking.kind(account), Shrinking.kind("stall 3: the hub's account 4673 says 10217, it must be 840"));
        assertEquals("basket # is sold twice", Shrinking.kind("basket b14 is sold twice"));
        assertEquals("forked card #: #", Shrinking.kind("forked card 0f1e2d3c4b5a6978: 12"));
    }

    @Test
    void every_kind_of_fault_can_be_left_out_by_its_name() {
        for (Fault fault : Fault.values()) {
            assertTrue(Omitted.isName(fault.name()), fault.name());
            assertTrue(new Omitted(9, List.of(fault.name())).fault("22.1", fault.name()), fault.name());
        }
    }

    @Test
    void what_violates_something_else_is_no_shrunken_story_of_a_failure() {
        var shrinking = new Shrinking(
                left -> outcome(left.steps() > 20 ? "a cent too many" : "the hub does not start"), said -> {});
        Shrinking.Shrunken left = shrinking.of(Omitted.NOTHING);
        assertEquals(List.of("a cent too many"), left.outcome().violations());
        assertEquals(21, left.omitted().steps());
    }

    private static CardMarket.Outcome outcome(String violation) {
        return new CardMarket.Outcome(1, "", List.of(violation), List.of(), Map.of(), 0, 40, Map.of());
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

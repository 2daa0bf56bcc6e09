package etal.fleet.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fleet.auditor.ExpectedDay;
import etal.fleet.fault.DayFaults.TapFault;
import etal.fleet.world.place.FundScheme;
import etal.protocol.catalogue.Catalogue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plan of a day: decided by its seed, with everything that must go wrong in it. */
class DayPlannerTest {
    private static final Catalogue CATALOGUE = OwnMarket.catalogue();

    private static DayPlan plan(int receipts, long seed) {
        var all = assertInstanceOf(
                        BasketFile.Reading.Read.class,
                        BasketFile.read(OwnMarket.basketsCsv(CATALOGUE, seed), "b", CATALOGUE, "c"))
                .receipts();
        return DayPlanner.plan(FundScheme.dieulefit(), CATALOGUE, all.subList(0, receipts), seed);
    }

    @Test
    void the_same_seed_gives_the_same_day_and_another_seed_another() {
        assertEquals(plan(400, 7), plan(400, 7));
        assertNotEquals(plan(400, 7).visits(), plan(400, 8).visits());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 400})
    void every_receipt_becomes_one_visit_in_order_and_at_least_fifty_households_have_cards(int receipts) {
        DayPlan plan = plan(receipts, 3);
        assertEquals(receipts, plan.visits().size());
        assertEquals(50, plan.households().size());
        for (int i = 0; i < receipts; i++) {
            assertEquals(i + 1, plan.visits().get(i).number());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void half_the_stalls_lose_their_network_for_hours(long seed) {
        var cuts = plan(400, seed).faults().cuts();
        assertEquals(4, cuts.stream().map(cut -> cut.stall()).distinct().count(), "seed " + seed);
        assertTrue(
                cuts.stream()
                        .allMatch(
                                cut -> Duration.between(cut.from(), cut.until()).compareTo(Duration.ofHours(1)) > 0),
                "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void two_cards_are_torn_one_till_is_killed_and_one_card_runs_empty_inside_a_basket(long seed) {
        DayPlan plan = plan(40, seed);
        var expected = ExpectedDay.of(
                VotedRules.of(FundScheme.dieulefit()), VotedRules.goods(CATALOGUE), plan.households(), plan.visits());
        List<TapFault> taps = plan.faults().taps();
        assertEquals(
                1,
                taps.stream()
                        .filter(TapFault.TornWhileWriting.class::isInstance)
                        .count());
        assertEquals(
                1,
                taps.stream()
                        .filter(TapFault.TornBeforeAnswer.class::isInstance)
                        .count());
        assertEquals(
                1,
                taps.stream().filter(TapFault.TerminalKilled.class::isInstance).count());
        assertTrue(taps.stream().allMatch(fault -> expected.cardCentsAt(fault.visit()) > 0), "seed " + seed);
        assertTrue(plan.visits().stream().anyMatch(visit -> expected.runsEmptyAt(visit.number())), "seed " + seed);
    }

    @Test
    void a_basket_without_anything_conventioned_comes_without_a_tap() {
        for (Visit visit : plan(400, 5).visits()) {
            boolean conventioned = visit.purchases().stream()
                    .anyMatch(purchase ->
                            CATALOGUE.find(purchase.product()).orElseThrow().coveragePercent() > 0);
            assertEquals(conventioned, visit.card(), visit.key());
        }
    }
}

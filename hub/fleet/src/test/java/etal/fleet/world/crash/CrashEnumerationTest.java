package etal.fleet.world.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fleet.world.crash.CrashEnumeration.Counts;
import etal.fleet.world.crash.effect.Mark;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * One kind exhaustively, all of them undisturbed, and the controls by which the enumeration shows that it can fail. The rest
 * is {@code ./etal sim --enumerate}.
 *
 * <pre>
 * till                          card            second medium   printer   hub
 *  |  COMMIT ------------------------------------------------------------- |   power goes everywhere before or after it
 *  |  SELECT ... DEBIT --------->|                   |             |       |   card gone before, torn at a write, after;
 *  |                             |                   |             |       |   with it all power, or the card alone
 *  |  append ---------------------------------------->|            |       |   power goes before, within, after
 *  |  print ------------------------------------------------------>|       |   power goes before, after
 *  |  batch ------------------------------------------------------------>|     power goes before, after; lost
 * </pre>
 */
class CrashEnumerationTest {
    private static final int SINGLE = 1;
    private static final int PAIRS = 2;

    private static Counts counts(String kind, Flaw flaw, int faultsMost) throws Exception {
        return CrashEnumeration.run(List.of(kind), flaw, faultsMost, told -> {}).getFirst();
    }

    @Test
    void every_kind_adds_up_undisturbed() throws Exception {
        for (Counts each : CrashEnumeration.run(CrashEnumeration.kinds(), Flaw.NONE, 0, told -> {})) {
            assertEquals(List.of(), each.violations());
            assertTrue(each.points() > 0, each.kind() + " has no moment at which anything could go wrong");
        }
    }

    @Test
    void every_kind_has_a_name_of_its_own() {
        assertEquals(CrashEnumeration.kinds().size(), new LinkedHashSet<>(CrashEnumeration.kinds()).size());
        assertTrue(
                CrashEnumeration.kinds().size() >= 25, CrashEnumeration.kinds().toString());
    }

    @Test
    void a_closing_is_healed_after_every_fault_and_every_second_one_in_its_recovery() throws Exception {
        Counts closing = counts("closing", Flaw.NONE, PAIRS);
        assertEquals(List.of(), closing.violations());
        assertTrue(closing.pairs() > closing.points(), closing.toString());
    }

    @Test
    void a_kind_has_the_same_moments_each_time() throws Exception {
        Counts once = counts("closing", Flaw.NONE, SINGLE);
        Counts again = counts("closing", Flaw.NONE, SINGLE);
        assertEquals(once.points(), again.points());
        assertEquals(once.states(), again.states());
    }

    @Test
    void a_till_whose_intentions_do_not_last_is_found_out() throws Exception {
        List<String> violations =
                counts("known-card", Flaw.INTENTION_NOT_STORED, SINGLE).violations();
        assertTrue(
                violations.stream()
                        .anyMatch(
                                each -> each.contains("debited twice") || each.contains("neither sold nor given back")),
                violations.toString());
    }

    @Test
    void a_card_without_transactions_is_found_out() throws Exception {
        assertFalse(
                counts("known-card", Flaw.CARD_NOT_ATOMIC, SINGLE).violations().isEmpty());
    }

    @Test
    void a_violation_is_told_by_its_moments_and_the_command_that_replays_it() throws Exception {
        String told = counts("known-card", Flaw.INTENTION_NOT_STORED, SINGLE)
                .violations()
                .getFirst();
        assertTrue(told.contains("\n  deed, step "), told);
        int at = told.indexOf(" --at ");
        assertTrue(told.contains("replay: ./etal sim --enumerate --only known-card --at "), told);
        Mark moment = Mark.parse(told.substring(at + 6));
        assertEquals(told.substring(at + 6), moment.toString());
    }

    @Test
    void a_moment_is_looked_for_by_its_name() throws Exception {
        assertEquals(Optional.empty(), CrashEnumeration.replay("closing", ""));
        assertTrue(CrashEnumeration.replay("closing", "deed.999a").orElse("").contains("no moment"));
    }
}

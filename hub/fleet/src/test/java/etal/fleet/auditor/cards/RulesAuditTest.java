package etal.fleet.auditor.cards;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.fleet.auditor.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two versions of the rules, the second from 1,000 on; what a till's ledger may name, and when. */
class RulesAuditTest {
    private static final Rules RULES = new Rules(
            new Rules.Places(List.of(), 100, Map.of(), Optional.empty(), Optional.empty(), List.of(), false),
            new Rules.Goods(Map.of(), 100, Optional.empty(), 100),
            Optional.empty(),
            100_000,
            100_000,
            true);
    private static final long LATER = 1_000_000;
    private static final Voted VOTED = new Voted(
            Map.of(1L, new Voted.Version(RULES, 0), 2L, new Voted.Version(RULES, 1_000)), Map.of("list", Map.of()));
    private static final TillSeen.Applied OLD = new TillSeen.Applied(1, "list", 500);
    private static final TillSeen.Applied NEW = new TillSeen.Applied(2, "list", 1_200);
    private static final TillSeen.Applied EARLY = new TillSeen.Applied(2, "list", 1_000);
    private static final TillSeen.Applied CLOCK_SET_BACK = new TillSeen.Applied(0, "", 700);

    private static List<String> said(TillSeen.Applied... applied) {
        return saidAt(LATER, applied);
    }

    private static List<String> saidAt(long nowMillis, TillSeen.Applied... applied) {
        var till = new TillSeen(
                3,
                1,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(applied),
                TillSeen.Trained.NOTHING,
                Set.of(),
                Map.of(),
                null);
        var hub = new HubSeen(Map.of(), Set.of(), Map.of(), Set.of(), Set.of(), Set.of(), Set.of(), Map.of());
        var wrong = new ArrayList<String>();
        new RulesAudit(
                        new Ground(
                                VOTED,
                                nowMillis,
                                0,
                                List.of(),
                                Map.of(),
                                List.of(till),
                                hub,
                                Map.of(),
                                Ground.CrookSeen.NONE,
                                false,
                                Set.of(),
                                Set.of(),
                                true),
                        wrong)
                .check();
        return wrong;
    }

    @Test
    void a_till_goes_from_version_to_version_and_not_back() {
        assertEquals(List.of(), said(OLD, NEW));
        assertEquals(
                List.of(
                        "stall 3 goes back to version 1 of the rules",
                        "stall 3 ends under version 1 of the rules, 2 holds"),
                said(OLD, NEW, OLD));
        assertEquals(List.of("stall 3 ends under version 1 of the rules, 2 holds"), said(OLD));
    }

    @Test
    void a_clock_that_was_ahead_and_is_set_back_brings_the_old_rules_back_and_may_bring_nothing() {
        assertEquals(List.of(), said(OLD, NEW, CLOCK_SET_BACK, OLD, NEW));
        // It sold nothing before its time had come again: its ledger names the newer rules already.
        assertEquals(List.of(), said(OLD, NEW, CLOCK_SET_BACK));
        assertEquals(
                List.of("stall 3 ends under version 1 of the rules, 2 holds"), said(OLD, NEW, CLOCK_SET_BACK, OLD));
    }

    @Test
    void a_clock_that_lags_has_as_long_as_the_hub_may_take_to_say_that_the_time_has_come() {
        assertEquals(List.of(), saidAt(1_000 + 599_999, OLD));
        assertEquals(List.of("stall 3 ends under version 1 of the rules, 2 holds"), saidAt(1_000 + 600_000, OLD));
        assertEquals(List.of("stall 3 ends under version 2 of the rules, 1 holds"), saidAt(999, OLD, EARLY));
    }
}

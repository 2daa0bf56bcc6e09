package etal.fleet.auditor.cards;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.fleet.auditor.Rules;
import etal.fleet.auditor.cards.TillSeen.Trained;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The auditor holds that what stalls practise moves nothing, and can say that it does. */
class TrainedAuditTest {
    private static final Rules RULES = new Rules(
            new Rules.Places(List.of(), 100, Map.of(), Optional.empty(), Optional.empty(), List.of(), false),
            new Rules.Goods(Map.of(), 100, Optional.empty(), 100),
            Optional.empty(),
            100_000,
            100_000,
            true);

    private static List<String> said(Trained trained, Set<String> booked) {
        var till = new TillSeen(
                3, 1, List.of(), List.of(), List.of(), Map.of(), List.of(), trained, Set.of(), Map.of(), null);
        var hub = new HubSeen(Map.of(), Set.of(), Map.of(), Set.of(), Set.of(), Set.of(), booked, Map.of());
        var wrong = new ArrayList<String>();
        var unused = new LedgerAudit(
                        new Ground(Voted.once(RULES, Map.of()), 0, List.of(), Map.of(), List.of(till), hub, false),
                        wrong)
                .check();
        return wrong;
    }

    @Test
    void what_is_practised_within_a_training_and_booked_nowhere_is_as_it_must_be() {
        assertEquals(List.of(), said(new Trained(List.of(7L, 9L), List.of(), List.of()), Set.of("3/1/8", "4/1/7")));
    }

    @Test
    void what_moves_value_within_a_training_is_named() {
        assertEquals(
                List.of("stall 3, epoch 1: entry 8 moves value within a training"),
                said(new Trained(List.of(7L), List.of(), List.of(8L)), Set.of()));
    }

    @Test
    void what_is_practised_outside_of_any_training_is_named() {
        assertEquals(
                List.of("stall 3, epoch 1: entry 7 is practised outside of any training"),
                said(new Trained(List.of(7L), List.of(7L), List.of()), Set.of()));
    }

    @Test
    void a_booking_for_what_was_practised_is_named() {
        assertEquals(
                List.of("stall 3, epoch 1: entry 7 was practised, and the hub has booked something for it"),
                said(new Trained(List.of(7L), List.of(), List.of()), Set.of("3/1/7")));
    }
}

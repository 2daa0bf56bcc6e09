package etal.fleet.world.open;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.virtualcard.Tear;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TearCycleTest {
    private final TearCycle tears = new TearCycle();

    @Test
    void a_card_that_was_not_torn_will_be_torn_at_the_same_moment_next_time() {
        assertEquals(tears.now(), tears.now());
    }

    @Test
    void each_tear_comes_at_another_moment_until_all_had_their_turn() {
        List<Tear> seen = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            seen.add(tears.now());
            tears.torn();
        }
        assertEquals(3, new LinkedHashSet<>(seen).size());
        assertEquals(seen.getFirst(), tears.now());
    }
}

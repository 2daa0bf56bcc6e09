package etal.fleet.world.calm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.fleet.market.Household;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PursesTest {
    private final Instant noon = Instant.parse("2025-04-02T12:00:00Z");
    private final Purses purses =
            new Purses(List.of(new Household(7, 1, 10_000, 5_000), new Household(3, 1, 10_000, 5_000)));

    @Test
    void a_card_is_in_one_hand_at_a_time() {
        assertEquals(Optional.of(7), purses.take(noon));
        assertEquals(Optional.of(3), purses.take(noon));
        assertEquals(Optional.empty(), purses.take(noon));
    }

    @Test
    void who_was_just_at_a_stall_rests_before_the_next() {
        purses.take(noon);
        purses.take(noon);
        purses.paid(7, 1_200, noon);
        assertEquals(Optional.empty(), purses.take(noon.plusSeconds(29)));
        assertEquals(Optional.of(7), purses.take(noon.plusSeconds(30)));
    }

    @Test
    void who_has_spent_everything_goes_home() {
        purses.take(noon);
        purses.take(noon);
        purses.paid(7, 10_000, noon);
        purses.paid(3, 9_999, noon);
        assertEquals(Optional.of(3), purses.take(noon.plusSeconds(60)));
        assertEquals(Optional.empty(), purses.take(noon.plusSeconds(60)));
    }

    @Test
    void whose_card_paid_nothing_goes_home() {
        purses.take(noon);
        purses.paid(7, 0, noon);
        purses.take(noon);
        assertEquals(Optional.empty(), purses.take(noon.plusSeconds(60)));
    }
}

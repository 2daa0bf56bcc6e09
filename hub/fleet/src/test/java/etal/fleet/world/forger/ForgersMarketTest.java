package etal.fleet.world.forger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever somebody forges, repeats or copies: nothing comes of it, and what is true is taken beside it. */
class ForgersMarketTest {
    @Test
    void nobody_who_cheats_gets_anything() {
        var market = new ForgersMarket();
        var worked = new ArrayList<String>();
        for (long attempt = 1; attempt <= market.attempts(); attempt++) {
            market.play(attempt).ifPresent(worked::add);
        }
        assertEquals(List.of(), worked);
        assertTrue(market.attempts() >= 50, market.attempts() + " attempts");
    }

    @Test
    void beyond_the_last_attempt_there_is_nothing_to_play() {
        var market = new ForgersMarket();
        assertEquals(Optional.empty(), market.play(market.attempts() + 1));
    }
}

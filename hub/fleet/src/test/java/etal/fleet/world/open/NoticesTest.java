package etal.fleet.world.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NoticesTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Notices notices = new Notices(100);

    @Test
    void who_knows_less_is_told_at_once() throws Exception {
        assertTrue(notices.beyond(99, LONG).get(10, TimeUnit.SECONDS));
    }

    @Test
    void who_knows_all_is_told_of_the_next_change() throws Exception {
        var told = notices.beyond(100, LONG);
        assertFalse(told.isDone());
        notices.changed();
        assertTrue(told.get(10, TimeUnit.SECONDS));
        assertEquals(101, notices.version());
    }

    @Test
    void who_has_waited_long_enough_goes_and_is_forgotten() throws Exception {
        assertFalse(notices.beyond(100, Duration.ofMillis(1)).get(10, TimeUnit.SECONDS));
        assertEquals(0, notices.waiting());
    }

    @Test
    void who_knows_more_than_there_is_waits_like_the_others() throws Exception {
        var told = notices.beyond(200, LONG);
        notices.changed();
        assertTrue(told.get(10, TimeUnit.SECONDS));
        assertEquals(0, notices.waiting());
    }
}

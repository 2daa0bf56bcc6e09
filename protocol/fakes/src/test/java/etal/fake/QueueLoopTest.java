package etal.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class QueueLoopTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2025-04-02T08:00:00Z"));
    private final QueueLoop loop = new QueueLoop(clock);
    private final List<String> story = new ArrayList<>();

    @Test
    void events_run_in_the_order_of_arrival_and_nothing_runs_by_itself() {
        loop.post(() -> story.add("first"));
        loop.post(() -> {
            story.add("second");
            loop.post(() -> story.add("fourth"));
        });
        loop.post(() -> story.add("third"));
        assertEquals(List.of(), story);
        loop.runUntilIdle();
        assertEquals(List.of("first", "second", "third", "fourth"), story);
    }

    @Test
    void timers_run_at_their_time_and_equal_times_in_the_order_they_were_set() {
        loop.after(Duration.ofSeconds(2), () -> story.add("late at " + clock.now()));
        loop.after(Duration.ofSeconds(1), () -> {
            story.add("early");
            loop.after(Duration.ofMillis(500), () -> story.add("between at " + clock.now()));
        });
        loop.after(Duration.ofSeconds(1), () -> story.add("early too"));
        loop.advance(Duration.ofSeconds(3));
        assertEquals(
                List.of("early", "early too", "between at 2025-04-02T08:00:01.500Z", "late at 2025-04-02T08:00:02Z"),
                story);
        assertEquals(Instant.parse("2025-04-02T08:00:03Z"), clock.now());
    }

    @Test
    void a_cancelled_timer_never_runs() {
        loop.after(Duration.ofSeconds(1), () -> story.add("never")).cancel();
        loop.advance(Duration.ofSeconds(2));
        assertEquals(List.of(), story);
        assertEquals(OptionalLong.empty(), loop.nextDueNanos());
    }

    @Test
    void a_call_runs_after_what_was_queued_and_hands_its_exception_on() throws Exception {
        loop.post(() -> story.add("queued"));
        assertEquals(1, loop.call(story::size));
        Exception thrown = assertThrows(
                Exception.class,
                () -> loop.call(() -> {
                    throw new java.io.IOException("as it is");
                }));
        assertEquals("as it is", thrown.getMessage());
    }

    @Test
    void what_runs_on_the_loop_cannot_wait_for_the_loop() {
        loop.post(() -> assertThrows(IllegalStateException.class, () -> loop.call(() -> 1)));
        loop.runUntilIdle();
    }

    @Test
    void after_a_pulled_plug_nothing_pending_happens() {
        loop.post(() -> story.add("queued"));
        loop.after(Duration.ofSeconds(1), () -> story.add("pending"));
        loop.clear();
        loop.advance(Duration.ofSeconds(5));
        assertEquals(List.of(), story);
    }
}

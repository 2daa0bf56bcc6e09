package etal.edge.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ThreadLoopTest {
    private final BlockingQueue<Throwable> crashes = new LinkedBlockingQueue<>();
    private final ThreadLoop loop = new ThreadLoop("loop-test", crashes::add);

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void events_run_on_one_thread_in_the_order_of_arrival() throws Exception {
        List<Integer> order = new ArrayList<>();
        for (int event = 0; event < 1000; event++) {
            int number = event;
            loop.post(() -> order.add(number));
        }
        List<Integer> seen = loop.call(() -> List.copyOf(order));
        assertEquals(java.util.stream.IntStream.range(0, 1000).boxed().toList(), seen);
        assertEquals("loop-test", loop.call(() -> Thread.currentThread().getName()));
    }

    @Test
    void a_crash_is_reported_and_the_loop_goes_on() throws Exception {
        IllegalStateException bug = new IllegalStateException("a bug");
        loop.post(() -> {
            throw bug;
        });
        assertSame(bug, crashes.poll(10, TimeUnit.SECONDS));
        assertEquals(7, loop.call(() -> 7));
    }

    @Test
    void a_call_hands_its_exception_on_unchanged() {
        IOException thrown = assertThrows(
                IOException.class,
                () -> loop.call(() -> {
                    throw new IOException("as it is");
                }));
        assertEquals("as it is", thrown.getMessage());
        assertTrue(crashes.isEmpty());
    }

    @Test
    void what_runs_on_the_loop_cannot_wait_for_the_loop() throws Exception {
        assertTrue(loop.call(() -> {
            assertThrows(IllegalStateException.class, () -> loop.call(() -> 1));
            return true;
        }));
    }

    @Test
    void a_timer_runs_on_the_loop_and_a_cancelled_one_never() throws Exception {
        CompletableFuture<String> ran = new CompletableFuture<>();
        // On the loop, so that it cannot come before it is cancelled however slow the machine is.
        loop.call(() -> {
            loop.after(Duration.ofMillis(1), () -> ran.completeExceptionally(new AssertionError("cancelled")))
                    .cancel();
            return ran;
        });
        loop.after(
                Duration.ofMillis(20), () -> ran.complete(Thread.currentThread().getName()));
        assertEquals("loop-test", ran.get(10, TimeUnit.SECONDS));
    }

    // loop:  event ----------------- (held)
    // other:        call ----- waits -------> IllegalStateException
    // test:                close -->|
    @Test
    void a_call_that_is_dropped_by_closing_does_not_wait_for_ever() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        loop.post(() -> {
            running.countDown();
            awaitQuietly(held);
        });
        running.await();
        CompletableFuture<Integer> waiting = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                waiting.complete(loop.call(() -> 1));
            } catch (Exception e) {
                waiting.completeExceptionally(e);
            }
        });
        loop.close();
        ExecutionException dropped = assertThrows(ExecutionException.class, () -> waiting.get(10, TimeUnit.SECONDS));
        assertTrue(dropped.getCause() instanceof IllegalStateException, dropped.toString());
        loop.post(() -> crashes.add(new AssertionError("after the end")));
        // An executor has ended a moment before the last instruction of its thread.
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("loop-test")) {
                assertTrue(thread.join(Duration.ofSeconds(10)), "the loop's thread goes on");
            }
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

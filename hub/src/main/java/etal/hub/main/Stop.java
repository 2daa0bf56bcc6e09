package etal.hub.main;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** When and why a process stops. Safe for use by any thread. */
final class Stop {
    private static final long CLOSE_SECONDS = 20;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger code = new AtomicInteger();

    /** Stop with that exit code; the first one that is not 0 stays. */
    void with(int exitCode) {
        code.compareAndSet(0, exitCode);
        asked.countDown();
    }

    /** A signal came: stop, and wait until everything is closed, because the machine halts when this returns. */
    void ended() {
        asked.countDown();
        try {
            if (!closed.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                // Whatever does not close by then is ended with the process; nothing durable depends on it.
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int await() throws InterruptedException {
        asked.await();
        return code.get();
    }

    void closed() {
        closed.countDown();
    }
}

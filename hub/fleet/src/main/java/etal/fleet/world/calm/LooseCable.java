package etal.fleet.world.calm;

import etal.fleet.fault.Cable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The network at the edge of the market: now and then a stall there loses it for a while, sells on, and catches up. Safe for
 * use by any thread.
 */
public final class LooseCable implements AutoCloseable {
    private static final Duration FIRST_AFTER = Duration.ofSeconds(40);
    private static final Duration OUT = Duration.ofSeconds(60);
    private static final Duration IN = Duration.ofMinutes(3);

    private final Cable cable;
    private final CountDownLatch closing = new CountDownLatch(1);

    private LooseCable(Cable cable) {
        this.cable = cable;
    }

    /** This cable comes loose from time to time, until closed. */
    public static LooseCable of(Cable cable) {
        var loose = new LooseCable(cable);
        Thread.ofVirtual().name("loose cable").start(loose::shake);
        return loose;
    }

    private void shake() {
        try {
            Duration pluggedFor = FIRST_AFTER;
            while (!closedWithin(pluggedFor)) {
                cable.pull();
                if (closedWithin(OUT)) {
                    return;
                }
                cable.plug();
                pluggedFor = IN;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean closedWithin(Duration time) throws InterruptedException {
        return closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closing.countDown();
    }
}

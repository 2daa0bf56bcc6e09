package etal.fleet.world.place;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells the technician how far things are. Safe for use by any thread. */
public final class Progress {
    private final PrintStream out;
    private final long startNanos;
    private final AtomicInteger sold = new AtomicInteger();
    private volatile int total;

    /** Tells on {@code out}. */
    public Progress(PrintStream out) {
        this.out = out;
        this.startNanos = System.nanoTime();
    }

    /** How many baskets there will be. */
    public void expect(int baskets) {
        total = baskets;
    }

    /** One sentence. */
    public void say(String sentence) {
        long seconds = Duration.ofNanos(System.nanoTime() - startNanos).toSeconds();
        out.printf(java.util.Locale.ROOT, "%4d s  %s%n", seconds, sentence);
    }

    /** One more basket is paid; tells at every tenth of the day. */
    public void sold() {
        int now = sold.incrementAndGet();
        int step = Math.max(1, total / 10);
        if (now % step == 0 || now == total) {
            say(now + " of " + total + " baskets sold");
        }
    }
}

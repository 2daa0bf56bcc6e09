package etal.edge.mqtt;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.CRC32C;

/**
 * The waits between attempts to connect: doubling from the least to the most, each shortened by up to a half that follows
 * from the client's name and the attempt, so that a whole market does not knock at the same moment after a power cut.
 */
final class Backoff {
    private static final int DOUBLINGS_MAX = 20;
    private static final int JITTER_STEPS = 1_000;

    private final String name;
    private final long minMillis;
    private final long maxMillis;
    private int attempt;

    Backoff(String name, Duration min, Duration max) {
        this.name = name;
        minMillis = min.toMillis();
        maxMillis = max.toMillis();
    }

    /** The wait before the next attempt. */
    long nextMillis() {
        long whole = Math.min(maxMillis, minMillis << Math.min(attempt, DOUBLINGS_MAX));
        CRC32C sum = new CRC32C();
        sum.update((name + "/" + attempt).getBytes(StandardCharsets.UTF_8));
        attempt++;
        return whole - whole / 2 * (sum.getValue() % JITTER_STEPS) / JITTER_STEPS;
    }

    /** A connection stood: the next wait is the least again. */
    void reset() {
        attempt = 0;
    }
}

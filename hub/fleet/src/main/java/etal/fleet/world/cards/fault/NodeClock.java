package etal.fleet.world.cards.fault;

import etal.fake.ManualClock;
import etal.port.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A node's own clock: the count is everybody's, the time of day is what this machine takes it for. Not thread-safe.
 */
public final class NodeClock implements Clock {
    private static final long MILLION = 1_000_000;

    private final ManualClock world;
    private Duration ahead = Duration.ZERO;
    private long driftPerMillion;
    private Instant driftsSince;
    private boolean trusted = true;

    /** A clock that is right. */
    public NodeClock(ManualClock world) {
        this.world = world;
        this.driftsSince = world.now();
    }

    @Override
    public Instant now() {
        return world.now().plus(ahead).plusMillis(driftMillis());
    }

    private long driftMillis() {
        return Duration.between(driftsSince, world.now()).toMillis() * driftPerMillion / MILLION;
    }

    @Override
    public long monotonicNanos() {
        return world.monotonicNanos();
    }

    @Override
    public boolean trusted() {
        return trusted;
    }

    /** Somebody or something sets it: by so much more ahead of the right time than it is, or behind. */
    public void step(Duration by) {
        ahead = ahead.plus(by);
    }

    /** From now on it gains so many parts of a million, or loses them. */
    public void drift(long perMillion) {
        ahead = ahead.plusMillis(driftMillis());
        driftsSince = world.now();
        driftPerMillion = perMillion;
    }

    /** Its battery is empty: it begins anew in 1970, and nobody vouches for it. */
    public void beginAnew() {
        right();
        ahead = Duration.between(world.now(), Instant.EPOCH);
        trusted = false;
    }

    /** It is set right, and runs evenly. */
    public void right() {
        ahead = Duration.ZERO;
        driftPerMillion = 0;
        driftsSince = world.now();
        trusted = true;
    }
}

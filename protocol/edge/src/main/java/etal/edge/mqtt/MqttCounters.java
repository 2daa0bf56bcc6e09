package etal.edge.mqtt;

import java.util.concurrent.atomic.AtomicLong;

/** What a link has done since it was started, for status pages and tests. Safe for use by any thread. */
public final class MqttCounters {
    final AtomicLong connects = new AtomicLong();
    final AtomicLong failures = new AtomicLong();
    final AtomicLong acknowledged = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    final AtomicLong dropped = new AtomicLong();
    final AtomicLong received = new AtomicLong();

    MqttCounters() {}

    /** How often the link came up. */
    public long connects() {
        return connects.get();
    }

    /** How often a connection failed or ended. */
    public long failures() {
        return failures.get();
    }

    /** Messages that the broker has taken. */
    public long acknowledged() {
        return acknowledged.get();
    }

    /** Messages that the broker has refused by its reason code. */
    public long refused() {
        return refused.get();
    }

    /** Messages dropped because the link was down, or its outbox full, or they were too long. */
    public long dropped() {
        return dropped.get();
    }

    /** Messages that came. */
    public long received() {
        return received.get();
    }

    @Override
    public String toString() {
        return "connects " + connects + ", failures " + failures + ", acknowledged " + acknowledged + ", refused "
                + refused + ", dropped " + dropped + ", received " + received;
    }
}

package etal.fleet.world.open;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The version of something that is looked at, and those who wait for the next one. Safe for use by any thread. */
final class Notices {
    private final List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    private long version;

    /**
     * Begins with that version. A page that an earlier demo has left open asks with its version: whoever begins with the
     * time of day is beyond it.
     */
    Notices(long version) {
        this.version = version;
    }

    synchronized long version() {
        return version;
    }

    /** Something is different now. */
    void changed() {
        List<CompletableFuture<Boolean>> told;
        synchronized (this) {
            version++;
            told = List.copyOf(waiting);
            waiting.clear();
        }
        // On threads of their own: who changes something does not wait for those who look.
        told.forEach(one -> one.completeAsync(() -> true));
    }

    /** True once the version is beyond {@code known}, false when it is not after {@code atMost}; never fails. */
    CompletableFuture<Boolean> beyond(long known, Duration atMost) {
        var told = new CompletableFuture<Boolean>();
        synchronized (this) {
            if (version > known) {
                return CompletableFuture.completedFuture(true);
            }
            waiting.add(told);
        }
        return told.completeOnTimeout(false, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((changed, impossible) -> forget(told));
    }

    private synchronized void forget(CompletableFuture<Boolean> told) {
        waiting.remove(told);
    }

    /** How many wait; for tests. */
    synchronized int waiting() {
        return waiting.size();
    }
}

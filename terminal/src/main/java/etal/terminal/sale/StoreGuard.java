package etal.terminal.sale;

import etal.port.Signal;
import etal.port.StorageFailed;

/**
 * Stops selling when the store fails, and reads it again before anything else is done: what was in memory may not be what
 * became durable. Used from the loop only.
 */
final class StoreGuard {
    private final Signal signal;
    private final Recovery recovery;
    private boolean failed;

    StoreGuard(Signal signal, Recovery recovery) {
        this.signal = signal;
        this.recovery = recovery;
    }

    /** Does the work, after a recovery if one is due; a failing store is an answer. */
    Answer guarded(Work work) {
        try {
            recoverIfDue();
            return work.run();
        } catch (StorageFailed storage) {
            fail();
            return Answer.refused(Answer.Kind.UNAVAILABLE, "storage-failed");
        }
    }

    /** The same for what nobody asked for, as a card that is laid down: light and status say that the store fails. */
    void unasked(Event event) {
        try {
            recoverIfDue();
            event.run();
        } catch (StorageFailed storage) {
            fail();
        }
    }

    private void recoverIfDue() throws StorageFailed {
        if (failed) {
            recovery.recover();
            failed = false;
        }
    }

    private void fail() {
        failed = true;
        signal.show(Signal.Outcome.FAULT);
    }

    boolean failed() {
        return failed;
    }

    @FunctionalInterface
    interface Work {
        Answer run() throws StorageFailed;
    }

    @FunctionalInterface
    interface Event {
        void run() throws StorageFailed;
    }

    @FunctionalInterface
    interface Recovery {
        void recover() throws StorageFailed;
    }
}

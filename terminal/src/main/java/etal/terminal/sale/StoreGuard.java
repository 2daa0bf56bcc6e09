package etal.terminal.sale;

import etal.port.Signal;
import etal.port.StorageFailed;
import etal.protocol.Said;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stops selling when the store fails, and reads it again before anything else is done: what was in memory may not be what
 * became durable. Used from the loop only.
 */
public final class StoreGuard {
    private final Signal signal;
    private final Recovery recovery;
    private @Nullable StorageFailed failure;
    private Runnable onFailed = () -> {};

    StoreGuard(Signal signal, Recovery recovery) {
        this.signal = signal;
        this.recovery = recovery;
    }

    /** Does the work, after a recovery if one is due; a failing store is an answer. */
    public Answer guarded(Work work) {
        try {
            recoverIfDue();
            return work.run();
        } catch (StorageFailed storage) {
            fail(storage);
            return new Answer.Refused(Answer.Kind.UNAVAILABLE, said(storage));
        }
    }

    /** The same for what nobody asked for, as a card that is laid down: light and status say that the store fails. */
    void unasked(Event event) {
        try {
            recoverIfDue();
            event.run();
        } catch (StorageFailed storage) {
            fail(storage);
        }
    }

    private void recoverIfDue() throws StorageFailed {
        if (failure != null) {
            recovery.recover();
            failure = null;
        }
    }

    private void fail(StorageFailed storage) {
        failure = storage;
        signal.show(Signal.Outcome.FAULT);
        onFailed.run();
    }

    boolean failed() {
        return failure != null;
    }

    /** What is wrong with the store, while it is. */
    public Optional<Said> trouble() {
        return Optional.ofNullable(failure).map(StoreGuard::said);
    }

    /** Names who hears of each failure, on the loop: to {@link #lookAgain} after a while. */
    public void onFailed(Runnable listener) {
        onFailed = listener;
    }

    /** Reads the store again if it failed: a disk that has room again needs nobody who says so. */
    public void lookAgain() {
        unasked(() -> {});
    }

    private static Said said(StorageFailed storage) {
        return Said.of(storage.full() ? "storage-full" : "storage-failed");
    }

    /** What a wish comes to. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
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

package etal.terminal.hardware.pcsc;

import etal.port.CardGone;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The commands for one card, on their way from the loop to the reader's thread. Thread-safe. */
final class Commands {
    private final Deque<Command> waiting = new ArrayDeque<>();
    private boolean over;

    /** What is asked of the card; the work is done on the reader's thread. */
    record Command(byte[] apdu, boolean uid, CompletableFuture<byte[]> answer) {}

    /** Hands a command over; when the card is gone already, its answer fails at once. */
    synchronized Command ask(byte[] apdu, boolean uid) {
        Command command = new Command(apdu, uid, new CompletableFuture<>());
        if (over) {
            command.answer().completeExceptionally(new CardGone("the card has left"));
        } else {
            waiting.add(command);
            notifyAll();
        }
        return command;
    }

    /** The next command; null when none comes within this time. */
    synchronized @Nullable Command next(Duration within) throws InterruptedException {
        if (waiting.isEmpty() && !over) {
            TimeUnit.NANOSECONDS.timedWait(this, within.toNanos());
        }
        return waiting.poll();
    }

    /** Waits; nothing is asked of a field without a card. */
    void pause(Duration time) throws InterruptedException {
        var unused = next(time);
    }

    synchronized boolean isOver() {
        return over;
    }

    /** No command is taken any more, and those that wait are told so. */
    synchronized void end() {
        over = true;
        waiting.forEach(command -> command.answer().completeExceptionally(new CardGone("the card has left")));
        waiting.clear();
        notifyAll();
    }
}

package etal.edge.page;

import etal.edge.web.WebAnswer;
import etal.edge.web.WebRefusal;
import etal.edge.web.WebRequest;
import etal.port.Loop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Requests of pages that wait for something to change (long polling): {@code GET ...?after=VERSION}. A page that was left
 * or loaded anew leaves its request behind, so no more than a few wait at once; the oldest goes first. Used from the loop
 * only.
 */
public final class Live {
    private static final int WAITING_MAX = 24;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Loop loop;
    private final LongSupplier version;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean telling;

    private record Waiting(long after, Callable<WebAnswer> part, CompletableFuture<WebAnswer> future) {}

    /** Of a state whose {@code version} grows with each change. */
    public Live(Loop loop, LongSupplier version) {
        this.loop = loop;
        this.version = version;
    }

    /** The part of the page as soon as the version is another than the page knows; 204 after a while without news. */
    public CompletableFuture<WebAnswer> wait(WebRequest request, Callable<WebAnswer> part)
            throws WebRefusal, Exception {
        long after = request.queryNumber("after", -1, Long.MAX_VALUE, -1);
        CompletableFuture<WebAnswer> future = new CompletableFuture<>();
        if (version.getAsLong() != after) {
            future.complete(part.call());
            return future;
        }
        Waiting one = new Waiting(after, part, future);
        waiting.addLast(one);
        if (waiting.size() > WAITING_MAX) {
            waiting.removeFirst().future().complete(WebAnswer.nothingNew());
        }
        loop.after(PATIENCE, () -> {
            if (waiting.remove(one)) {
                future.complete(WebAnswer.nothingNew());
            }
        });
        return future;
    }

    /** Something changed; may be called often, in the middle of a change too: the answers are given after this event. */
    public void changed() {
        if (!telling) {
            telling = true;
            loop.post(this::tell);
        }
    }

    private void tell() {
        telling = false;
        for (Waiting one : waiting.toArray(Waiting[]::new)) {
            if (version.getAsLong() != one.after()) {
                waiting.remove(one);
                complete(one);
            }
        }
    }

    private static void complete(Waiting one) {
        try {
            one.future().complete(one.part().call());
        } catch (Exception e) {
            one.future().completeExceptionally(e);
        }
    }
}

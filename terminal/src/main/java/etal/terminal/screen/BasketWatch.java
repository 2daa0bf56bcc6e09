package etal.terminal.screen;

import etal.edge.web.WebAnswer;
import etal.port.Loop;
import etal.terminal.sale.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** Requests that wait for a basket to change. How many may wait is bounded by the web server. Used from the loop only. */
final class BasketWatch {
    private final Loop loop;
    private final Function<Answer, WebAnswer> answered;
    private final List<Waiting> waiting = new ArrayList<>();

    BasketWatch(Loop loop, Function<Answer, WebAnswer> answered) {
        this.loop = loop;
        this.answered = answered;
    }

    /** Completes once the basket's version is above {@code after}, or when the time is over: then with what stands. */
    CompletableFuture<WebAnswer> wait(Supplier<Answer> look, long after, Duration most) {
        CompletableFuture<WebAnswer> future = new CompletableFuture<>();
        Answer now = look.get();
        if (newer(now, after) || most.isZero()) {
            future.complete(answered.apply(now));
            return future;
        }
        Waiting one = new Waiting(look, after, future);
        waiting.add(one);
        loop.after(most, () -> {
            waiting.remove(one);
            future.complete(answered.apply(look.get()));
        });
        return future;
    }

    /** Something changed. */
    void changed() {
        // Looking may itself change a basket, so the answers are given after this event.
        loop.post(() -> {
            for (Waiting one : List.copyOf(waiting)) {
                Answer now = one.look().get();
                if (newer(now, one.after())) {
                    waiting.remove(one);
                    one.future().complete(answered.apply(now));
                }
            }
        });
    }

    private static boolean newer(Answer answer, long after) {
        return !(answer instanceof Answer.Basket basket) || basket.basket().version() > after;
    }

    private record Waiting(Supplier<Answer> look, long after, CompletableFuture<WebAnswer> future) {}
}

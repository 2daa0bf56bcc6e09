package etal.edge.web;

import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What a node answers to. Paths may hold {@code {name}} parts. Every handler runs on the node's loop and must not wait
 * there; one that has to wait returns a future that a later event completes.
 */
public final class WebRoutes {
    /** Answers at once. */
    @FunctionalInterface
    public interface Handler {
        /** Answers; what it throws is answered as a failure. */
        WebAnswer answer(WebRequest request) throws Exception;
    }

    /** Answers when there is something to say. */
    @FunctionalInterface
    public interface WaitingHandler {
        /** Returns at once a future of the answer. */
        CompletableFuture<WebAnswer> answer(WebRequest request) throws Exception;
    }

    /** One route. */
    record Route(HandlerType method, String path, WaitingHandler handler) {}

    private final List<Route> routes = new ArrayList<>();

    WebRoutes() {}

    /** Answers GET. */
    public WebRoutes get(String path, Handler handler) {
        return waitingGet(path, request -> CompletableFuture.completedFuture(handler.answer(request)));
    }

    /** Answers GET when there is something to say (long polling). */
    public WebRoutes waitingGet(String path, WaitingHandler handler) {
        return add(HandlerType.GET, path, handler);
    }

    /** Answers POST. */
    public WebRoutes post(String path, Handler handler) {
        return add(HandlerType.POST, path, request -> CompletableFuture.completedFuture(handler.answer(request)));
    }

    /** Answers PUT. */
    public WebRoutes put(String path, Handler handler) {
        return add(HandlerType.PUT, path, request -> CompletableFuture.completedFuture(handler.answer(request)));
    }

    List<Route> routes() {
        return List.copyOf(routes);
    }

    private WebRoutes add(HandlerType method, String path, WaitingHandler handler) {
        routes.add(new Route(method, path, handler));
        return this;
    }
}

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

    /** The most bytes of a request, where its route says no more. */
    static final int BODY_BYTES_MAX = 256 * 1024;

    /** One route. */
    record Route(HandlerType method, String path, int bodyBytesMax, WaitingHandler handler) {}

    private final List<Route> routes = new ArrayList<>();

    private String framing = "'none'";
    private String framed = "'none'";

    WebRoutes() {}

    /** Lets pages of that origin, such as {@code http://127.0.0.1:8630}, show ours in a frame; otherwise none may. */
    public WebRoutes shownBy(String origin) {
        framing = origin;
        return this;
    }

    /** Lets our pages show those of that origin in a frame; otherwise they may show none. */
    public WebRoutes showing(String origin) {
        framed = origin;
        return this;
    }

    String framing() {
        return framing;
    }

    String framed() {
        return framed;
    }

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

    /** Answers POST of a file of at most {@code bytesMax} bytes. */
    public WebRoutes upload(String path, int bytesMax, Handler handler) {
        WaitingHandler answering = request -> CompletableFuture.completedFuture(handler.answer(request));
        routes.add(new Route(HandlerType.POST, path, bytesMax, answering));
        return this;
    }

    /** Answers PUT. */
    public WebRoutes put(String path, Handler handler) {
        return add(HandlerType.PUT, path, request -> CompletableFuture.completedFuture(handler.answer(request)));
    }

    List<Route> routes() {
        return List.copyOf(routes);
    }

    private WebRoutes add(HandlerType method, String path, WaitingHandler handler) {
        routes.add(new Route(method, path, BODY_BYTES_MAX, handler));
        return this;
    }
}

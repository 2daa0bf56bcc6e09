package etal.edge.web;

import etal.port.Loop;
import etal.port.StorageFailed;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running web server, on 127.0.0.1 only. Requests are bounded in size and number; their handlers run on the node's
 * loop, one after the other. Safe for use by any thread.
 */
public final class WebServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final String ANSWERED = "answered";
    private static final int REQUESTS_MAX = 64;
    private static final int THREADS_MAX = 8;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

    private final Javalin server;
    private final Loop loop;
    private final String policy;
    private final Semaphore requests = new Semaphore(REQUESTS_MAX);

    private WebServer(Loop loop, WebRoutes routes) {
        this.loop = loop;
        this.policy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-src "
                + routes.framed() + "; frame-ancestors " + routes.framing();
        this.server = Javalin.create(config -> configure(config, routes));
    }

    /**
     * Starts it and returns once it listens.
     *
     * @param listen an address of this machine's own network; port 0 means any free one
     * @param loop on which the handlers run
     * @param fill names the routes
     * @throws IOException when the port is taken
     */
    public static WebServer start(InetSocketAddress listen, Loop loop, Consumer<WebRoutes> fill) throws IOException {
        WebRoutes routes = new WebRoutes();
        fill.accept(routes);
        WebServer web = new WebServer(loop, routes);
        try {
            web.server.start("127.0.0.1", listen.getPort());
            return web;
        } catch (RuntimeException e) {
            web.server.stop();
            throw new IOException("127.0.0.1:" + listen.getPort() + " cannot be listened on: " + e.getMessage(), e);
        }
    }

    /** Where it listens, with the real port, such as {@code http://127.0.0.1:8080}. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** Stops it; requests under way are cut. */
    @Override
    public void close() {
        server.stop();
    }

    private void configure(JavalinConfig config, WebRoutes routes) {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX, 2);
        threads.setName("web");
        threads.setDaemon(true);
        // Waiting requests then cost no thread of the pool, which has to be small beside a heap of 64 MB.
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.http.maxRequestSize = WebRoutes.BODY_BYTES_MAX;
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.routes.error(404, WebServer::unknownRoute);
        for (WebRoutes.Route route : routes.routes()) {
            config.routes.addHttpHandler(route.method(), route.path(), context -> serve(context, route));
        }
    }

    private void serve(Context context, WebRoutes.Route route) {
        WebAnswer answer;
        if (requests.tryAcquire()) {
            try {
                answer = answer(context, route);
            } finally {
                requests.release();
            }
        } else {
            answer = WebAnswer.refused(503, "busy", "Too many requests at once; ask again.");
        }
        context.header("Cache-Control", "no-store");
        context.header("X-Content-Type-Options", "nosniff");
        // Not "no-referrer": browsers would then call the origin of our own forms null (Fetch standard), which is
        // refused.
        context.header("Referrer-Policy", "same-origin");
        context.header("Content-Security-Policy", policy);
        answer.headers().forEach(context::header);
        context.attribute(ANSWERED, true);
        context.status(answer.status()).contentType(answer.contentType()).result(answer.body());
    }

    /** Only for paths without a route: a handler's own 404 has its sentence, or its page, already. */
    private static void unknownRoute(Context context) {
        if (context.attribute(ANSWERED) == null) {
            WebAnswer unknown = WebAnswer.refused(404, "unknown", "There is nothing under this address.");
            context.contentType(unknown.contentType()).result(unknown.body());
        }
    }

    private WebAnswer answer(Context context, WebRoutes.Route route) {
        try {
            LocalOnly.insist(context.header("Host"), context.header("Origin"), server.port());
            WebRequest request = request(context, route.bodyBytesMax());
            CompletableFuture<WebAnswer> answer =
                    loop.call(() -> route.handler().answer(request));
            return answer.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return failed(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            return WebAnswer.refused(504, "nothing-yet", "There was nothing to say within " + ANSWER_WITHIN + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return WebAnswer.refused(503, "closing", "The server is being closed.");
        } catch (Exception e) {
            return failed(e);
        }
    }

    private static WebAnswer failed(Throwable failure) {
        return switch (failure) {
            case WebRefusal refusal -> refusal.answer();
            case StorageFailed storage -> {
                LOG.error("the store failed under a request: {}", storage.toString());
                yield WebAnswer.refused(503, "storage-failed", "The store cannot read or write; nothing was sold.");
            }
            default -> {
                LOG.error("a request failed", failure);
                yield WebAnswer.refused(500, "failed", "The request failed; the log says why.");
            }
        };
    }

    private static WebRequest request(Context context, int bytesMax) throws IOException, WebRefusal {
        byte[] body;
        try (InputStream stream = context.bodyInputStream()) {
            // Counted while reading, because a chunked body does not say its length beforehand.
            body = stream.readNBytes(bytesMax + 1);
        }
        if (body.length > bytesMax) {
            throw new WebRefusal(413, "too-long", "A request has at most " + bytesMax + " bytes.");
        }
        Map<String, String> query = new LinkedHashMap<>();
        context.queryParamMap().forEach((name, values) -> query.put(name, values.getFirst()));
        return new WebRequest(context.pathParamMap(), query, sender(context, body), body);
    }

    private static WebRequest.Sender sender(Context context, byte[] body) throws WebRefusal {
        Map<String, String> form = new LinkedHashMap<>();
        String type = context.contentType();
        if (type != null && type.startsWith("application/x-www-form-urlencoded")) {
            form.putAll(FormBody.fields(body));
        }
        return new WebRequest.Sender(form, context.cookieMap(), "true".equals(context.header("HX-Request")));
    }
}

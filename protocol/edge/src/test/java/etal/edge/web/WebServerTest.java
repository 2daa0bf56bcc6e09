package etal.edge.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.config.ThreadLoop;
import etal.port.StorageFailed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WebServerTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);

    private final HttpClient client = HttpClient.newHttpClient();
    private final ThreadLoop loop = new ThreadLoop("loop-web", crash -> {
        throw new IllegalStateException(crash);
    });
    private final CompletableFuture<WebAnswer> later = new CompletableFuture<>();
    private WebServer web;

    @BeforeEach
    void start() throws IOException {
        web = WebServer.start(
                ANY_PORT,
                loop,
                routes -> routes.get(
                                "/api/thread/{name}",
                                request -> WebAnswer.json(Map.of(
                                        request.path("name"),
                                        Thread.currentThread().getName())))
                        .get("/api/count", request -> WebAnswer.json(Map.of("n", request.queryNumber("n", 0, 9, 5))))
                        .post("/api/echo", request -> WebAnswer.json(201, Map.of("said", request.text("say"))))
                        .get("/api/missing", request -> WebAnswer.refused(404, "no-such-basket", "No basket b1."))
                        .put("/api/store", request -> {
                            throw new StorageFailed("/secret/place is full");
                        })
                        .post("/api/bug", request -> {
                            throw new IllegalStateException("a secret of the inside");
                        })
                        .waitingGet("/api/later", request -> later));
    }

    @AfterEach
    void stop() {
        web.close();
        loop.close();
        client.close();
    }

    @Test
    void handlers_run_on_the_loop() throws Exception {
        HttpResponse<String> answer = get("/api/thread/here");
        assertEquals("{\"here\":\"loop-web\"}", answer.body());
        assertEquals(
                "application/json", answer.headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void json_comes_in_and_goes_out() throws Exception {
        HttpResponse<String> answer = send("POST", "/api/echo", "{\"say\":\"l'été\"}");
        assertEquals(201, answer.statusCode());
        assertEquals("{\"said\":\"l'été\"}", answer.body());
    }

    @Test
    void what_is_not_json_is_refused_with_a_sentence() throws Exception {
        for (String body : new String[] {
            "", "[]", "{", "{\"say\":7}", "{\"say\":\"a\",\"say\":\"b\"}", "{\"say\":\"a\"}x", "[".repeat(5000)
        }) {
            HttpResponse<String> answer = send("POST", "/api/echo", body);
            assertEquals(400, answer.statusCode(), body);
            assertTrue(answer.body().startsWith("{\"error\":\"malformed\",\"sentence\":\"The "), answer.body());
        }
    }

    @Test
    void numbers_of_a_query_have_bounds() throws Exception {
        assertEquals("{\"n\":7}", get("/api/count?n=7").body());
        assertEquals("{\"n\":5}", get("/api/count").body());
        for (String wrong : new String[] {"10", "-1", "x", "99999999999999999999"}) {
            assertEquals(400, get("/api/count?n=" + wrong).statusCode());
        }
    }

    @Test
    void a_body_that_is_too_long_is_refused_whether_its_length_is_told_or_not() throws Exception {
        byte[] big = ("{\"say\":\"" + "x".repeat(300 * 1024) + "\"}").getBytes(StandardCharsets.UTF_8);
        HttpRequest told =
                request("/api/echo").POST(BodyPublishers.ofByteArray(big)).build();
        HttpRequest chunked = request("/api/echo")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(big)))
                .build();
        assertEquals(413, client.send(told, BodyHandlers.ofString()).statusCode());
        assertEquals(413, client.send(chunked, BodyHandlers.ofString()).statusCode());
    }

    @Test
    void failures_are_named_and_say_nothing_of_the_inside() throws Exception {
        HttpResponse<String> store = send("PUT", "/api/store", "{}");
        assertEquals(503, store.statusCode());
        assertTrue(store.body().contains("storage-failed") && !store.body().contains("secret"), store.body());
        HttpResponse<String> bug = send("POST", "/api/bug", "{}");
        assertEquals(500, bug.statusCode());
        assertTrue(bug.body().contains("\"error\":\"failed\"") && !bug.body().contains("secret"), bug.body());
    }

    @Test
    void what_is_not_there_is_said_in_json_too() throws Exception {
        assertEquals(
                "{\"error\":\"unknown\",\"sentence\":\"There is nothing under this address.\"}",
                get("/api/x").body());
        assertEquals(404, get("/api/x").statusCode());
        assertEquals(
                "{\"error\":\"no-such-basket\",\"sentence\":\"No basket b1.\"}",
                get("/api/missing").body());
    }

    @Test
    void a_waiting_request_does_not_hold_up_the_loop() throws Exception {
        CompletableFuture<HttpResponse<String>> waiting =
                client.sendAsync(request("/api/later").build(), BodyHandlers.ofString());
        assertEquals(200, get("/api/count").statusCode());
        loop.post(() -> later.complete(WebAnswer.json(Map.of("version", 2))));
        assertEquals("{\"version\":2}", waiting.get().body());
    }

    @Test
    void a_foreign_page_is_refused_by_host_and_by_origin() throws Exception {
        int port = web.uri().getPort();
        assertEquals(403, raw("Host: evil.example:" + port));
        assertEquals(403, raw("Host: 127.0.0.1.evil.example:" + port));
        assertEquals(403, raw("Host: 127.0.0.1:" + port, "Origin: http://evil.example"));
        assertEquals(403, raw("Host: 127.0.0.1:" + port, "Origin: null"));
        assertEquals(200, raw("Host: localhost:" + port, "Origin: http://localhost:" + port));
        assertEquals(200, raw("Host: 127.0.0.1:" + port));
    }

    @Test
    void a_taken_port_is_an_io_exception() {
        int port = web.uri().getPort();
        assertThrows(
                IOException.class, () -> WebServer.start(new InetSocketAddress("127.0.0.1", port), loop, routes -> {}));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request =
                request(path).method(method, BodyPublishers.ofString(body)).build();
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(web.uri() + path));
    }

    /** The status of a request whose headers the ordinary client would not send. */
    private int raw(String... headers) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", web.uri().getPort())) {
            String request =
                    "GET /api/count HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.substring(9, 12));
        }
    }
}

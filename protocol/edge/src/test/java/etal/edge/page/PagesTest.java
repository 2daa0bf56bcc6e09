package etal.edge.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.config.ThreadLoop;
import etal.edge.web.WebAnswer;
import etal.edge.web.WebServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * <pre>
 * page                          node
 *  | GET /live?after=7            |
 *  |----------------------------->|  the version is 7: waits
 *  |              (something changes, version 8)
 *  |<-----------------------------|  200, the part of the page
 *  | GET /live?after=8            |
 *  |----------------------------->|  and so on; 204 after a while without news
 * </pre>
 */
final class PagesTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final ThreadLoop loop = new ThreadLoop("loop-pages", crash -> {
        throw new IllegalStateException(crash);
    });
    private final AtomicLong version = new AtomicLong(7);
    private final Live live = new Live(loop, version::get);
    private final Assets assets = new Assets(PagesTest.class);
    private final Pages pages = new Pages("jte.edge", assets);
    private WebServer web;

    @BeforeEach
    void start() throws IOException {
        web = WebServer.start(new InetSocketAddress("127.0.0.1", 0), loop, routes -> {
            assets.on(routes);
            routes.shownBy("http://127.0.0.1:1")
                    .get(
                            "/",
                            request -> Language.remembered(
                                    request,
                                    WebAnswer.html(page(Language.of(request), "<script>alert('étal')</script>"))))
                    .get("/nothing", request -> WebAnswer.html(404, "<p>nothing</p>"))
                    .post("/done", request -> WebAnswer.seeOther("/"))
                    .post(
                            "/form",
                            request -> WebAnswer.html(request.form("tile").orElse("none")))
                    .waitingGet("/live", request -> live.wait(request, () -> WebAnswer.html("v" + version.get())));
        });
    }

    @AfterEach
    void stop() {
        web.close();
        loop.close();
        client.close();
    }

    @Test
    void a_title_is_text_and_never_markup() {
        String page = page(Language.FRENCH, "</title><b>");
        assertTrue(page.contains("<title>&lt;/title&gt;&lt;b&gt;</title>"), page);
    }

    @Test
    void a_reader_who_chose_nothing_reads_french_and_a_choice_is_remembered() throws Exception {
        assertTrue(get("/").body().contains("<html lang=\"fr\">"));
        HttpResponse<String> english = get("/?lang=en");
        assertTrue(english.body().contains("<html lang=\"en\">"));
        String cookie = english.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(cookie.startsWith("lang=en; Path=/;"), cookie);
        HttpRequest again =
                HttpRequest.newBuilder(at("/")).header("Cookie", "lang=en").build();
        assertTrue(client.send(again, BodyHandlers.ofString()).body().contains("<html lang=\"en\">"));
        assertTrue(get("/?lang=%3Cscript%3E").body().contains("<html lang=\"fr\">"));
    }

    @Test
    void nothing_comes_from_elsewhere_and_only_the_named_page_may_show_ours() throws Exception {
        String policy = get("/").headers().firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.startsWith("default-src 'self';"), policy);
        assertTrue(policy.endsWith("frame-ancestors http://127.0.0.1:1"), policy);
    }

    @Test
    void style_sheets_and_scripts_are_kept_by_the_hash_in_their_address() throws Exception {
        for (String name : List.of("etal.css", "etal.js", "etal.svg", "htmx.js")) {
            HttpResponse<String> answer = get(assets.url(name));
            assertEquals(200, answer.statusCode(), name);
            assertTrue(
                    answer.headers().firstValue("Cache-Control").orElseThrow().endsWith("immutable"), name);
        }
        assertEquals(
                "no-cache",
                get("/static/etal.css").headers().firstValue("Cache-Control").orElseThrow());
        assertEquals(404, get("/static/..%2fetal.css").statusCode());
        assertEquals(404, get("/static/other.css").statusCode());
    }

    @Test
    void a_page_that_says_that_there_is_nothing_stays_a_page() throws Exception {
        HttpResponse<String> answer = get("/nothing");
        assertEquals(404, answer.statusCode());
        assertEquals("<p>nothing</p>", answer.body());
    }

    @Test
    void a_form_leads_on_to_a_page_and_what_is_no_form_is_refused() throws Exception {
        HttpResponse<String> done = post("/done", "");
        assertEquals(303, done.statusCode(), done.body());
        assertEquals("/", done.headers().firstValue("Location").orElseThrow());
        assertEquals(
                "poireaux d'été",
                post("/form", "tile=poireaux+d%27%C3%A9t%C3%A9&tile=second").body());
        assertEquals(400, post("/form", "tile=%zz").statusCode());
        assertEquals(400, post("/form", manyFields()).statusCode());
    }

    @Test
    void a_page_that_knows_the_newest_waits_until_something_changes() throws Exception {
        assertEquals("v7", get("/live?after=3").body());
        CompletableFuture<HttpResponse<String>> waiting =
                client.sendAsync(HttpRequest.newBuilder(at("/live?after=7")).build(), BodyHandlers.ofString());
        // The question is on the loop before the answer to the next one is.
        assertEquals("v7", get("/live").body());
        loop.call(() -> {
            version.set(8);
            live.changed();
            return true;
        });
        assertEquals("v8", waiting.get().body());
    }

    @Test
    void of_many_pages_that_wait_the_oldest_is_sent_away_and_nobody_is_refused() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int page = 0; page < 60; page++) {
            waiting.add(
                    client.sendAsync(HttpRequest.newBuilder(at("/live?after=7")).build(), BodyHandlers.ofString()));
        }
        CompletableFuture.anyOf(waiting.toArray(CompletableFuture[]::new)).get();
        loop.call(() -> {
            version.set(8);
            live.changed();
            return true;
        });
        int sentAway = 0;
        for (CompletableFuture<HttpResponse<String>> one : waiting) {
            int status = one.get().statusCode();
            assertTrue(status == 200 || status == 204, "status " + status);
            sentAway += status == 204 ? 1 : 0;
        }
        assertTrue(sentAway > 0);
    }

    private String page(Language language, String title) {
        Page frame = new Page(language, title, "test", List.of());
        return pages.page(
                frame,
                "page.jte",
                Map.of("page", frame, "skip", "", "lost", "", "assets", assets, "body", (gg.jte.Content) output -> {}));
    }

    private static String manyFields() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 70; i++) {
            text.append('f').append(i).append("=1&");
        }
        return text.toString();
    }

    private HttpResponse<String> post(String path, String form) throws Exception {
        return client.send(
                HttpRequest.newBuilder(at(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
    }

    private URI at(String path) {
        return URI.create(web.uri() + path);
    }
}

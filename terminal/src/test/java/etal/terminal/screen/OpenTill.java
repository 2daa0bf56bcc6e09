package etal.terminal.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.web.WebServer;
import etal.protocol.card.Entitlement;
import etal.terminal.bundle.StickDesk;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A till that can be bought from, and its screen as a browser gets it. */
abstract class OpenTill {
    private static final Pattern STATE = Pattern.compile("data-state=\"([a-z-]+)\"");
    static final Pattern VERSION = Pattern.compile("data-version=\"([0-9]+)\"");

    final TestFund fund = new TestFund();
    final TestTill market = TestTill.ready(fund, 3);
    final HttpClient client = HttpClient.newHttpClient();
    volatile OptionalLong onScale = OptionalLong.empty();
    WebServer web;

    @BeforeEach
    void on() throws Exception {
        TillScreen screen = TillScreen.of(
                market.loop,
                market.till(),
                List.of("cheese", "no such thing", "wine", "carrots"),
                Optional.empty(),
                () -> onScale,
                desk());
        web = WebServer.start(new InetSocketAddress("127.0.0.1", 0), market.loop, screen::routes);
    }

    /** Where entries are carried to the hub on a stick; most stalls have a network. */
    Optional<StickDesk> desk() {
        return Optional.empty();
    }

    @AfterEach
    void off() {
        web.close();
        client.close();
    }

    TestCard card(long cents) {
        return new TestCard(
                fund.card(1, Entitlement.monthly(cents, TestFund.APRIL, TestFund.APRIL + 1, 1), TestFund.APRIL + 24));
    }

    String touch(String what) throws Exception {
        return post("/till/" + what, "");
    }

    String touch(String what, String product) throws Exception {
        return post("/till/" + what, "product=" + URLEncoder.encode(product, StandardCharsets.UTF_8));
    }

    String post(String path, String form) throws Exception {
        HttpResponse<String> answer = client.send(form(path, form), BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }

    HttpRequest form(String path, String form) {
        return HttpRequest.newBuilder(at(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("HX-Request", "true")
                .POST(BodyPublishers.ofString(form))
                .build();
    }

    String get(String path) throws Exception {
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }

    URI at(String path) {
        return URI.create(web.uri() + path);
    }

    static boolean shows(String page, String amount) {
        return page.contains(amount + "\u00A0€");
    }

    static String state(String page) {
        Matcher state = STATE.matcher(page);
        assertTrue(state.find(), page);
        return state.group(1);
    }

    /** What was typed on a pad, and what it is sent as. */
    String type(String path, String... fields) throws Exception {
        StringBuilder form = new StringBuilder();
        for (int at = 0; at < fields.length; at += 2) {
            form.append(at == 0 ? "" : "&")
                    .append(fields[at])
                    .append('=')
                    .append(URLEncoder.encode(fields[at + 1], StandardCharsets.UTF_8));
        }
        return post("/till/" + path, form.toString());
    }
}

package etal.terminal.cancel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.web.WebServer;
import etal.protocol.ledger.Body;
import etal.terminal.screen.Screen;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cancelling over the till's JSON interface. */
class CancelApiTest {
    private final SoldStall stall = SoldStall.ready();
    private final HttpClient client = HttpClient.newHttpClient();
    private WebServer web;

    @BeforeEach
    void on() throws Exception {
        Screen screen = new Screen(stall.till.till(), stall.till.loop, "127.0.0.1:1", null);
        web = WebServer.start(new InetSocketAddress("127.0.0.1", 0), stall.till.loop, screen::routes);
    }

    @AfterEach
    void off() {
        web.close();
        client.close();
    }

    @Test
    void a_sale_is_cancelled_by_its_number_and_its_card() throws Exception {
        String waiting = post("/api/sales/1/cancel", "{\"reason\":\"returned\"}", 200);
        assertTrue(waiting.contains("\"state\":\"awaiting-cancel\""), waiting);
        stall.tap();

        String view = get("/api/baskets/b1");
        assertTrue(view.contains("\"state\":\"cancelled\""), view);
        assertTrue(view.contains("\"cancellationCode\":\"ETAL1:t3-e1:"), view);
        assertEquals(
                Body.Cancellation.GOODS_RETURNED,
                stall.cancellations().getFirst().reason());
        assertTrue(post("/api/receipts/b1", "", 200).contains("\"duplicate\":0"));
        assertTrue(post("/api/closing", "{\"day\":\"2025-04-02\"}", 200).contains("\"cardBackCents\":450"));
        assertTrue(post("/api/sales/1/cancel", "", 409).contains("cancelled-already"));
    }

    @Test
    void a_stall_may_think_better_of_it() throws Exception {
        post("/api/sales/1/cancel", "", 200);
        assertTrue(post("/api/sales/1/keep", "", 200).contains("\"state\":\"paid\""));
        assertTrue(post("/api/sales/1/keep", "", 409).contains("nothing-to-give-up"));
    }

    @Test
    void what_is_no_sale_or_no_reason_is_refused() throws Exception {
        post("/api/sales/7/cancel", "", 404);
        post("/api/sales/one/cancel", "", 404);
        post("/api/sales/99999999999999999999/cancel", "", 404);
        post("/api/sales/1/cancel", "{\"reason\":\"no\"}", 400);
        post("/api/sales/1/cancel", "{}", 400);
        stall.assertStands();
    }

    private String post(String path, String json, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(at(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertEquals(status, answer.statusCode(), answer.body());
        return answer.body();
    }

    private String get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString())
                .body();
    }

    private URI at(String path) {
        return URI.create(web.uri() + path);
    }
}

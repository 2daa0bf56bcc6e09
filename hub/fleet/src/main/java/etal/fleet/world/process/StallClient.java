package etal.fleet.world.process;

import com.fasterxml.jackson.databind.JsonNode;
import etal.fleet.market.Visit;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A producer's hands on one till. Safe for use by any thread. */
public final class StallClient {
    private static final Set<String> DONE = Set.of("paid");
    private static final int WAIT_MILLIS = 10_000;

    private final JsonClient http;
    private final String base;

    /** The till at {@code base}, such as {@code http://127.0.0.1:40123}. */
    public StallClient(JsonClient http, String base) {
        this.http = http;
        this.base = base;
    }

    /** Where it is. */
    public String base() {
        return base;
    }

    /** Sets the till's clock to market time. */
    public void setClock(Instant now) throws IOException, InterruptedException {
        http.send("PUT", base + "/api/clock", Map.of("now", now.toString()));
    }

    /** The till's state. */
    public JsonNode status() throws IOException, InterruptedException {
        return http.get(base + "/api/status");
    }

    /** Rings up a visit's basket; a basket rung up before is returned as it stands. */
    public BasketView ringUp(Visit visit) throws IOException, InterruptedException {
        List<Map<String, Object>> lines = visit.purchases().stream()
                .map(purchase -> Map.<String, Object>of("product", purchase.product(), "quantity", purchase.quantity()))
                .toList();
        return view(http.send(
                "POST",
                base + "/api/baskets",
                Map.of("key", visit.key(), "lines", lines, "receipt", visit.receiptWanted())));
    }

    /** Chooses card. */
    public BasketView card(Visit visit) throws IOException, InterruptedException {
        return command(visit, "card");
    }

    /** Agrees that the rest is paid in cash. */
    public BasketView agree(Visit visit) throws IOException, InterruptedException {
        return command(visit, "agree");
    }

    /** Takes cash for all. */
    public BasketView cash(Visit visit) throws IOException, InterruptedException {
        return command(visit, "cash");
    }

    /** Gives the basket up; the goods went back. */
    public BasketView giveUp(Visit visit) throws IOException, InterruptedException {
        return command(visit, "give-up", Map.of("goods", "returned"));
    }

    private BasketView command(Visit visit, String what) throws IOException, InterruptedException {
        return command(visit, what, Map.of());
    }

    private BasketView command(Visit visit, String what, Map<String, String> body)
            throws IOException, InterruptedException {
        return view(http.send("POST", base + "/api/baskets/" + visit.key() + "/" + what, body));
    }

    /** Waits until the basket is beyond {@code version}, or a while. */
    public BasketView await(Visit visit, long version) throws IOException, InterruptedException {
        return view(
                http.get(base + "/api/baskets/" + visit.key() + "?after=" + version + "&waitMillis=" + WAIT_MILLIS));
    }

    /** Closes the day. */
    public void closeDay(String day) throws IOException, InterruptedException {
        http.send("POST", base + "/api/closing", Map.of("day", day));
    }

    /** The ledger in its open form. */
    public byte[] ledger() throws IOException, InterruptedException {
        return http.bytes(base + "/api/ledger.etal");
    }

    private static BasketView view(JsonNode json) {
        return new BasketView(
                json.path("key").asText(),
                json.path("state").asText(),
                json.path("version").asLong(),
                json.path("totalCents").asLong(),
                json.path("cardCents").asLong(),
                json.path("cashCents").asLong());
    }

    /** A basket as the till shows it. */
    public record BasketView(String key, String state, long version, long totalCents, long cardCents, long cashCents) {
        /** Whether nothing more is to be done. */
        public boolean done() {
            return DONE.contains(state);
        }
    }
}

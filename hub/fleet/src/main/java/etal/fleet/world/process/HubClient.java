package etal.fleet.world.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/** The operator's hands on the hub. Safe for use by any thread. */
public record HubClient(JsonClient http, String base) {
    /** The hub's state. */
    public JsonNode status() throws IOException, InterruptedException {
        return http.get(base + "/api/status");
    }

    /** Sets the hub's clock to market time. */
    public void setClock(Instant now) throws IOException, InterruptedException {
        http.send("PUT", base + "/api/clock", Map.of("now", now.toString()));
    }

    /** The reconciliation of one day. */
    public JsonNode reconcile(String day) throws IOException, InterruptedException {
        return http.send("POST", base + "/api/reconcile", Map.of("day", day));
    }

    /** Orders the payouts of one day; the same run again is the same run. */
    public JsonNode payOut(String day, String run) throws IOException, InterruptedException {
        return http.send("POST", base + "/api/payouts", Map.of("day", day, "run", run));
    }
}

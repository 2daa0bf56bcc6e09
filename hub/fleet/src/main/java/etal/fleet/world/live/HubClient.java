package etal.fleet.world.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/** The operator's hands on the hub. Safe for use by any thread. */
record HubClient(JsonClient http, String base) {
    JsonNode status() throws IOException, InterruptedException {
        return http.get(base + "/api/status");
    }

    void setClock(Instant now) throws IOException, InterruptedException {
        http.send("PUT", base + "/api/clock", Map.of("now", now.toString()));
    }

    JsonNode reconcile(String day) throws IOException, InterruptedException {
        return http.send("POST", base + "/api/reconcile", Map.of("day", day));
    }

    JsonNode payOut(String day, String run) throws IOException, InterruptedException {
        return http.send("POST", base + "/api/payouts", Map.of("day", day, "run", run));
    }
}

package etal.fleet.real.market;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import etal.fleet.world.process.JsonClient;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.LedgerFile;
import etal.protocol.ledger.SignedEntry;
import etal.virtualcard.FieldCard;
import etal.virtualcard.PresentedCard;
import etal.virtualcard.Tear;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A seller's and a member's gestures at one till of a real market, and what the till says to each. For one thread. */
final class AtTheStall {
    private static final int SECONDS = 60;
    private static final int WAIT_MILLIS = 2_000;
    private static final Set<String> WAITING = Set.of("awaiting-card", "awaiting-cancel");

    private final RealMarket market;
    private final int number;
    private final String prefix;
    private final JsonClient http = new JsonClient();
    private int rung;

    AtTheStall(RealMarket market, int number, String prefix) {
        this.market = market;
        this.number = number;
        this.prefix = prefix;
    }

    private String base() throws IOException, InterruptedException {
        return market.stall(number).process().address();
    }

    private JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return http.send("POST", base() + path, body);
    }

    /** Two salads, 2.60 euros, all of it conventioned; the basket's name. */
    String ring() throws IOException, InterruptedException {
        String key = prefix + "-" + number + "-" + ++rung;
        post("/api/baskets", Map.of("key", key, "lines", List.of(Map.of("product", "salade", "quantity", 2))));
        return key;
    }

    /** The basket as it stands. */
    JsonNode look(String key) throws IOException, InterruptedException {
        return http.get(base() + "/api/baskets/" + key);
    }

    String state(String key) throws IOException, InterruptedException {
        return look(key).path("state").asText();
    }

    /** The basket waits for a card; it may do so already. */
    void await(String key) throws IOException, InterruptedException {
        post("/api/baskets/" + key + "/card", Map.of());
    }

    /** A card is laid down and stays until the till has said something or the tear has come; what the basket says then. */
    JsonNode lay(String key, FieldCard card, Tear tear) throws IOException, InterruptedException {
        JsonNode before = look(key);
        PresentedCard lying = present(card, tear);
        try (lying) {
            return saidAfter(key, before);
        } finally {
            assertTrue(lying.await(Duration.ofSeconds(SECONDS)).isPresent(), "the card still lies there");
        }
    }

    /** A card is laid down. */
    PresentedCard present(FieldCard card, Tear tear) throws IOException, InterruptedException {
        return card.present(market.stall(number).reader(), tear);
    }

    /** What the till says of the basket beyond what it said before, once it waits no more or names another reason to wait. */
    private JsonNode saidAfter(String key, JsonNode before) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        JsonNode now = before;
        while (System.nanoTime() < end) {
            now = http.get(base() + "/api/baskets/" + key + "?after="
                    + before.path("version").asLong() + "&waitMillis=" + WAIT_MILLIS);
            boolean moved =
                    now.path("version").asLong() > before.path("version").asLong();
            if (moved && !WAITING.contains(now.path("state").asText())) {
                return now;
            }
        }
        throw new AssertionError("nothing more was said of basket " + key + ": " + now);
    }

    /** A member pays by card, all goes well; the basket. */
    JsonNode pay(FieldCard card) throws IOException, InterruptedException {
        String key = ring();
        await(key);
        return lay(key, card, new Tear.Never());
    }

    /** The stall gives the basket up. */
    void giveUp(String key, String goods) throws IOException, InterruptedException {
        post("/api/baskets/" + key + "/give-up", Map.of("goods", goods));
    }

    /** The till's plug, out and in again. */
    void pullPlug() throws IOException, InterruptedException {
        market.stall(number).process().kill();
        market.stall(number).process().start();
        base();
    }

    /** What the signed ledger holds, oldest first. */
    List<Body> ledger() throws IOException, InterruptedException, Malformed {
        List<Body> bodies = new ArrayList<>();
        for (byte[] entry :
                LedgerFile.decode(market.stall(number).client().ledger()).entries()) {
            bodies.add(SignedEntry.decode(entry).entry().body());
        }
        return bodies;
    }
}

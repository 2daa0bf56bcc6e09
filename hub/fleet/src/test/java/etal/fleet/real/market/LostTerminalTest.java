package etal.fleet.real.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import etal.fleet.real.RealDirectory;
import etal.fleet.world.process.HubClient;
import etal.fleet.world.process.Waiting;
import etal.virtualcard.FieldCard;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A real till is gone with all it had sold since its cable was pulled: the hub hears of it by the next stall the card goes to. */
class LostTerminalTest {
    @Test
    void what_was_paid_at_a_lost_terminal_waits_for_the_operators_word_and_is_then_the_producers() throws Exception {
        try (RealDirectory directory = RealDirectory.make("lost-terminal");
                RealMarket market = RealMarket.openTo(directory, 2, 1)) {
            AtTheStall lost = new AtTheStall(market, 1, "lost");
            AtTheStall next = new AtTheStall(market, 2, "next");
            FieldCard card = market.card(1);
            assertEquals("paid", next.pay(card).path("state").asText());
            market.stall(1).cable().pull();
            assertEquals("paid", lost.pay(card).path("state").asText());
            market.stall(1).process().close();
            assertEquals("paid", next.pay(card).path("state").asText());

            HubClient hub = market.nodes().hub();
            Waiting.until(
                    "both sales at the hub", () -> hub.status().path("sales").asLong() == 2);
            JsonNode evening = hub.reconcile(RealMarket.DAY);
            assertEquals(1, evening.path("suspense").size(), evening.toPrettyString());
            JsonNode waiting = evening.path("suspense").get(0);
            hub.http()
                    .send(
                            "POST",
                            hub.base() + "/api/suspense",
                            Map.of(
                                    "card",
                                    waiting.path("card").asText(),
                                    "counter",
                                    waiting.path("counter").asLong(),
                                    "decision",
                                    "payable",
                                    "by",
                                    "A. Operator"));
            JsonNode after = hub.reconcile(RealMarket.DAY);
            assertEquals(0, after.path("suspense").size(), after.toPrettyString());
            assertEquals(List.of(260L, 520L), payable(after), "what the two stalls are owed");
            assertTrue(after.path("i1").path("holds").asBoolean(), after.toPrettyString());
        }
    }

    private static List<Long> payable(JsonNode evening) {
        return List.of(
                evening.path("i2").path(0).path("closing").asLong(),
                evening.path("i2").path(1).path("closing").asLong());
    }
}

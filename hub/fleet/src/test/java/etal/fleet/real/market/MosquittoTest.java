package etal.fleet.real.market;

import com.fasterxml.jackson.databind.JsonNode;
import etal.fleet.real.RealDirectory;
import org.junit.jupiter.api.Test;

/** A market day over Mosquitto, which keeps nothing when it is killed: the hub says its documents again, and nothing is lost. */
class MosquittoTest {
    @Test
    void a_day_over_mosquitto_outlives_its_death_with_all_it_had_retained() throws Exception {
        try (RealDirectory directory = RealDirectory.make("mosquitto");
                RealMarket market = RealMarket.openWithLateStall(directory, 2)) {
            market.sell(1, 1, true);
            market.stall(1).cable().pull();
            market.sell(1, 3, true);
            market.nodes().restartBroker();
            // All that this stall can know of rules, prices and month, the hub has said again to a broker that knew
            // nothing.
            market.comesLate(2);
            market.sell(2, 2, true);
            market.sell(1, 1, false);
            market.stall(1).cable().plug();
            market.nodes().restartBroker();
            market.sell(2, 1, true);
            JsonNode evening = market.evening();
            System.out.println("measured: a day over Mosquitto, killed twice: "
                    + evening.path("sales").asLong() + " sales, "
                    + evening.path("entries").asLong() + " entries, 0 differences");
        }
    }
}

package etal.fleet.real.market;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import etal.fleet.real.RealDirectory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Between stalls, hub and broker lies a network that comes late, breaks off and falls silent: all arrives, and once. */
class RoughNetworkTest {
    private static final long SEED = 3;
    private static final int SALES = 12;

    @Test
    void sales_over_a_network_that_delays_and_breaks_arrive_once_each() throws Exception {
        var random = new SplittableRandom(SEED);
        try (RealDirectory directory = RealDirectory.make("rough-network");
                RealMarket market = RealMarket.openRough(directory, 2, SEED)) {
            RoughNetwork network = market.network();
            for (int sale = 0; sale < SALES; sale++) {
                market.sell(1 + random.nextInt(2), 1 + random.nextInt(4), random.nextInt(4) > 0);
            }
            int broken = network.broken();
            assertTrue(broken > 0, "seed " + SEED + ": the network never broke");
            network.heal();
            JsonNode evening = market.evening();
            System.out.println("measured: " + evening.path("sales").asLong() + " sales over a network that broke "
                    + broken + " connections: " + evening.path("entries").asLong() + " entries, 0 differences");
        }
    }
}

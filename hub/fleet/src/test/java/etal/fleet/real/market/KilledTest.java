package etal.fleet.real.market;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import etal.fleet.real.RealDirectory;
import etal.fleet.real.stall.Remains;
import etal.fleet.world.place.StallNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Tills and hub are killed with SIGKILL at moments drawn from a seed, while they sell and take: no sale is lost or doubled. */
class KilledTest {
    private static final long SEED = 5;
    private static final int KILLS = 6;
    private static final int WITHIN_MILLIS = 250;

    @Test
    void tills_and_hub_killed_at_any_moment_lose_nothing() throws Exception {
        var random = new SplittableRandom(SEED);
        try (RealDirectory directory = RealDirectory.make("killed");
                RealMarket market = RealMarket.open(directory, 2, false, "")) {
            for (int kill = 0; kill < KILLS; kill++) {
                int stall = 1 + random.nextInt(2);
                boolean hub = kill % 3 == 2;
                int after = random.nextInt(WITHIN_MILLIS);
                Thread killer = Thread.ofVirtual().start(() -> kill(market, stall, hub, after));
                market.sell(stall, 1 + random.nextInt(4), random.nextInt(4) > 0);
                killer.join();
            }
            JsonNode evening = market.evening();
            Remains.Checked checked =
                    Remains.check(market.directory().root(), market.directory().trust());
            assertEquals(0, checked.code(), "seed " + SEED + ": " + checked.words());
            System.out.println("measured: " + KILLS + " kills of tills and hub: "
                    + evening.path("sales").asLong() + " sales, "
                    + evening.path("entries").asLong()
                    + " entries, 0 differences");
        }
    }

    private static void kill(RealMarket market, int number, boolean hub, int afterMillis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(afterMillis));
        try {
            if (hub) {
                market.nodes().restartHub();
            } else {
                StallNode stall = market.stall(number);
                stall.process().kill();
                stall.process().start();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package etal.fleet.real.market;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import etal.fleet.fault.DayFaults.TapFault;
import etal.fleet.real.RealDirectory;
import etal.fleet.real.stall.Remains;
import etal.fleet.world.process.StallClient.BasketView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Two hours of market at real tills, by the market's clock, with everything that goes wrong there, drawn from a seed: cards torn
 * away, plugs of tills, hub and broker pulled at any moment, cables out and in. No sale that was shown as paid is missing.
 */
class TwoHoursTest {
    private static final int STALLS = 3;
    private static final int HOUSEHOLDS = 8;
    private static final int WITHIN_MILLIS = 400;
    private static final long SEED = Long.parseLong(System.getenv().getOrDefault("ETAL_SEED", "11"));
    private static final int VISITS =
            System.getenv().getOrDefault("ETAL_EVERY", "1").equals("1") ? 240 : 60;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final TreeMap<String, Integer> happened = new TreeMap<>();

    @Test
    void in_two_hours_of_market_no_sale_that_was_shown_as_paid_is_missing() throws Exception {
        try (RealDirectory directory = RealDirectory.make("two-hours");
                RealMarket market = RealMarket.openTo(directory, STALLS, HOUSEHOLDS)) {
            List<Shown> shown = new ArrayList<>();
            for (int visit = 0; visit < VISITS; visit++) {
                Optional<Thread> mishap = mishap(market);
                int stall = 1 + random.nextInt(STALLS);
                Duration into = Duration.ofHours(2).multipliedBy(visit).dividedBy(VISITS);
                int household = 1 + random.nextInt(HOUSEHOLDS);
                BasketView paid = market.sell(stall, household, RealMarket.AFTERNOON.plus(into), torn(visit));
                assertEquals("paid", paid.state(), "seed " + SEED);
                shown.add(new Shown(stall, paid));
                if (mishap.isPresent()) {
                    mishap.get().join();
                }
            }
            JsonNode evening = market.evening();
            for (Shown each : shown) {
                JsonNode now = new AtTheStall(market, each.stall(), "after")
                        .look(each.paid().key());
                assertEquals("paid", now.path("state").asText(), "seed " + SEED + ": " + now);
                assertEquals(each.paid().cardCents(), now.path("cardCents").asLong(), "seed " + SEED + ": " + now);
            }
            assertEquals(
                    shown.stream().mapToLong(each -> each.paid().cardCents()).sum(), owedCents(evening));
            Remains.Checked checked =
                    Remains.check(market.directory().root(), market.directory().trust());
            assertEquals(0, checked.code(), "seed " + SEED + ": " + checked.words());
            System.out.println("measured: two hours of market, seed " + SEED + ": " + shown.size() + " sales, "
                    + evening.path("entries").asLong() + " entries, " + happened + ", 0 differences");
        }
    }

    private record Shown(int stall, BasketView paid) {}

    private static long owedCents(JsonNode evening) {
        long cents = 0;
        for (JsonNode stall : evening.path("i2")) {
            cents += stall.path("closing").asLong();
        }
        return cents;
    }

    private Optional<TapFault> torn(int visit) {
        Optional<TapFault> fault = switch (random.nextInt(16)) {
            case 0 -> Optional.of(new TapFault.TornWhileWriting(visit, 1));
            case 1 -> Optional.of(new TapFault.TornBeforeAnswer(visit));
            case 2 -> Optional.of(new TapFault.TerminalKilled(visit));
            default -> Optional.empty();
        };
        fault.ifPresent(each -> count(each.getClass().getSimpleName()));
        return fault;
    }

    /** What goes wrong while somebody pays; what it does is over when its thread has ended. */
    private Optional<Thread> mishap(RealMarket market) {
        int stall = 1 + random.nextInt(STALLS);
        int after = random.nextInt(WITHIN_MILLIS);
        return switch (random.nextInt(24)) {
            case 0, 1 ->
                after("a till killed", after, () -> {
                    market.stall(stall).process().kill();
                    market.stall(stall).process().start();
                });
            case 2 -> after("the hub killed", after, () -> market.nodes().restartHub());
            case 3 -> after("the broker killed", after, () -> market.nodes().restartBroker());
            case 4, 5 ->
                after("a cable out", after, () -> market.stall(stall).cable().pull());
            case 6, 7 ->
                after("a cable in", after, () -> market.stall(stall).cable().plug());
            default -> Optional.empty();
        };
    }

    private Optional<Thread> after(String what, int millis, Mishap mishap) {
        count(what);
        return Optional.of(Thread.ofVirtual().start(() -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
            try {
                mishap.happen();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    private void count(String what) {
        happened.merge(what, 1, Integer::sum);
    }

    /** Something that goes wrong. */
    @FunctionalInterface
    private interface Mishap {
        void happen() throws IOException, InterruptedException;
    }
}

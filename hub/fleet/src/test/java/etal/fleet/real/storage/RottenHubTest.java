package etal.fleet.real.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.sqlite.SqliteDatabase;
import etal.fake.FakeBroker;
import etal.fake.ManualClock;
import etal.fake.QueueLoop;
import etal.fleet.real.RealDirectory;
import etal.fleet.real.stall.DiskStall;
import etal.fleet.real.stall.FundHub;
import etal.fleet.real.stall.StallDay;
import etal.fleet.real.stall.StallFund;
import etal.hub.core.HubCore;
import etal.hub.reconcile.Reconciliation;
import etal.port.CentralFund.Statement;
import etal.port.PeerUnreachable;
import etal.port.StorageFailed;
import etal.protocol.ledger.LedgerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One page or sector of a hub's database is torn, zeroed or flipped: the evening is what it was, or somebody is told. */
class RottenHubTest {
    private static final long SEED = 1;
    private static final int STATES =
            System.getenv().getOrDefault("ETAL_EVERY", "1").equals("1") ? 300 : 60;
    private static final int PAGE_BYTES = 4096;
    private static final int ENTRIES = 14;

    @Test
    void a_rotten_page_of_the_hubs_books_is_never_passed_over() throws Exception {
        try (RealDirectory directory = RealDirectory.make("rotten-hub")) {
            StallFund fund = StallFund.make();
            byte[] whole = books(fund, directory.path());
            String evening = evening(fund, whole, directory.path().resolve("whole.db"));
            assertTrue(evening.startsWith(ENTRIES + " entries, 3 sales"), evening);
            Map<String, Integer> outcomes = new TreeMap<>();
            List<String> silent = new ArrayList<>();
            for (long seed = SEED; seed < SEED + STATES; seed++) {
                var random = new SplittableRandom(seed);
                String found =
                        evening(fund, harmed(whole, random), directory.path().resolve("rotten.db"));
                String outcome = found.equals(evening) ? "as it was" : found.replaceFirst("(?s):.*", "");
                outcomes.merge(outcome.matches("\\d.*") ? "silent" : outcome, 1, Integer::sum);
                if (outcome.matches("\\d.*")) {
                    silent.add("seed " + seed + ": " + found);
                }
            }
            System.out.println("measured: " + STATES + " rotten pages and sectors of a hub's books: " + outcomes);
            assertEquals("", String.join("\n", silent));
            assertTrue(outcomes.size() > 1, "no damage was ever named: " + outcomes);
        }
    }

    /** The file after a day. */
    private static byte[] books(StallFund fund, Path directory) throws StorageFailed, IOException {
        Path file = directory.resolve("hub.db");
        Files.createDirectories(directory.resolve("stall/stick"));
        try (DiskStall stall = DiskStall.withHub(fund, directory.resolve("stall"), SqliteDatabase.open(file))) {
            new StallDay(stall, line -> {}).run();
        }
        return Files.readAllBytes(file);
    }

    private static byte[] harmed(byte[] whole, SplittableRandom random) {
        byte[] harmed = whole.clone();
        int size = random.nextBoolean() ? PAGE_BYTES : 512;
        int from = random.nextInt(whole.length / size) * size;
        switch (random.nextInt(3)) {
            case 0 -> Arrays.fill(harmed, from, from + size, (byte) 0);
            case 1 -> Arrays.fill(harmed, from + size / 2, from + size, (byte) 0);
            default -> harmed[from + random.nextInt(size)] ^= (byte) (1 << random.nextInt(8));
        }
        return harmed;
    }

    /** What else an operator opens or orders: each of it is there, or is refused by a sentence. */
    private static void lookAtAll(HubCore hub) throws StorageFailed, PeerUnreachable {
        var unused = hub.board(Optional.of(FundHub.DAY));
        hub.rules();
        hub.status();
        hub.ledger(new LedgerId(1, 1));
        for (long number = 1; number <= ENTRIES; number++) {
            hub.way(new LedgerId(1, 1), number);
        }
        hub.payOut(FundHub.DAY, "R1");
        hub.enter(new Statement("R1-1", false, 1, Instant.parse("2025-04-03T00:00:00Z")));
    }

    private static String evening(StallFund fund, byte[] books, Path file) throws IOException {
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(Path.of(file + suffix));
        }
        Files.write(file, books);
        var clock = new ManualClock(Instant.parse("2025-04-02T19:00:00Z"));
        clock.trusted(true);
        try (SqliteDatabase store = SqliteDatabase.open(file)) {
            HubCore hub = FundHub.start(fund, store, clock, new QueueLoop(clock), new FakeBroker());
            Reconciliation evening = hub.reconcile(FundHub.DAY, true);
            lookAtAll(hub);
            return evening.differences().isEmpty()
                    ? evening.entries() + " entries, " + evening.sales() + " sales, " + evening.i1() + evening.i2()
                            + evening.i3()
                    : "named by the evening: " + evening.differences();
        } catch (StorageFailed refused) {
            return "refused: " + refused.getMessage();
        } catch (RuntimeException | PeerUnreachable bug) {
            return "0 sentences, but " + bug + " at " + bug.getStackTrace()[0];
        }
    }
}

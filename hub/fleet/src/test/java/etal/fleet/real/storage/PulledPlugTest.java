package etal.fleet.real.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fleet.real.RealDirectory;
import etal.fleet.real.disk.Disk;
import etal.fleet.real.disk.Op;
import etal.fleet.real.disk.Recording;
import etal.fleet.real.stall.DiskStall;
import etal.fleet.real.stall.Remains;
import etal.fleet.real.stall.StallDay;
import etal.fleet.real.stall.StallFund;
import etal.terminal.basket.BasketState;
import etal.terminal.sale.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A day is recorded as the kernel saw it; then the plug is pulled after every single operation on a file, in four ways. Each time
 * the till starts again, has every sale it had shown as paid, sells on, and its ledger is whole.
 */
class PulledPlugTest {
    private static final long SEED = 1;
    private static final List<String> WATCHED =
            List.of("pwrite64", "write", "ftruncate", "openat", "unlink", "rename", "fsync", "fdatasync", "mkdir");

    @Test
    void a_plug_pulled_after_any_operation_on_a_file_costs_no_sale() throws Exception {
        try (RealDirectory directory = RealDirectory.make("pulled-plug")) {
            List<Op> ops = recorded(directory.path());
            Place place =
                    new Place(directory.path().resolve("t"), directory.path().resolve("trust.pem"), StallFund.make());
            Files.writeString(place.trust(), place.fund().trustPem());
            // All of them on the build server; elsewhere those of every ninth operation, each way at others.
            int step = System.getenv().getOrDefault("ETAL_EVERY", "1").equals("1") ? 1 : 9;
            int states = 0;
            for (Disk.Plug plug : Disk.Plug.values()) {
                states += eachMoment(ops, plug, step, place);
            }
            controlled(ops, place);
            System.out.println("measured: plug pulled in " + states + " states of a day's " + ops.size()
                    + " operations on files, no sale lost");
            assertTrue(states > 1000 / step, "only " + states + " states");
        }
    }

    /** Where a till starts again. */
    private record Place(Path directory, Path trust, StallFund fund) {}

    private static int eachMoment(List<Op> ops, Disk.Plug plug, int step, Place place) throws Exception {
        Disk disk = new Disk();
        List<String> paid = new ArrayList<>();
        int states = 0;
        for (int at = 0; at < ops.size(); at++) {
            disk.apply(ops.get(at));
            if (ops.get(at) instanceof Op.Said(String line) && line.startsWith("paid ")) {
                paid.add(line.substring("paid ".length()));
            } else if (!(ops.get(at) instanceof Op.Said) && at % step == plug.ordinal() % step) {
                String what =
                        plug + " after operation " + at + " of " + ops.size() + ", " + ops.get(at) + ", seed " + SEED;
                startAgain(place, disk.after(plug, new SplittableRandom(SEED + at)), disk, List.copyOf(paid), what);
                states++;
            }
        }
        assertEquals(List.of("b1", "b2", "b3"), paid);
        return states;
    }

    /** Were nothing ever synced, this test would say so. */
    private static void controlled(List<Op> ops, Place place) {
        Disk disk = new Disk();
        ops.stream().filter(op -> !(op instanceof Op.Sync)).forEach(disk::apply);
        assertThrows(
                AssertionError.class,
                () -> startAgain(
                        place,
                        disk.after(Disk.Plug.UNSYNCED_LOST, new SplittableRandom(SEED)),
                        disk,
                        List.of("b1", "b2", "b3"),
                        "nothing synced"));
    }

    private static List<Op> recorded(Path directory) throws IOException, InterruptedException {
        try (HarmedDays days = HarmedDays.start(directory.resolve("recorded"))) {
            HarmedDays.Day day = days.record(WATCHED);
            return Recording.read(day.log(), day.directory());
        }
    }

    private static void startAgain(Place place, Map<String, byte[]> left, Disk disk, List<String> paid, String what)
            throws Exception {
        RealDirectory.delete(place.directory());
        disk.layOut(left, place.directory());
        try (DiskStall stall = DiskStall.alone(place.fund(), place.directory())) {
            assertEquals(Optional.empty(), stall.switchOn(), what);
            for (String basket : paid) {
                assertTrue(
                        isPaid(stall, basket),
                        what + ": " + basket + " is " + stall.till().stall().look(basket));
            }
            if (stall.till().stall().ready()) {
                stall.till().stall().ringUp("after", StallDay.GOODS, false);
                stall.till().stall().cash("after");
                assertTrue(isPaid(stall, "after"), what);
            }
            stall.till().stop();
        }
        Remains.assertWhole(place.directory(), place.trust(), what);
    }

    private static boolean isPaid(DiskStall stall, String key) {
        return stall.till().stall().look(key) instanceof Answer.Basket(var basket)
                && basket.state() == BasketState.PAID;
    }
}

package etal.fleet.real.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fleet.real.RealDirectory;
import etal.fleet.real.disk.Op;
import etal.fleet.real.disk.Recording;
import etal.fleet.real.disk.Rot;
import etal.fleet.real.stall.DiskStall;
import etal.fleet.real.stall.Remains;
import etal.fleet.real.stall.StallFund;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.SignedEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * After a pulled plug one page or sector of one file is not what was written: torn, zeroed, flipped, old, or the log is cut. The
 * till either starts with every sale it had shown as paid and a ledger that is whole, or it names the damage and refuses.
 */
class RottenPagesTest {
    private static final long SEED = 1;
    /** How many are drawn; all of them on the build server. */
    private static final int STATES =
            System.getenv().getOrDefault("ETAL_EVERY", "1").equals("1") ? 600 : 100;

    private static final List<String> WATCHED =
            List.of("pwrite64", "write", "ftruncate", "openat", "unlink", "rename", "fsync", "fdatasync", "mkdir");

    @Test
    void a_rotten_page_is_mended_or_named_and_never_passed_over() throws Exception {
        try (RealDirectory directory = RealDirectory.make("rotten-pages")) {
            List<Op> ops;
            try (HarmedDays days = HarmedDays.start(directory.path().resolve("recorded"))) {
                HarmedDays.Day day = days.record(WATCHED);
                ops = Recording.read(day.log(), day.directory());
            }
            StallFund fund = StallFund.make();
            Path trust = directory.path().resolve("trust.pem");
            Files.writeString(trust, fund.trustPem());
            Map<String, Integer> outcomes = new TreeMap<>();
            List<String> silent = new ArrayList<>();
            for (long seed = SEED; seed < SEED + STATES; seed++) {
                Rot rot = Rot.of(ops, new SplittableRandom(seed));
                Path here = directory.path().resolve("t");
                RealDirectory.delete(here);
                rot.disk().layOut(rot.left(), here);
                String outcome = outcomeOrBug(fund, here, trust, rot);
                outcomes.merge(outcome, 1, Integer::sum);
                if (outcome.startsWith("silent")) {
                    silent.add("seed " + seed + ": " + rot + ": " + outcome);
                }
            }
            assertTrue(outcomes.containsKey("refused"), "no damage was ever named: " + outcomes);
            System.out.println("measured: " + STATES + " rotten pages and sectors: " + outcomes);
            assertEquals("", String.join("\n", silent));
        }
    }

    private static String outcomeOrBug(StallFund fund, Path here, Path trust, Rot rot) throws StorageFailed {
        try {
            return outcome(fund, here, trust, rot);
        } catch (IllegalStateException bug) {
            return "silent: not a sentence but a bug: " + bug + " at " + bug.getStackTrace()[0];
        }
    }

    private static String outcome(StallFund fund, Path here, Path trust, Rot rot) throws StorageFailed {
        try (DiskStall stall = DiskStall.alone(fund, here)) {
            Optional<String> refused = stall.switchOn();
            if (refused.isPresent()) {
                assertFalse(refused.get().isBlank(), rot.toString());
                return "refused";
            }
            long sales = sales(stall.till().ledger().all());
            stall.till().stop();
            stall.switchOff();
            if (sales < rot.paid()) {
                return "silent: " + sales + " sales of " + rot.paid();
            }
        }
        Remains.Checked checked = Remains.check(here, trust);
        return checked.code() == 0 ? "whole" : "silent: fsck says " + checked.words();
    }

    private static long sales(List<byte[]> entries) {
        return entries.stream().filter(RottenPagesTest::isSale).count();
    }

    private static boolean isSale(byte[] entry) {
        try {
            return SignedEntry.decode(entry).entry().body() instanceof Body.Sale;
        } catch (Malformed malformed) {
            throw new AssertionError(malformed);
        }
    }
}

package etal.fleet.real.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fleet.real.RealDirectory;
import etal.fleet.real.stall.Remains;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Each occurrence of a system call by which a till keeps its files fails once, while a day goes on: whatever was shown as paid
 * stays paid, every basket is sold once, the till says a sentence, and in the end ledger, card, second medium and hub agree.
 */
class EverySystemCallTest {
    /** The calls of a till's storage, and how each of them can fail. */
    private static final Map<String, List<String>> CALLS = calls();

    /** Three sales here and at the hub, every entry acknowledged, nothing that anyone would have to look into. */
    private static final Pattern EVENING = Pattern.compile("evening: 3 sales, 3 at the hub, (\\d+) entries of \\1, "
            + "suspense \\[], quarantine \\[], differences \\[]");

    private static Map<String, List<String>> calls() {
        var calls = new LinkedHashMap<String, List<String>>();
        List.of("pwrite64", "write", "ftruncate", "openat", "mkdir")
                .forEach(name -> calls.put(name, List.of("ENOSPC", "EIO")));
        List.of("fsync", "fdatasync", "pread64", "read", "unlink", "rename", "mmap")
                .forEach(name -> calls.put(name, List.of("EIO")));
        return calls;
    }

    /** One call that is to fail. */
    private record Failing(Call call, String error) {}

    @Test
    void every_storage_call_of_a_day_fails_once_and_no_sale_is_lost() throws Exception {
        try (RealDirectory directory = RealDirectory.make("system-calls");
                ExecutorService threads = Executors.newFixedThreadPool(2);
                HarmedDays first = HarmedDays.start(directory.path().resolve("0"));
                HarmedDays second = HarmedDays.start(directory.path().resolve("1"))) {
            Future<List<Call>> watching = threads.submit(() -> second.watch(CALLS.keySet()));
            List<Call> calls = first.watch(CALLS.keySet());
            assertEquals(names(calls), names(watching.get()), "the same day makes other calls");
            var all = new ConcurrentLinkedQueue<>(failing(calls));
            int wanted = all.size();
            List<Future<Tally>> halves =
                    List.of(threads.submit(() -> harm(first, all)), threads.submit(() -> harm(second, all)));
            Tally tally = halves.getFirst().get().plus(halves.getLast().get());
            System.out.println("measured: " + tally.words(calls.size()));
            assertEquals(wanted, tally.failed(), "calls that were to fail and did not");
            assertTrue(calls.size() > 300, "a day with only " + calls.size() + " storage calls");
        }
    }

    private static List<String> names(List<Call> calls) {
        return calls.stream().map(call -> call.name() + " " + call.file()).toList();
    }

    /** Each call fails in one way, those that have two in one and then the other; every n-th alone where time is short. */
    private static List<Failing> failing(List<Call> calls) {
        int every = Integer.parseInt(System.getenv().getOrDefault("ETAL_EVERY", "1"));
        var failing = new ArrayList<Failing>();
        for (int each = 0; each < calls.size(); each += every) {
            List<String> errors = CALLS.getOrDefault(calls.get(each).name(), List.of("EIO"));
            failing.add(new Failing(calls.get(each), errors.get(each / every % errors.size())));
        }
        return failing;
    }

    private static Tally harm(HarmedDays days, Queue<Failing> all) throws Exception {
        Tally tally = new Tally();
        Failing failing = all.poll();
        while (failing != null) {
            HarmedDays.Day day = days.play(failing.call().name(), failing.call().occurrence(), failing.error());
            try {
                check(failing, day, days.trust());
            } catch (AssertionError failure) {
                all.clear();
                throw failure;
            }
            tally.count(failing.call(), day);
            days.forget(day);
            failing = all.poll();
        }
        return tally;
    }

    private static void check(Failing failing, HarmedDays.Day day, Path trust) {
        String what = failing + " in " + day.directory() + ": " + day.lines();
        assertTrue(day.lines().contains("end"), what);
        for (String basket : List.of("b1", "b2", "b3")) {
            assertTrue(day.lines().contains("paid " + basket), what);
        }
        assertTrue(day.lines().stream().anyMatch(line -> EVENING.matcher(line).matches()), what);
        Remains.assertWhole(day.directory(), trust, what);
    }
}

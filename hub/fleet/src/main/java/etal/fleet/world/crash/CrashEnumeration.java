package etal.fleet.world.crash;

import etal.fleet.world.crash.effect.Mark;
import etal.fleet.world.crash.kind.Kind;
import etal.fleet.world.crash.kind.Kinds;
import etal.port.StorageFailed;
import etal.protocol.cose.Remembered;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Every moment at which something may go wrong, for each kind of payment and voucher, and every pair of such moments. */
public final class CrashEnumeration {
    private static final int THREADS = 2;
    private static final int FAULTS_MOST = 2;
    /** More signatures than the kinds of one fund meet: they begin alike. */
    private static final int REMEMBERED_MOST = 100_000;

    private CrashEnumeration() {}

    /** Of one kind, or of all together. */
    public record Counts(String kind, long points, long pairs, long states, long millis, List<String> violations) {}

    /** The names of the kinds. */
    public static List<String> kinds() {
        return Kinds.all().stream().map(Kind::name).toList();
    }

    /**
     * Goes through kinds, two at a time.
     *
     * @param told hears of each when it is done
     */
    public static List<Counts> run(List<String> names, Consumer<Counts> told) throws IOException, InterruptedException {
        return run(names, Flaw.NONE, FAULTS_MOST, told);
    }

    /** The same with a flaw, or with fewer faults, for tests. */
    static List<Counts> run(List<String> names, Flaw flaw, int faultsMost, Consumer<Counts> told)
            throws IOException, InterruptedException {
        Map<String, CrashFund> funds = new LinkedHashMap<>();
        var remembered = new Remembered(REMEMBERED_MOST);
        var tasks = new ArrayList<Callable<Counts>>();
        for (Kind kind : Kinds.all()) {
            if (names.contains(kind.name())) {
                String name = kind.scheme() + " " + kind.catchUpMonths();
                CrashFund known = funds.get(name);
                CrashFund fund = known == null ? CrashFund.make(kind.scheme(), kind.catchUpMonths()) : known;
                funds.put(name, fund);
                tasks.add(() -> remembered.during(() -> counted(kind, fund, flaw, faultsMost, told)));
            }
        }
        var counts = new ArrayList<Counts>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (Future<Counts> future : threads.invokeAll(tasks)) {
                counts.add(future.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("the enumeration itself failed: " + e.getCause(), e);
        }
        return List.copyOf(counts);
    }

    private static Counts counted(Kind kind, CrashFund fund, Flaw flaw, int faultsMost, Consumer<Counts> told)
            throws IOException, StorageFailed {
        long begin = System.nanoTime();
        try (Explorer explorer = new Explorer(kind, fund, flaw, faultsMost)) {
            Explorer.Outcome outcome = explorer.explore();
            var counts = new Counts(
                    kind.name(),
                    outcome.points(),
                    outcome.pairs(),
                    outcome.states(),
                    (System.nanoTime() - begin) / 1_000_000,
                    outcome.violations());
            told.accept(counts);
            return counts;
        }
    }

    /**
     * Plays one violation again.
     *
     * @param at its moments, such as {@code deed.14a,deed.7t3}
     * @return what was not kept, if anything
     * @throws IllegalArgumentException when {@code at} names no moments
     */
    public static Optional<String> replay(String name, String at) throws IOException {
        List<Mark> way = at.isEmpty()
                ? List.of()
                : Stream.of(at.split(",")).map(Mark::parse).toList();
        Kind kind = Kinds.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name));
        CrashFund fund = CrashFund.make(kind.scheme(), kind.catchUpMonths());
        try (Explorer explorer = new Explorer(kind, fund, Flaw.NONE, FAULTS_MOST)) {
            explorer.replay(way);
            return Optional.empty();
        } catch (Violation | IllegalStateException | StorageFailed e) {
            return Optional.of(e instanceof Violation ? String.valueOf(e.getMessage()) : e.toString());
        }
    }
}

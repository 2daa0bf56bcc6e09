package etal.fleet.world.sim;

import etal.port.StorageFailed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Every moment of one payment at which something may go wrong, each once; and every pair of a moment with a later one, that
 * is, a second fault while the first is being healed.
 */
public final class Enumeration {
    /** The seed of the fund's keys and of the till's salts: one world, many fates. */
    private static final long SEED = 1;

    private final SimTrust trust;
    private final int every;
    private final Consumer<String> progress;

    private Enumeration(SimTrust trust, int every, Consumer<String> progress) {
        this.trust = trust;
        this.every = every;
        this.progress = progress;
    }

    /**
     * What came of it.
     *
     * @param crashPoints single faults
     * @param pairs two faults
     * @param violations one sentence each, with the moments that led to it
     */
    public record Outcome(int crashPoints, int pairs, List<String> violations) {
        /** The line for the end. */
        public String line() {
            return crashPoints + " crash points, " + pairs + " pairs, " + violations.size() + " violations";
        }
    }

    /**
     * Goes through them on two cores: through all crash points, and through every so-many-th pair.
     *
     * @param every 1 for all pairs
     */
    public static Outcome run(int every, Consumer<String> progress) throws IOException, InterruptedException {
        return new Enumeration(SimTrust.make(SEED), every, progress).all();
    }

    /** What one fate led to: what else could have happened after it, and what was not kept. */
    private record Played(List<Moment> planned, List<Moment> possible, List<String> violations) {}

    private Outcome all() throws IOException, InterruptedException {
        Played without = play(List.of());
        List<List<Moment>> singles = without.possible().stream().map(List::of).toList();
        progress.accept(singles.size() + " crash points");
        List<Played> once = playAll(singles);
        var pairs = new ArrayList<List<Moment>>();
        for (Played played : once) {
            played.possible()
                    .forEach(second -> pairs.add(List.of(played.planned().getFirst(), second)));
        }
        List<List<Moment>> chosen = IntStream.range(0, pairs.size())
                .filter(at -> at % every == 0)
                .mapToObj(pairs::get)
                .toList();
        progress.accept(chosen.size() + " of " + pairs.size() + " pairs");
        List<Played> twice = playAll(chosen);
        var violations = new ArrayList<>(without.violations());
        once.forEach(played -> violations.addAll(played.violations()));
        twice.forEach(played -> violations.addAll(played.violations()));
        return new Outcome(singles.size(), chosen.size(), List.copyOf(violations));
    }

    private List<Played> playAll(List<List<Moment>> fates) throws IOException, InterruptedException {
        var tasks = new ArrayList<Callable<Played>>();
        fates.forEach(fate -> tasks.add(() -> play(fate)));
        var played = new ArrayList<Played>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (Future<Played> future : threads.invokeAll(tasks)) {
                played.add(future.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("the simulation itself failed: " + e.getCause(), e);
        }
        return played;
    }

    private Played play(List<Moment> planned) {
        var fate = new Fate(planned);
        var violations = new ArrayList<String>();
        try (SimWorld world = new SimWorld(trust, fate, SEED)) {
            new Shopping(world, fate, List.of(Errand.ONE_PAYMENT)).play();
            if (!fate.fulfilled()) {
                violations.add(planned + ": not all of it happened");
            }
        } catch (Violation | IllegalStateException | StorageFailed e) {
            violations.add(planned + ": " + e.getMessage());
        }
        return new Played(planned, fate.possibleAfterPlanned(), List.copyOf(violations));
    }
}

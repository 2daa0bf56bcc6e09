package etal.fleet.mutant;

import etal.fleet.mutant.Hunt.Verdict;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code etal sim --mutants}: every mutant is looked for, in two worlds at a time. */
public final class MutantRun {
    private static final int THREADS = 2;

    private final List<Mutant> mutants;
    private final PrintStream err;

    /** All mutants, or those whose name begins so. */
    public MutantRun(String only, PrintStream err) {
        this.mutants = Mutants.all().stream()
                .filter(each -> each.name().startsWith(only))
                .toList();
        this.err = err;
    }

    /**
     * What came of all.
     *
     * @param lines one for each mutant, in their order
     * @param caught how many were found
     */
    public record Outcome(List<String> lines, int caught, List<String> figures) {
        /** Whether none is left. */
        public boolean allCaught() {
            return caught == lines.size() && caught > 0;
        }

        /** The line for the end. */
        public String sum() {
            return "caught " + caught + " of " + lines.size();
        }
    }

    /**
     * Looks for all of them; how it goes is said on the way.
     *
     * @throws IllegalStateException when a mutant changes nothing
     */
    public Outcome play() throws InterruptedException {
        List<Verdict> verdicts = verdicts();
        var lines = new ArrayList<String>();
        var byGame = new EnumMap<Game, Integer>(Game.class);
        for (int each = 0; each < mutants.size(); each++) {
            lines.add(line(mutants.get(each), verdicts.get(each)));
            if (verdicts.get(each) instanceof Verdict.Caught found) {
                byGame.merge(found.game(), 1, Integer::sum);
            }
        }
        int caught = byGame.values().stream().mapToInt(Integer::intValue).sum();
        var figures = new ArrayList<String>();
        figures.add("mutants: caught " + caught + " of " + mutants.size());
        byGame.forEach((game, count) -> figures.add("caught in the game " + word(game) + ": " + count));
        return new Outcome(List.copyOf(lines), caught, List.copyOf(figures));
    }

    private static String word(Game game) {
        return game.name().toLowerCase(Locale.ROOT);
    }

    private List<Verdict> verdicts() throws InterruptedException {
        var next = new AtomicInteger();
        var done = new AtomicInteger();
        Verdict[] verdicts = new Verdict[mutants.size()];
        var workers = new ArrayList<Callable<Boolean>>();
        for (int thread = 0; thread < THREADS; thread++) {
            workers.add(() -> {
                var hunt = new Hunt(new MutantLoader(mutants).world());
                for (int number = next.getAndIncrement(); number < verdicts.length; number = next.getAndIncrement()) {
                    Mutant mutant = mutants.get(number);
                    long begin = System.nanoTime();
                    verdicts[number] = hunt.look(number, mutant.games());
                    err.println(done.incrementAndGet() + " of " + verdicts.length + ": " + mutant.name() + " "
                            + verdicts[number].getClass().getSimpleName() + " after "
                            + (System.nanoTime() - begin) / 1_000_000 + " ms");
                }
                return true;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (Future<Boolean> future : threads.invokeAll(workers)) {
                future.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NotWoven notWoven) {
                throw notWoven;
            }
            throw new IllegalStateException("the run of the mutants itself failed: " + e.getCause(), e);
        }
        return List.of(verdicts).stream().map(Objects::requireNonNull).toList();
    }

    private static String line(Mutant mutant, Verdict verdict) {
        String what = mutant.name() + " (" + mutant.where() + "): " + mutant.breaks() + " ";
        return switch (verdict) {
            case Verdict.Caught(Game game, long seed, String sentence) ->
                "caught    " + what + "seed " + seed + " of " + word(game) + ": " + sentence;
            case Verdict.Survived(long seeds, long reached) ->
                "SURVIVED  " + what + "in " + seeds + " seeds, of which " + reached + " reached it";
            case Verdict.Unsound(Game game, long seed, String sentence) ->
                "UNSOUND   " + what + "without it, seed " + seed + " of " + word(game) + ": " + sentence;
        };
    }
}

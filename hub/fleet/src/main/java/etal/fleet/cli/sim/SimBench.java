package etal.fleet.cli.sim;

import etal.fleet.bench.Figure;
import etal.fleet.world.cards.fault.Flaw;
import etal.fleet.world.cards.plan.MarketSize;
import etal.fleet.world.cards.plan.Omitted;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** {@code etal bench sim}: how long seeds take on all cores, and a season, which one core plays. */
public final class SimBench {
    private static final long WARM_UP = 60;
    private static final long SEEDS = 200;
    /** A thousand seeds in 100 seconds leave the enumeration its part of three minutes. */
    private static final BigDecimal SEED_GOAL_MILLIS = BigDecimal.valueOf(100);

    private static final BigDecimal SEASON_GOAL_SECONDS = BigDecimal.valueOf(180);
    private static final MarketSize SEASON = new MarketSize(0, 20, 500, 365);

    private final PrintStream err;

    /** A bench that says how it goes. */
    public SimBench(PrintStream err) {
        this.err = err;
    }

    /** All figures, each handed on as soon as it is known; false when something was violated on the way. */
    public boolean run(Consumer<Figure> out) {
        boolean kept = seeds(out);
        return season(out) && kept;
    }

    private boolean seeds(Consumer<Figure> out) {
        Game game = new CardGame(MarketSize.USUAL, Omitted.NOTHING, Flaw.NONE, err);
        Totals warm = played(game, 1, WARM_UP).totals();
        Run run = played(game, WARM_UP + 1, WARM_UP + SEEDS);
        BigDecimal millis = BigDecimal.valueOf(run.spent().toNanos(), 6)
                .divide(BigDecimal.valueOf(SEEDS), 2, RoundingMode.HALF_EVEN);
        out.accept(new Figure("sim.seed", millis, "ms", null, SEED_GOAL_MILLIS));
        out.accept(new Figure(
                "sim.seeds", BigDecimal.valueOf(run.totals().seedsAMinute(run.spent())), "a minute", null, null));
        return warm.violations() + run.totals().violations() == 0;
    }

    private boolean season(Consumer<Figure> out) {
        err.println("a season: 20 terminals, 500 cards, 365 days");
        Run run = played(new CardGame(SEASON, Omitted.NOTHING, Flaw.NONE, err), 1, 1);
        BigDecimal seconds = BigDecimal.valueOf(run.spent().toMillis(), 3).setScale(1, RoundingMode.HALF_EVEN);
        out.accept(new Figure("sim.season", seconds, "s", null, SEASON_GOAL_SECONDS));
        out.accept(new Figure(
                "sim.season.taps",
                BigDecimal.valueOf(run.totals().counts().getOrDefault("taps", 0L)),
                "cards laid down",
                null,
                null));
        return run.totals().violations() == 0;
    }

    private record Run(Totals totals, Duration spent) {}

    private Run played(Game game, long first, long last) {
        int threads = Runtime.getRuntime().availableProcessors();
        var seeds = new Seeds(List.of(game), threads, err, err, (seed, left) -> {});
        Totals totals = seeds.play(LongStream.rangeClosed(first, last).iterator(), OptionalLong.of(last - first + 1));
        return new Run(totals, seeds.spent());
    }
}

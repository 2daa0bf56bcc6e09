package etal.fleet.world.live;

import etal.edge.config.DrivenClock;
import etal.edge.config.SystemEntropy;
import etal.fleet.auditor.ExpectedDay;
import etal.fleet.fault.DayFaults;
import etal.fleet.market.DayPlan;
import etal.fleet.market.DayPlanner;
import etal.protocol.scheme.Scheme;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One market day from the first key to the last posting. Killed and run again on the same directory, it goes on where it
 * was: everything of value stands in the terminals', the cards' and the hub's own stores.
 */
public final class DayRun {
    /** When the day is set up: certificates made now must hold at market time. */
    private static final Instant MORNING = Instant.parse("2025-04-02T06:00:00Z");

    private final Path top;
    private final DayDirectory directory;
    private final DayInput input;
    private final long seed;
    private final Progress progress;

    /** How a day ends. */
    public sealed interface Outcome {
        /** Everything adds up; the line says how much there was. */
        record Balanced(String line) implements Outcome {}

        /** Something does not add up; the line names it. */
        record Differs(String line) implements Outcome {}

        /** The directory holds a day with another plan; nothing was changed. */
        record OtherPlan(String sentence) implements Outcome {}
    }

    /** A day in {@code directory}, whose lock the caller holds; {@code top} is the project's folder. */
    public DayRun(Path top, DayDirectory directory, DayInput input, long seed, Progress progress) {
        this.top = top;
        this.directory = directory;
        this.input = input;
        this.seed = seed;
        this.progress = progress;
    }

    /** Runs the day to its end. */
    public Outcome run() throws IOException, InterruptedException {
        Optional<String> other = PlanFile.of(input, seed).keepIn(directory);
        if (other.isPresent()) {
            return new Outcome.OtherPlan(other.get());
        }
        Scheme scheme = DayScheme.dieulefit();
        DayPlan plan = DayPlanner.plan(scheme, input.catalogue(), input.receipts(), seed);
        ExpectedDay expected = ExpectedDay.of(scheme, input.catalogue(), plan.households(), plan.visits());
        tell(plan.faults(), plan);
        var clock = new DrivenClock(MORNING);
        clock.set(MORNING);
        var entropy = new SystemEntropy();
        var configuration = new Configuration(directory, input, plan, clock, entropy);
        try (Pocket pocket = new SetUp(directory, progress).run(plan, configuration, clock, entropy);
                LiveNodes nodes = LiveNodes.start(top, directory, plan, configuration, progress)) {
            progress.say("the market is open");
            new Market(plan, nodes.stalls(), new Till(pocket), nodes::restartBroker, progress).sellAll();
            return new Evening(directory, plan, expected, nodes, progress).run();
        }
    }

    private void tell(DayFaults faults, DayPlan plan) {
        progress.say(plan.visits().size() + " baskets, " + plan.households().size() + " households, "
                + plan.stalls().size() + " stalls, seed " + plan.seed());
        progress.say("faults to come: " + faults.cuts().size() + " stalls without network, "
                + faults.taps().size() + " at the tap, the broker at basket " + faults.brokerRestartAt());
    }
}

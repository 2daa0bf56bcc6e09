package etal.fleet.world.live;

import etal.edge.config.DrivenClock;
import etal.edge.config.SystemEntropy;
import etal.fleet.auditor.ExpectedDay;
import etal.fleet.fault.DayFaults;
import etal.fleet.market.DayPlan;
import etal.fleet.market.DayPlanner;
import etal.fleet.market.VotedRules;
import etal.fleet.world.place.Configuration;
import etal.fleet.world.place.FundScheme;
import etal.fleet.world.place.MarketDirectory;
import etal.fleet.world.place.Nodes;
import etal.fleet.world.place.Pocket;
import etal.fleet.world.place.Progress;
import etal.fleet.world.place.SetUp;
import etal.fleet.world.place.Setting;
import etal.fleet.world.place.StallNode;
import etal.fleet.world.place.Till;
import etal.fleet.world.process.Waiting;
import etal.protocol.scheme.Scheme;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
        Scheme scheme = FundScheme.dieulefit();
        DayPlan plan = DayPlanner.plan(scheme, input.catalogue(), input.receipts(), seed);
        ExpectedDay expected = ExpectedDay.of(
                VotedRules.of(scheme), VotedRules.goods(input.catalogue()), plan.households(), plan.visits());
        tell(plan.faults(), plan);
        var clock = new DrivenClock(MORNING);
        clock.set(MORNING);
        var entropy = new SystemEntropy();
        var setting = new Setting(
                plan.day(),
                Setting.Time.DRIVEN,
                plan.stalls(),
                plan.households(),
                Set.of(),
                input.catalogueCsv(),
                0,
                Map.of());
        MarketDirectory market = directory.market();
        var configuration = new Configuration(market, setting, clock, entropy);
        SetUp setUp = SetUp.begin(market, setting, configuration, clock, entropy);
        try (Pocket pocket = Pocket.open(market);
                var nodes = new Nodes(top, market, setting, configuration, progress)) {
            nodes.startServices();
            setUp.members(pocket);
            progress.say(plan.households().size() + " cards personalised");
            nodes.startHub();
            nodes.startStalls(setting.stallNumbers());
            awaitReady(nodes, plan.visits().getFirst().at());
            progress.say("the market is open");
            new Market(plan, nodes.stalls(), new Till(pocket, true), nodes::restartBroker, progress).sellAll();
            return new Evening(directory, plan, expected, nodes, progress).run();
        }
    }

    private void awaitReady(Nodes nodes, Instant opens) throws IOException, InterruptedException {
        Waiting.until("the hub's clock", () -> {
            nodes.hub().setClock(opens);
            return true;
        });
        for (StallNode stall : nodes.stalls().values()) {
            Waiting.until("the clock of stall " + stall.number(), () -> {
                stall.client().setClock(opens);
                return true;
            });
        }
        for (StallNode stall : nodes.stalls().values()) {
            nodes.awaitReady(stall);
        }
        nodes.endEnrolment();
        progress.say("broker, hub and " + nodes.stalls().size() + " tills are ready");
    }

    private void tell(DayFaults faults, DayPlan plan) {
        progress.say(plan.visits().size() + " baskets, " + plan.households().size() + " households, "
                + plan.stalls().size() + " stalls, seed " + plan.seed());
        progress.say("faults to come: " + faults.cuts().size() + " stalls without network, "
                + faults.taps().size() + " at the tap, the broker at basket " + faults.brokerRestartAt());
    }
}

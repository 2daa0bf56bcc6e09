package etal.fleet.bench.process;

import etal.edge.config.SystemClock;
import etal.edge.config.SystemEntropy;
import etal.fleet.market.Household;
import etal.fleet.market.OwnMarket;
import etal.fleet.market.StallOfTheDay;
import etal.fleet.market.Visit;
import etal.fleet.market.Visit.Purchase;
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
import etal.fleet.world.process.JsonClient;
import etal.fleet.world.process.Supervised;
import etal.fleet.world.process.Waiting;
import etal.protocol.scheme.Scheme;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** A fund with one stall: hub, broker and till are real processes, the cards virtual. For one thread. */
final class BusyStall implements AutoCloseable {
    private static final int STALL = 1;
    private static final int PERSONS = 2;
    /** Five articles that the fund pays, as in the bench of the tap. */
    private static final List<Purchase> GOODS = List.of(
            new Purchase("carottes", 1),
            new Purchase("salade", 1),
            new Purchase("poireaux", 1),
            new Purchase("pommes", 1),
            new Purchase("radis", 1));

    /** Each card pays so many of these baskets. */
    private static final int SALES_A_CARD = 8;
    /** Every tenth member wants it on paper. */
    private static final int RECEIPTS = 10;

    private final SystemClock clock = new SystemClock();
    private final Pocket pocket = Pocket.unkept();
    private final Nodes nodes;
    private final StallNode stall;
    private final PackagedTill till;
    private final Path cache;
    private final int members;
    private int sold;

    /**
     * Opens it; the till has had its rehearsal.
     *
     * @param house the finished build
     * @param sales how many will be made, half of them by card
     */
    BusyStall(Path top, Path house, Path directory, int sales, Progress progress)
            throws IOException, InterruptedException {
        Scheme scheme = FundScheme.dieulefit();
        var entropy = new SystemEntropy();
        members = sales / 2 / SALES_A_CARD + 1;
        MarketDirectory market = MarketDirectory.open(directory);
        var setting = new Setting(
                LocalDate.ofInstant(clock.now(), scheme.zone()),
                Setting.Time.SYSTEM,
                List.of(StallOfTheDay.all().getFirst()),
                households(scheme),
                Set.of(),
                OwnMarket.catalogueCsv(),
                0,
                Map.of());
        var configuration = new Configuration(market, setting, clock, entropy);
        SetUp setUp = SetUp.begin(market, setting, configuration, clock, entropy);
        nodes = new Nodes(top, market, setting, configuration, progress);
        nodes.startServices();
        setUp.members(pocket);
        nodes.startHub();
        nodes.startStalls(List.of(STALL));
        StallNode enrolled = Objects.requireNonNull(nodes.stalls().get(STALL));
        nodes.awaitReady(enrolled);
        nodes.awaitHub();
        nodes.endEnrolment();
        enrolled.process().close();
        Path log = market.logs().resolve("packaged.log");
        till = new PackagedTill(top, house, market.terminal(STALL).resolve("terminal.yaml"), log);
        cache = directory.resolve("terminal.aot");
        till.rehearse(cache);
        var process = new Supervised("packaged till", () -> till.command(cache), log, progress::say);
        stall = new StallNode(STALL, process, enrolled.cable(), new JsonClient());
        nodes.awaitReady(stall);
    }

    private List<Household> households(Scheme scheme) {
        var random = new SplittableRandom(1);
        var all = new ArrayList<Household>();
        for (int number = 1; number <= members; number++) {
            all.add(Household.of(number, PERSONS, scheme, random));
        }
        return List.copyOf(all);
    }

    StallNode stall() {
        return stall;
    }

    /** The till, to be started anew once the stall is closed. */
    PackagedTill till() {
        return till;
    }

    /** What it keeps of its rehearsal. */
    Path cache() {
        return cache;
    }

    /** So many more sales, card and cash in turn, and all of them are acknowledged. */
    void sell(int sales) throws IOException, InterruptedException {
        var gestures = new Till(pocket, false);
        for (int i = 0; i < sales; i++) {
            sold++;
            boolean card = sold % 2 == 0;
            int household = 1 + sold / 2 % members;
            var visit = new Visit(sold, STALL, household, clock.now(), GOODS, card, sold % RECEIPTS < 2);
            gestures.sell(stall, visit, Optional.empty());
        }
        Waiting.until("the hub's acknowledgement", () -> {
            var status = stall.client().status();
            return status.path("acknowledged").asLong() == status.path("head").asLong();
        });
    }

    @Override
    public void close() throws IOException {
        stall.process().close();
        nodes.close();
        pocket.close();
    }
}

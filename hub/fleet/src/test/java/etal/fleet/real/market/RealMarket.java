package etal.fleet.real.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import etal.edge.config.DrivenClock;
import etal.edge.config.SystemEntropy;
import etal.fleet.fault.DayFaults.TapFault;
import etal.fleet.market.Household;
import etal.fleet.market.OwnMarket;
import etal.fleet.market.StallOfTheDay;
import etal.fleet.market.Visit;
import etal.fleet.market.Visit.Purchase;
import etal.fleet.real.RealDirectory;
import etal.fleet.world.place.Configuration;
import etal.fleet.world.place.MarketDirectory;
import etal.fleet.world.place.Nodes;
import etal.fleet.world.place.Pocket;
import etal.fleet.world.place.Progress;
import etal.fleet.world.place.Project;
import etal.fleet.world.place.SetUp;
import etal.fleet.world.place.Setting;
import etal.fleet.world.place.StallNode;
import etal.fleet.world.place.Till;
import etal.fleet.world.process.HubClient;
import etal.fleet.world.process.StallClient.BasketView;
import etal.fleet.world.process.Waiting;
import etal.virtualcard.CardPocket;
import etal.virtualcard.PocketCard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A small market of real processes: stalls, hub and broker, each with its own files; every member sells and buys by API. */
final class RealMarket implements AutoCloseable {
    private static final int FEW = 4;

    static final String DAY = "2025-04-02";
    static final Instant AFTERNOON = Instant.parse("2025-04-02T14:00:00Z");
    static final Instant NIGHT = Instant.parse("2025-04-02T20:00:00Z");

    private final MarketDirectory directory;
    private final Pocket pocket;
    private final Nodes nodes;
    private final Till till;
    private final Optional<RoughNetwork> network;
    private int visits;

    private RealMarket(MarketDirectory directory, Pocket pocket, Nodes nodes, Optional<RoughNetwork> network) {
        this.directory = directory;
        this.pocket = pocket;
        this.nodes = nodes;
        this.till = new Till(pocket, true);
        this.network = network;
    }

    /**
     * Opens one.
     *
     * @param mosquitto whether the broker is Mosquitto
     * @param hubLines what hub.yaml says beside the usual
     */
    static RealMarket open(RealDirectory place, int stalls, boolean mosquitto, String hubLines) throws Exception {
        return open(place, stalls, mosquitto, hubLines, 0, 0, FEW);
    }

    /** One whose last stall comes later, by {@link #comesLate}. */
    static RealMarket openWithLateStall(RealDirectory place, int stalls) throws Exception {
        return open(place, stalls, true, "", 0, 1, FEW);
    }

    /** One over Mosquitto behind a network that is rough until it is healed. */
    static RealMarket openRough(RealDirectory place, int stalls, long seed) throws Exception {
        return open(place, stalls, true, "", seed, 0, FEW);
    }

    /** One to which that many households come. */
    static RealMarket openTo(RealDirectory place, int stalls, int households) throws Exception {
        return open(place, stalls, false, "", 0, 0, households);
    }

    private static RealMarket open(
            RealDirectory place,
            int stalls,
            boolean mosquitto,
            String hubLines,
            long roughSeed,
            int late,
            int households)
            throws Exception {
        MarketDirectory directory = MarketDirectory.open(place.path().resolve("market"));
        var clock = new DrivenClock(AFTERNOON);
        var entropy = new SystemEntropy();
        Setting setting = setting(stalls, households);
        var configuration = new Configuration(directory, setting, clock, entropy);
        configuration.hubAlso(hubLines);
        SetUp setUp = SetUp.begin(directory, setting, configuration, clock, entropy);
        var said = new ByteArrayOutputStream();
        var progress = new Progress(new PrintStream(said, true, StandardCharsets.UTF_8));
        Optional<List<String>> broker = Optional.empty();
        Optional<RoughNetwork> network = Optional.empty();
        if (mosquitto) {
            Mosquitto other = Mosquitto.layOut(directory, setting.stallNumbers());
            network = roughSeed == 0 ? network : Optional.of(RoughNetwork.to(other.port(), roughSeed));
            broker = Optional.of(other.command(network.map(RoughNetwork::port).orElse(other.port())));
        }
        var nodes = new Nodes(Project.top(), directory, setting, configuration, progress, broker);
        var market = new RealMarket(directory, Pocket.open(directory), nodes, network);
        try {
            nodes.startServices();
            setUp.members(market.pocket);
            nodes.startHub();
            nodes.startStalls(setting.stallNumbers().subList(0, stalls - late));
            market.begin();
            if (late == 0) {
                nodes.endEnrolment();
            }
            return market;
        } catch (IOException | AssertionError e) {
            market.close();
            throw new AssertionError(said.toString(StandardCharsets.UTF_8), e);
        }
    }

    /** The stall that is late comes now. */
    void comesLate(int stall) throws IOException, InterruptedException {
        nodes.startStalls(List.of(stall));
        begin();
        nodes.endEnrolment();
    }

    /** The rough network. */
    RoughNetwork network() {
        return network.orElseThrow();
    }

    private static Setting setting(int stalls, int households) {
        return new Setting(
                LocalDate.parse(DAY),
                Setting.Time.DRIVEN,
                StallOfTheDay.all().subList(0, stalls),
                IntStream.rangeClosed(1, households)
                        .mapToObj(number -> new Household(number, 1, 10_000, 10_000))
                        .toList(),
                Set.of(),
                OwnMarket.catalogueCsv(),
                0,
                Map.of());
    }

    private void begin() throws IOException, InterruptedException {
        setHubClock(AFTERNOON);
        for (StallNode stall : nodes.stalls().values()) {
            Waiting.until("the clock of stall " + stall.number(), () -> {
                stall.client().setClock(AFTERNOON);
                return true;
            });
            nodes.awaitReady(stall);
        }
    }

    private void setHubClock(Instant now) throws IOException, InterruptedException {
        Waiting.until("the hub's clock", () -> {
            nodes.hub().setClock(now);
            return true;
        });
    }

    /** Where it lies. */
    MarketDirectory directory() {
        return directory;
    }

    /** Its processes. */
    Nodes nodes() {
        return nodes;
    }

    /** A household's card. */
    PocketCard card(int household) {
        return pocket.cardOf(household);
    }

    /** All cards as they are now, to be laid down as they were then; {@code file} is where they go. */
    CardPocket cardsCopied(Path file) throws IOException {
        Files.copy(directory.cards().resolve("cards.journal"), file);
        return CardPocket.open(file);
    }

    /** One stall. */
    StallNode stall(int number) {
        return Objects.requireNonNull(nodes.stalls().get(number));
    }

    /** Sells two salads to a household at a stall, by card or in cash, and sees that they are paid. */
    void sell(int stall, int household, boolean card) throws IOException, InterruptedException {
        var visit = new Visit(++visits, stall, household, AFTERNOON, List.of(new Purchase("salade", 2)), card, false);
        BasketView paid = till.sell(stall(stall), visit, Optional.empty());
        assertEquals("paid", paid.state());
    }

    /** The same at some time of the day, with what goes wrong at the card; the basket as it was shown as paid. */
    BasketView sell(int stall, int household, Instant at, Optional<TapFault> fault)
            throws IOException, InterruptedException {
        var visit = new Visit(++visits, stall, household, at, List.of(new Purchase("salade", 2)), true, false);
        return till.sell(stall(stall), visit, fault);
    }

    /** How many sales were shown as paid. */
    int sold() {
        return visits;
    }

    /** Ends the day: closings, every entry acknowledged, and the hub's books against what was shown as paid. */
    JsonNode evening() throws IOException, InterruptedException {
        return eveningOf(sold());
    }

    /** The same where others have sold too: that many sales. */
    JsonNode eveningOf(long sales) throws IOException, InterruptedException {
        for (StallNode stall : nodes.stalls().values()) {
            stall.cable().plug();
            Waiting.until("the closing of stall " + stall.number(), () -> {
                stall.client().setClock(NIGHT);
                stall.client().closeDay(DAY);
                return true;
            });
        }
        setHubClock(NIGHT);
        for (StallNode stall : nodes.stalls().values()) {
            Waiting.until("stall " + stall.number() + " in step with the hub", () -> inStep(stall));
        }
        return audited(nodes.hub(), sales);
    }

    private static boolean inStep(StallNode stall) throws IOException, InterruptedException {
        JsonNode status = stall.client().status();
        return status.path("acknowledged").asLong() >= status.path("head").asLong();
    }

    /** What that hub's books say, and that there is nothing to look into. */
    JsonNode audited(HubClient hub) throws IOException, InterruptedException {
        return audited(hub, sold());
    }

    private static JsonNode audited(HubClient hub, long sales) throws IOException, InterruptedException {
        JsonNode evening = hub.reconcile(DAY);
        assertEquals(List.of(), texts(evening.path("differences")), evening.toPrettyString());
        assertTrue(evening.path("balanced").asBoolean(), evening.toPrettyString());
        assertEquals(sales, evening.path("sales").asLong(), "sales at the hub");
        assertEquals(0, hub.status().path("quarantined").asLong());
        return evening;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    @Override
    public void close() throws IOException {
        nodes.close();
        pocket.close();
        network.ifPresent(RoughNetwork::close);
    }
}

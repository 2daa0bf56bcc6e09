package etal.fleet.world.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import etal.edge.config.DrivenClock;
import etal.edge.config.SystemEntropy;
import etal.fleet.market.Household;
import etal.fleet.market.OwnMarket;
import etal.fleet.market.StallOfTheDay;
import etal.fleet.market.Visit;
import etal.fleet.market.Visit.Purchase;
import etal.fleet.world.process.Waiting;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * New rules as an operator brings them, with the programs as they run: two versions in hub.yaml, the hub started again, and
 * two stalls without network over the midnight from which the second holds.
 *
 * <pre>
 * hub (rules 1)     stall 1                     stall 2
 *  |                  |                           X cable pulled
 *  | started again with rules 2, from 3 April     |
 *  |-- rules 1, 2 --> |                           |
 *  |                  X cable pulled              |
 *  |                23:59 a sale, rules 1       23:59 a sale, rules 1
 *  |                00:01 a sale, rules 2       00:01 a sale, rules 1: it has no others
 *  | <--------------- both cables are plugged in again
 * </pre>
 */
class RulesAtMidnightTest {
    private static final Instant AFTERNOON = Instant.parse("2025-04-02T14:00:00Z");
    private static final Instant BEFORE = Instant.parse("2025-04-02T21:59:00Z");
    private static final Instant AFTER = Instant.parse("2025-04-02T22:01:00Z");
    private static final String FIRST_DAY = "2025-04-02";
    private static final String SECOND_DAY = "2025-04-03";

    @TempDir
    Path folder;

    private final Path top = Project.top();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Progress progress = new Progress(new PrintStream(said, true, StandardCharsets.UTF_8));

    @BeforeEach
    void the_programs_are_laid_out() {
        Project.assumeLaidOut();
    }

    @Test
    void each_sale_of_an_offline_market_is_booked_under_the_rules_of_its_time() throws Exception {
        MarketDirectory market = MarketDirectory.open(folder.resolve("market"));
        var clock = new DrivenClock(AFTERNOON);
        var entropy = new SystemEntropy();
        Setting setting = setting();
        var configuration = new Configuration(market, setting, clock, entropy);
        SetUp setUp = SetUp.begin(market, setting, configuration, clock, entropy);
        try (Pocket pocket = Pocket.open(market);
                var nodes = new Nodes(top, market, setting, configuration, progress)) {
            nodes.startServices();
            setUp.members(pocket);
            nodes.startHub();
            nodes.startStalls(setting.stallNumbers());
            open(nodes);
            publish(nodes, configuration.hubFile());
            sell(nodes, new Till(pocket, true));
            allUp(nodes);
            audit(nodes);
        } catch (AssertionError | IOException e) {
            throw new AssertionError(said.toString(StandardCharsets.UTF_8), e);
        }
    }

    private static Setting setting() {
        return new Setting(
                LocalDate.parse(FIRST_DAY),
                Setting.Time.DRIVEN,
                StallOfTheDay.all().subList(0, 2),
                List.of(new Household(1, 1, 10_000, 10_000), new Household(2, 1, 10_000, 10_000)),
                Set.of(),
                OwnMarket.catalogueCsv(),
                0,
                Map.of());
    }

    private static void open(Nodes nodes) throws IOException, InterruptedException {
        setHubClock(nodes, AFTERNOON);
        for (StallNode stall : nodes.stalls().values()) {
            Waiting.until("the clock of stall " + stall.number(), () -> {
                stall.client().setClock(AFTERNOON);
                return true;
            });
            nodes.awaitReady(stall);
        }
        nodes.endEnrolment();
    }

    private static void setHubClock(Nodes nodes, Instant now) throws IOException, InterruptedException {
        Waiting.until("the hub's clock", () -> {
            nodes.hub().setClock(now);
            return true;
        });
    }

    private static StallNode stall(Nodes nodes, int number) {
        return Objects.requireNonNull(nodes.stalls().get(number));
    }

    /** Stall 2 does not hear of it. */
    private static void publish(Nodes nodes, Path hubFile) throws Exception {
        stall(nodes, 2).cable().pull();
        write(hubFile);
        nodes.restartHub();
        setHubClock(nodes, AFTERNOON);
        StallNode first = stall(nodes, 1);
        Waiting.until(
                "the rules to come at stall 1",
                () -> first.client().status().path("nextRules").asText().equals("2025-04-02T22:00:00Z"));
        first.cable().pull();
    }

    /** What hub/docs/rules.md tells an operator to do. */
    private static void write(Path hubFile) throws IOException {
        Path folder = Objects.requireNonNull(hubFile.getParent());
        String second = Files.readString(folder.resolve("scheme.yaml"))
                .replaceFirst("(?m)^version: .*$", "version: 2")
                .replaceFirst("(?m)^holdsFrom: .*$", "holdsFrom: " + SECOND_DAY)
                .replace("{ family: legumes, coverage: 100 }", "{ family: legumes, coverage: 50 }");
        Files.writeString(folder.resolve("scheme-2.yaml"), second);
        String list = Files.readString(folder.resolve("catalogue.csv"))
                .replace("salade,Salade,legumes,130", "salade,Salade,legumes,140");
        Files.writeString(folder.resolve("catalogue-2.csv"), list);
        Files.writeString(
                hubFile,
                Files.readString(hubFile)
                        .replace("scheme: scheme.yaml", "scheme: [scheme.yaml, scheme-2.yaml]")
                        .replace("catalogue: catalogue.csv", """
                                catalogue:
                                  - { file: catalogue.csv, holdsFrom: 2025-03-01 }
                                  - { file: catalogue-2.csv, holdsFrom: 2025-04-03 }"""));
    }

    private static void sell(Nodes nodes, Till till) throws Exception {
        assertEquals(260, sell(till, stall(nodes, 1), 1, BEFORE));
        assertEquals(260, sell(till, stall(nodes, 2), 2, BEFORE));
        close(nodes, FIRST_DAY);
        assertEquals(140, sell(till, stall(nodes, 1), 3, AFTER), "half of two salads at 1.40");
        assertEquals(260, sell(till, stall(nodes, 2), 4, AFTER), "two at 1.30, for it has heard of nothing else");
        close(nodes, SECOND_DAY);
    }

    /** What the card pays of two salads. */
    private static long sell(Till till, StallNode stall, int number, Instant at) throws Exception {
        var visit =
                new Visit(number, stall.number(), stall.number(), at, List.of(new Purchase("salade", 2)), true, false);
        return till.sell(stall, visit, Optional.empty()).cardCents();
    }

    private static void close(Nodes nodes, String day) throws IOException, InterruptedException {
        for (StallNode stall : nodes.stalls().values()) {
            stall.client().closeDay(day);
        }
    }

    private static void allUp(Nodes nodes) throws IOException, InterruptedException {
        setHubClock(nodes, AFTER);
        for (StallNode stall : nodes.stalls().values()) {
            stall.cable().plug();
        }
        for (StallNode stall : nodes.stalls().values()) {
            Waiting.until("stall " + stall.number() + " in step with the hub", () -> {
                JsonNode status = stall.client().status();
                return status.path("acknowledged").asLong()
                        >= status.path("head").asLong();
            });
        }
    }

    private static void audit(Nodes nodes) throws IOException, InterruptedException {
        assertEquals(0, nodes.hub().status().path("quarantined").asLong());
        JsonNode first = nodes.hub().reconcile(FIRST_DAY);
        assertEquals(List.of("1: 2"), rules(first));
        assertEquals(List.of(), texts(first.path("differences")));
        JsonNode second = nodes.hub().reconcile(SECOND_DAY);
        assertEquals(List.of("1: 1", "2: 1"), rules(second));
        assertEquals(List.of(), texts(second.path("differences")));
        assertEquals(
                List.of(
                        "t2-e1 sale 2: sold under product list 1 after product list 2 held, because it had not arrived",
                        "t2-e1 sale 2: sold under version 1 after version 2 held, because it had not arrived"),
                texts(second.path("oddities")).stream()
                        .filter(remark -> remark.contains("because"))
                        .toList());
        assertEquals(400, second.path("i2").get(0).path("closing").asLong(), "260 at 23:59, 140 at 00:01");
        assertEquals(520, second.path("i2").get(1).path("closing").asLong(), "260 each time");
        assertTrue(second.path("balanced").asBoolean());
    }

    /** Version and number of sales. */
    private static List<String> rules(JsonNode evening) {
        List<String> rules = new ArrayList<>();
        evening.path("rules")
                .forEach(used -> rules.add(used.path("version").asLong() + ": "
                        + used.path("sales").asLong()));
        return rules;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}

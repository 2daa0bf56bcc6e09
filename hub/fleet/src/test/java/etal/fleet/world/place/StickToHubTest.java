package etal.fleet.world.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import etal.edge.config.DrivenClock;
import etal.edge.config.SystemEntropy;
import etal.fleet.market.Household;
import etal.fleet.market.OwnMarket;
import etal.fleet.market.StallOfTheDay;
import etal.fleet.market.Visit;
import etal.fleet.market.Visit.Purchase;
import etal.fleet.world.process.Program;
import etal.fleet.world.process.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
 * A stall that never has a network, with the programs as they run: all it gets and all it tells goes by a stick.
 *
 * <pre>
 * stall 1                         stick                      hub
 *  | touch ------------------------>| -- etal hub bundle ----->|
 *  |<------------------------ touch |<----- rules, month ------|
 *  | sells by card and for cash, closes                        |
 *  | etal terminal bundle --------->| -- etal hub bundle, twice|
 *  |<------------------------ touch |<----- acknowledgement ---|
 *  | "Tout est remonté"                                        |
 * </pre>
 */
class StickToHubTest {
    private static final Instant MORNING = Instant.parse("2025-04-02T08:00:00Z");
    private static final String DAY = "2025-04-02";

    @TempDir
    Path folder;

    private final Path top = Project.top();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Progress progress = new Progress(new PrintStream(said, true, StandardCharsets.UTF_8));
    private final HttpClient browser =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

    @BeforeEach
    void the_programs_are_laid_out() {
        Project.assumeLaidOut();
    }

    @Test
    void a_till_with_no_link_gets_its_rules_sells_and_all_has_gone_up() throws Exception {
        MarketDirectory market = MarketDirectory.open(folder.resolve("market"));
        var clock = new DrivenClock(MORNING);
        var entropy = new SystemEntropy();
        Setting setting = setting();
        var configuration = new Configuration(market, setting, clock, entropy);
        SetUp setUp = SetUp.begin(market, setting, configuration, clock, entropy);
        try (Pocket pocket = Pocket.open(market);
                var nodes = new Nodes(top, market, setting, configuration, progress)) {
            nodes.startServices();
            setUp.members(pocket);
            nodes.startHub();
            StallNode stall = offline(nodes, market);
            Path stick = market.terminal(1).resolve("navette");
            rules(nodes, stall, stick, configuration.hubFile());
            var till = new Till(pocket, true);
            sell(till, stall, 1, true);
            sell(till, stall, 2, false);
            stall.client().closeDay(DAY);
            carried(nodes, stall, stick, market, configuration.hubFile());
        } catch (AssertionError | IOException e) {
            throw new AssertionError(said.toString(StandardCharsets.UTF_8), e);
        }
    }

    private static Setting setting() {
        return new Setting(
                LocalDate.parse(DAY),
                Setting.Time.DRIVEN,
                StallOfTheDay.all().subList(0, 1),
                List.of(new Household(1, 1, 10_000, 10_000)),
                Set.of(),
                OwnMarket.catalogueCsv(),
                0,
                Map.of());
    }

    /** It enrols, as a technician has it do at home; then nothing leads to it any more, and a stick's folder is named. */
    private static StallNode offline(Nodes nodes, MarketDirectory market) throws IOException, InterruptedException {
        nodes.startStalls(List.of(1));
        StallNode stall = Objects.requireNonNull(nodes.stalls().get(1));
        stall.cable().pull();
        stall.client().status();
        Path file = market.terminal(1).resolve("terminal.yaml");
        Files.writeString(
                file, Files.readString(file).replaceFirst("(?m)^broker: .*$", "usb: navette"), StandardCharsets.UTF_8);
        stall.process().kill();
        Waiting.until("the clocks", () -> {
            nodes.hub().setClock(MORNING);
            stall.client().setClock(MORNING);
            return true;
        });
        return stall;
    }

    private void rules(Nodes nodes, StallNode stall, Path stick, Path hubFile) throws Exception {
        assertFalse(stall.client().status().path("ready").asBoolean(), "it has heard of no rules");
        assertEquals(0, nodes.hub().status().path("entries").asLong());
        assertTrue(touched(stall).contains("Pas de clé USB"), "no stick is plugged in");
        Files.createDirectory(stick);
        assertTrue(touched(stall).contains("Écritures copiées"));
        assertTrue(run(0, Program.HUB, "bundle", aller(stick), "--config", hubFile.toString())
                .contains("t1-e1 : remonté"));
        assertTrue(touched(stall).contains("Réponse de la caisse alimentaire lue"));
        assertTrue(stall.client().status().path("ready").asBoolean());
    }

    private static void sell(Till till, StallNode stall, int number, boolean byCard) throws Exception {
        List<Purchase> salads = List.of(new Purchase("salade", 2));
        var visit = new Visit(number, 1, 1, MORNING.plusSeconds(60L * number), salads, byCard, false);
        till.sell(stall, visit, Optional.empty());
    }

    private void carried(Nodes nodes, StallNode stall, Path stick, MarketDirectory market, Path hubFile)
            throws Exception {
        Files.delete(Path.of(aller(stick)));
        Path config = market.terminal(1).resolve("terminal.yaml");
        String written = run(0, Program.TERMINAL, "bundle", "--config", config.toString(), "--out", stick.toString());
        assertTrue(written.contains("t1-e1, "), written);
        for (int twice = 0; twice < 2; twice++) {
            String taken = run(0, Program.HUB, "bundle", aller(stick), "--config", hubFile.toString());
            assertTrue(taken.contains("Réponse à rapporter à l'étal"), taken);
        }
        assertTrue(page(stall, "/").contains("Écritures à porter"), "before the answer is back");

        assertTrue(touched(stall).contains("Tout est remonté. Vous pouvez retirer la clé."));

        JsonNode status = stall.client().status();
        assertEquals(status.path("head").asLong(), status.path("acknowledged").asLong());
        String till = page(stall, "/");
        assertTrue(till.contains("Tout est remonté") && !till.contains("Hors ligne"), till);
        JsonNode evening = nodes.hub().reconcile(DAY);
        assertEquals(List.of(), texts(evening.path("differences")));
        assertTrue(evening.path("balanced").asBoolean());
        assertEquals(2, nodes.hub().status().path("sales").asLong());
    }

    private static String aller(Path stick) {
        return stick.resolve("etal-1-t1-e1-aller.bundle").toString();
    }

    /** The key on the page, and what the page says once the stick is done. */
    private String touched(StallNode stall) throws Exception {
        HttpRequest touch = HttpRequest.newBuilder(URI.create(stall.process().address() + "/till/stick"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertEquals(
                200, browser.send(touch, HttpResponse.BodyHandlers.discarding()).statusCode());
        var last = new String[1];
        Waiting.until("the stick", () -> {
            last[0] = page(stall, "/till/known");
            return !last[0].contains("Ne retirez pas la clé");
        });
        return last[0];
    }

    private String page(StallNode stall, String path) throws IOException, InterruptedException {
        URI uri = URI.create(stall.process().address() + path);
        return browser.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Runs a command; what it says. */
    private String run(int exitCode, Program program, String... arguments) throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        ProcessBuilder command =
                new ProcessBuilder(program.command(top, temporary, List.of(arguments))).redirectErrorStream(true);
        command.environment().put("LANG", "fr_FR.UTF-8");
        Process process = command.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(exitCode, process.waitFor(), text);
        return text;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}

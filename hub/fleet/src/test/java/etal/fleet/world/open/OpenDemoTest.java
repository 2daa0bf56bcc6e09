package etal.fleet.world.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import etal.edge.config.SystemClock;
import etal.fleet.cli.Etal;
import etal.fleet.market.Visit;
import etal.fleet.market.Visit.Purchase;
import etal.fleet.table.TableServer;
import etal.fleet.world.open.Table.Kind;
import etal.fleet.world.open.Table.Power;
import etal.fleet.world.place.Progress;
import etal.fleet.world.process.JsonClient;
import etal.fleet.world.process.StallClient;
import etal.fleet.world.process.StallClient.BasketView;
import etal.fleet.world.process.Waiting;
import etal.testkit.ChildProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole, as processes: what a visitor may do, and that nothing is left of it. */
class OpenDemoTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final long SEED = 1;

    private final Path top = top();
    private final JsonClient http = new JsonClient();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final CompletableFuture<Table> tables = new CompletableFuture<>();

    private static Path top() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(at.resolve("etal"))) {
            at = java.util.Objects.requireNonNull(at.getParent(), "the tests run outside the project");
        }
        return at;
    }

    @BeforeEach
    void the_programs_are_laid_out() {
        for (String module : List.of("terminal", "hub", "provisioning")) {
            assumeTrue(
                    Files.isDirectory(top.resolve(module).resolve("target/lib")),
                    module + " has no libraries beside it: mvn package lays them there");
        }
    }

    private List<String> directories() throws IOException {
        Path base = top.resolve("target/open");
        if (!Files.isDirectory(base)) {
            return List.of();
        }
        try (Stream<Path> below = Files.list(base)) {
            return below.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("demo-"))
                    .sorted()
                    .toList();
        }
    }

    private static long children() {
        return ProcessHandle.current().descendants().count();
    }

    private Visit visit(int number, String product, long quantity) {
        List<Purchase> purchases = List.of(new Purchase(product, quantity), new Purchase("citrons", 1));
        return new Visit(number, 1, 0, Instant.EPOCH, purchases, true, true);
    }

    private Table table() {
        return tables.join();
    }

    private String card(Kind kind) {
        return table().view().cards().stream()
                .filter(card -> card.kind() == kind)
                .map(Table.Card::id)
                .findFirst()
                .orElseThrow();
    }

    private static void awaitState(StallClient till, Visit visit, String state)
            throws IOException, InterruptedException {
        Waiting.until(
                visit.key() + " " + state, () -> till.await(visit, -1).state().equals(state));
    }

    @Test
    void a_visitor_pays_tears_pulls_plug_and_cable_and_leaves_nothing_behind() throws Exception {
        List<String> before = directories();
        long childrenBefore = children();
        var progress = new Progress(new PrintStream(said, true, StandardCharsets.UTF_8));
        OpenDemo.Page page = (at, table) -> {
            tables.complete(table);
            return TableServer.start(at, table, new SystemClock(), bug -> progress.say("failed: " + bug));
        };
        try (OpenDemo demo = OpenDemo.open(top, OptionalInt.empty(), SEED, page, progress)) {
            for (URI address : List.of(demo.stall(), demo.hub())) {
                String html = new String(http.bytes(address.toString()), StandardCharsets.UTF_8);
                assertTrue(html.contains("<html"), address + " answers no page");
            }
            String till = table().view().till().resolve("/").toString();
            var hands = new StallClient(http, till.substring(0, till.length() - 1));
            paysByCard(hands);
            tearsAndPaysOnce(hands);
            pullsThePlug(hands);
            settlesWhenTheLightComesBack(hands);
            sellsWithoutNetwork(hands);
            plays(hands);
            URI status = demo.hub().resolve("/api/status");
            Waiting.until(
                    "sales of the calm market",
                    () -> http.get(status.toString()).path("sales").asLong() > 5);
            assertEquals(0, http.get(status.toString()).path("quarantined").asLong());
        } catch (AssertionError | IOException e) {
            throw new AssertionError(said.toString(StandardCharsets.UTF_8), e);
        }
        assertEquals(before, directories());
        assertEquals(childrenBefore, children());
    }

    private void paysByCard(StallClient till) throws Exception {
        Visit visit = visit(1, "courge", 2);
        till.ringUp(visit);
        till.card(visit);
        table().tap(card(Kind.FULL));
        awaitState(till, visit, "paid");
        BasketView paid = till.await(visit, -1);
        assertEquals(690, paid.cardCents());
        assertEquals(320, paid.cashCents());
        Waiting.until("the receipt", () -> table().view().papers().equals(List.of(1)));
        assertTrue(table().paper(1).orElseThrow().length > 100);
        Waiting.until("the card in the hand", () -> table().view().onReader().isEmpty());
    }

    private void tearsAndPaysOnce(StallClient till) throws Exception {
        Visit visit = visit(2, "radis", 1);
        till.ringUp(visit);
        till.card(visit);
        table().tapTooShort(card(Kind.FULL));
        awaitState(till, visit, "in-doubt");
        Waiting.until("the card in the hand", () -> table().view().onReader().isEmpty());
        table().tap(card(Kind.FULL));
        awaitState(till, visit, "paid");
        assertEquals(180, till.await(visit, -1).cardCents());
        table().withdraw();
    }

    private void pullsThePlug(StallClient till) throws Exception {
        Visit visit = visit(3, "salade", 1);
        till.ringUp(visit);
        table().power(false);
        assertEquals(Power.OFF, table().view().power());
        assertThrows(IOException.class, till::status);
        table().power(true);
        table().power(true);
        long version = table().view().version();
        assertTrue(table().after(version, SOON).get().version() > version
                || table().view().power() == Power.ON);
        Waiting.until("the till's power", () -> table().view().power() == Power.ON);
        assertEquals("open", till.await(visit, -1).state());
    }

    /** The answer is lost, then the power; the card that lies there when the light comes back settles it. */
    private void settlesWhenTheLightComesBack(StallClient till) throws Exception {
        Visit visit = visit(4, "poireaux", 1);
        till.ringUp(visit);
        till.card(visit);
        table().tapTooShort(card(Kind.FULL));
        awaitState(till, visit, "in-doubt");
        table().power(false);
        table().power(true);
        table().tap(card(Kind.FULL));
        Waiting.until("the same card again", () -> {
            if (table().view().onReader().isEmpty()) {
                table().tap(card(Kind.FULL));
            }
            return till.await(visit, -1).done();
        });
        assertEquals(320, till.await(visit, -1).cardCents());
    }

    private void sellsWithoutNetwork(StallClient till) throws Exception {
        Visit visit = visit(3, "salade", 1);
        table().cable(false);
        assertEquals(false, table().view().cablePlugged());
        Waiting.until("no network", () -> till.status().path("link").asText().equals("down"));
        till.card(visit);
        table().tap(card(Kind.FULL));
        awaitState(till, visit, "paid");
        assertTrue(till.status().path("unacknowledged").asLong() > 0);
        table().cable(true);
        Waiting.until("all is up", () -> till.status().path("unacknowledged").asLong() == 0);
    }

    /** Nothing that is done in a wrong moment has any effect but the one that is seen. */
    private void plays(StallClient till) throws Exception {
        table().tap("nobody's");
        table().withdraw();
        table().withdraw();
        table().tap(card(Kind.BANK));
        table().tap(card(Kind.DENIED));
        assertEquals(card(Kind.DENIED), table().view().onReader().orElseThrow());
        table().tapTooShort(card(Kind.NEARLY_EMPTY));
        table().power(false);
        table().tap(card(Kind.FULL));
        table().power(false);
        table().power(true);
        Waiting.until("the till's power", () -> table().view().power() == Power.ON);
        Waiting.until("the card in the hand", () -> table().view().onReader().isEmpty());
        assertEquals(4, till.status().path("sales").asLong());
    }

    @Test
    void ended_while_it_is_still_opening_it_says_0_and_leaves_nothing() throws Exception {
        List<String> before = directories();
        try (ChildProcess demo = ChildProcess.java(top, Etal.class, "demo")) {
            demo.await(line -> line.endsWith("cards personalised"), SOON);
            ProcessHandle process = ProcessHandle.of(demo.pid()).orElseThrow();
            List<ProcessHandle> nodes = process.descendants().toList();
            assertTrue(nodes.size() >= 2, "broker and registrar run by now");
            assertTrue(process.destroy());
            assertEquals(0, demo.awaitExit(SOON), () -> String.join("\n", demo.lines()));
            assertEquals(
                    List.of(), nodes.stream().filter(ProcessHandle::isAlive).toList());
        }
        assertEquals(before, directories());
    }

    @Test
    void without_its_port_it_says_so_in_one_sentence_and_ends_with_3() throws Exception {
        List<String> before = directories();
        try (ServerSocket somebody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ChildProcess demo =
                        ChildProcess.java(top, Etal.class, "demo", "--port", "" + somebody.getLocalPort())) {
            assertEquals(3, demo.awaitExit(SOON));
            assertEquals(1, demo.lines().size(), demo.lines()::toString);
            assertTrue(demo.lines().getFirst().startsWith("port " + somebody.getLocalPort()), demo.lines()::toString);
        }
        assertEquals(before, directories());
    }
}

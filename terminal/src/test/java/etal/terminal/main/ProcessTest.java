package etal.terminal.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import etal.edge.keys.KeyFile;
import etal.edge.sqlite.SqliteDatabase;
import etal.fake.FaultyDatabase;
import etal.protocol.card.Entitlement;
import etal.protocol.ledger.LedgerFile;
import etal.protocol.sync.Topics;
import etal.terminal.hardware.printer.PrinterSocket;
import etal.testkit.Await;
import etal.testkit.ChildProcess;
import etal.testkit.TempDirectory;
import etal.testkit.TestAuthority;
import etal.virtualcard.CardPocket;
import etal.virtualcard.PocketCard;
import etal.virtualcard.PresentedCard;
import etal.virtualcard.Tear;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The terminal as its own process, with a real card over TCP and its screen's interface over HTTP. */
class ProcessTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestFund fund = new TestFund();
    private final TempDirectory directory = TempDirectory.make();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path home = directory.path().resolve("t3");

    @BeforeEach
    void an_enrolled_terminal_that_knows_the_rules() throws Exception {
        Files.createDirectories(home.resolve("keys"));
        Files.createDirectories(home.resolve("stick"));
        TestTill before = new TestTill(fund, 3);
        try (SqliteDatabase database = SqliteDatabase.open(home.resolve("terminal.db"))) {
            before.database = new FaultyDatabase(database);
            before.start();
            before.link.up();
            fund.documents().forEach(document -> before.link.deliver(Topics.doc(1, "any", 1), document));
            before.loop.runUntilIdle();
            before.till().stop();
        }
        Setup setup = before.setup();
        TestAuthority.Leaf leaf =
                fund.authority.terminal(3, 1, setup.introduction().encode());
        KeyFile.write(home.resolve("keys/signing.key"), leaf.scalar());
        KeyFile.write(home.resolve("keys/agreement.key"), TestFund.agreementScalar(3, 1));
        Files.writeString(home.resolve("keys/chain.pem"), leaf.chainPem());
        Files.writeString(directory.path().resolve("trust.pem"), fund.authority.trustPem());
        Files.writeString(home.resolve("terminal.yaml"), """
                terminal: 3
                epoch: 1
                fund: 1
                name: Chèvrerie du Lavoir
                seller: { siren: "123456789", vat: normal }
                pointOfSale: 3
                directory: .
                trust: ../trust.pem
                screen: 127.0.0.1:0
                reader: { kind: tcp, listen: 127.0.0.1:0 }
                printer: { kind: directory, path: receipts }
                medium: stick
                clock: driven
                hardware: mock
                """);
    }

    @AfterEach
    void cleared() {
        directory.close();
    }

    @Test
    void a_card_over_tcp_pays_is_torn_and_the_process_killed_and_no_cent_is_lost() throws Exception {
        try (CardPocket pocket = CardPocket.open(directory.path().resolve("cards"))) {
            PocketCard card = annasCard(pocket);
            try (ChildProcess child = run()) {
                URI uri = ready(child);
                put(uri, "/api/clock", "{\"now\":\"2025-04-02T16:00:00Z\"}");
                post(uri, "/api/baskets", """
                        {"key":"b1","lines":[{"product":"cheese","quantity":2},{"product":"wine","quantity":1}],
                         "receipt":true}""");
                post(uri, "/api/baskets/b1/card", "{}");
                JsonNode paid = tap(uri, card, new Tear.Never(), "b1");
                assertEquals("paid", paid.get("state").textValue());
                assertEquals(900, paid.get("cardCents").longValue());
                assertTrue(paid.get("receiptCode").textValue().startsWith("ETAL1:t3-e1:"));
                assertTrue(Files.exists(home.resolve("receipts/t3-e1-000001.escpos")));

                post(uri, "/api/baskets", "{\"key\":\"b2\",\"lines\":[{\"product\":\"milk\",\"quantity\":1}]}");
                post(uri, "/api/baskets/b2/card", "{}");
                JsonNode doubtful = tap(uri, card, new Tear.BeforeAnswer(TestCard.DEBIT), "b2");
                assertEquals("in-doubt", doubtful.get("state").textValue());
                child.kill();
            }
            try (ChildProcess child = run()) {
                URI uri = ready(child);
                assertEquals(
                        "in-doubt", get(uri, "/api/baskets/b2").get("state").textValue());
                JsonNode paid = tap(uri, card, new Tear.Never(), "b2");
                assertEquals("paid", paid.get("state").textValue());
                JsonNode closing = post(uri, "/api/closing", "{\"day\":\"2025-04-02\"}");
                assertEquals(1_035, closing.get("cardCents").longValue());
                LedgerFile ledger = LedgerFile.decode(bytes(uri, "/api/ledger.etal"));
                JsonNode status = get(uri, "/api/status");
                assertEquals(ledger.entries().size(), status.get("head").longValue());
                assertEquals(2, status.get("sales").longValue());
                child.closeInput();
                assertEquals(0, child.awaitExit(SOON), "the parent's end is a clean end");
            }
        }
    }

    // paper ends in the middle of a receipt: the sale stands, the producer reads why, the reprint is a duplicate
    @Test
    void a_printer_of_the_network_stops_in_the_middle_and_no_sale_with_it() throws Exception {
        String paid = "{\"key\":\"b%d\",\"lines\":[{\"product\":\"milk\",\"quantity\":1}],\"receipt\":true}";
        try (PrinterSocket socket = new PrinterSocket().on()) {
            Path yaml = home.resolve("terminal.yaml");
            String tcp = "kind: tcp, host: 127.0.0.1, columns: 32, port: " + socket.port();
            Files.writeString(yaml, Files.readString(yaml).replace("kind: directory, path: receipts", tcp));
            try (ChildProcess child = run()) {
                URI uri = ready(child);
                awaitPrinter(uri, "ready");
                post(uri, "/api/baskets", paid.formatted(1));
                post(uri, "/api/baskets/b1/cash", "{}");
                awaitPaper(socket, "ETAL1:t3-e1:");

                socket.printer.roll(50);
                post(uri, "/api/baskets", paid.formatted(2));
                JsonNode second = post(uri, "/api/baskets/b2/cash", "{}");
                assertEquals("paid", second.get("state").textValue());
                awaitPrinter(uri, "no-paper");
                assertRefused(503, "printer-no-paper", uri, "POST", "/api/receipts/b2", "{}");

                socket.printer.roll(Integer.MAX_VALUE);
                awaitPrinter(uri, "ready");
                assertTrue(get(uri, "/api/status")
                        .get("printerSentence")
                        .textValue()
                        .contains("ticket n° 2"));
                assertEquals(
                        1, post(uri, "/api/receipts/b2", "{}").get("duplicate").longValue());
                awaitPaper(socket, "DUPLICATA 1");
                child.closeInput();
                assertEquals(0, child.awaitExit(SOON), "a printer holds up no end");
            }
        }
    }

    private void awaitPrinter(URI uri, String word) {
        Await.until("the printer's word", SOON, () -> printerWord(uri), word::equals);
    }

    private String printerWord(URI uri) {
        try {
            return get(uri, "/api/status").get("printer").textValue();
        } catch (Exception unanswered) {
            throw new AssertionError(unanswered);
        }
    }

    private static void awaitPaper(PrinterSocket socket, String words) {
        Await.until(
                "what is on paper",
                SOON,
                () -> new String(socket.printer.paper(), StandardCharsets.ISO_8859_1),
                paper -> paper.contains(words));
    }

    @Test
    void refusals_have_a_key_a_sentence_and_a_status() throws Exception {
        try (ChildProcess child = run()) {
            URI uri = ready(child);
            assertRefused(404, "no-such-basket", uri, "POST", "/api/baskets/none/cash", "{}");
            assertRefused(
                    400,
                    "unknown-product",
                    uri,
                    "POST",
                    "/api/baskets",
                    "{\"key\":\"b\",\"lines\":[{\"product\":\"gold\",\"quantity\":1}]}");
            assertRefused(400, "malformed-request", uri, "POST", "/api/baskets", "{\"key\":\"b\",\"lines\":3}");
            assertRefused(400, "malformed-request", uri, "PUT", "/api/clock", "{\"now\":\"noon\"}");
            assertRefused(400, "malformed-request", uri, "POST", "/api/closing", "{\"day\":\"today\"}");
            assertRefused(400, "malformed-request", uri, "POST", "/api/closing", "{\"day\":\"+12025-04-02\"}");
            assertRefused(400, "malformed-request", uri, "PUT", "/api/clock", "{\"now\":\"2200-01-01T00:00:00Z\"}");
        }
    }

    @Test
    void a_changed_ledger_stops_the_start_with_a_sentence_and_exit_code_1() throws Exception {
        try (SqliteDatabase database = SqliteDatabase.open(home.resolve("terminal.db"))) {
            database.inTransaction(connection ->
                    etal.terminal.ledger.Sql.update(connection, "UPDATE entry SET bytes = x'00' WHERE number = 1"));
        }
        try (ChildProcess child = run()) {
            assertEquals(1, child.awaitExit(SOON));
            assertTrue(child.lines().getFirst().contains("t3-e1"), child.lines().toString());
        }
    }

    @Test
    void a_ledger_begun_and_lost_with_its_medium_is_not_begun_again() throws Exception {
        try (ChildProcess child = run()) {
            ready(child);
            child.closeInput();
            child.awaitExit(SOON);
        }
        Files.deleteIfExists(home.resolve("stick/t3-e1.entries"));
        for (String file : new String[] {"terminal.db", "terminal.db-wal", "terminal.db-shm"}) {
            Files.deleteIfExists(home.resolve(file));
        }
        try (ChildProcess child = run()) {
            assertEquals(1, child.awaitExit(SOON));
            assertTrue(child.lines().getLast().contains("t3-e1"), child.lines().toString());
        }
    }

    @Test
    void without_the_boards_pins_it_sells_in_the_dark_and_says_so_once() throws Exception {
        Path yaml = home.resolve("terminal.yaml");
        Path build = Path.of("../hardware-docs/stall.yaml").toAbsolutePath().normalize();
        Files.writeString(yaml, Files.readString(yaml).replace("hardware: mock", "hardware: " + build));
        try (ChildProcess child = run()) {
            assertTrue(get(ready(child), "/api/status").get("ready").booleanValue());
            assertTrue(
                    child.lines().stream().noneMatch(line -> line.contains("com.pi4j.")),
                    child.lines().toString());
        }
    }

    @Test
    void the_status_can_be_asked_while_it_sells_and_after_it_stopped() throws Exception {
        try (ChildProcess child = run()) {
            URI uri = ready(child);
            post(uri, "/api/baskets", "{\"key\":\"b1\",\"lines\":[{\"product\":\"milk\",\"quantity\":1}]}");
            post(uri, "/api/baskets/b1/cash", "{}");
            assertTrue(status().matches("t3-e1: \\d+ entries, acknowledged to 0, 1 sales, 0 in doubt"), status());
            child.closeInput();
            child.awaitExit(SOON);
        }
        assertTrue(status().contains(" 1 sales"), status());
    }

    @Test
    void an_archive_is_written_while_it_sells_and_never_over_another() throws Exception {
        try (ChildProcess child = run()) {
            URI uri = ready(child);
            put(uri, "/api/clock", "{\"now\":\"2025-04-02T16:00:00Z\"}");
            post(uri, "/api/baskets", "{\"key\":\"b1\",\"lines\":[{\"product\":\"milk\",\"quantity\":1}]}");
            post(uri, "/api/baskets/b1/cash", "{}");
            post(uri, "/api/closing", "{\"day\":\"2025-04-02\"}");
            String said = archive(0, "2025-04-02", "2025-04-02");
            assertTrue(
                    said.matches("archive april.zip: t3-e1, entries \\d+ to \\d+, 1 sales, 0 without details, closed"),
                    said);
        }
        assertTrue(Files.size(home.resolve("april.zip")) > 0);
        assertEquals("april.zip: is there already", archive(2, "2025-04-02", "2025-04-02"));
        Files.delete(home.resolve("april.zip"));
        assertTrue(archive(2, "2025-04-03", "2025-04-02").endsWith("is before --from 2025-04-03"));
        assertEquals("nothing was written from 2025-04-03 to 2025-04-03", archive(2, "2025-04-03", "2025-04-03"));
    }

    private String archive(int exitCode, String from, String to) throws Exception {
        try (ChildProcess child = ChildProcess.java(
                home,
                Terminal.class,
                "archive",
                "--config",
                "terminal.yaml",
                "--from",
                from,
                "--to",
                to,
                "--out",
                "april.zip")) {
            assertEquals(exitCode, child.awaitExit(SOON), child.lines().toString());
            return String.join("|", child.lines());
        }
    }

    private String status() throws Exception {
        try (ChildProcess child = ChildProcess.java(home, Terminal.class, "status", "--config", "terminal.yaml")) {
            assertEquals(0, child.awaitExit(SOON), child.lines().toString());
            return String.join("|", child.lines());
        }
    }

    @Test
    void a_fault_in_the_configuration_names_its_line_and_ends_with_2() throws Exception {
        Path yaml = home.resolve("terminal.yaml");
        Files.writeString(yaml, Files.readString(yaml).replace("fund: 1", "fund: none"));
        try (ChildProcess child = run()) {
            assertEquals(2, child.awaitExit(SOON));
            assertTrue(
                    child.lines().getFirst().contains("terminal.yaml:3: fund: none"),
                    child.lines().toString());
        }
    }

    private PocketCard annasCard(CardPocket pocket) throws IOException {
        PocketCard card = pocket.make("anna", TestFund.cardSeed(1));
        fund.personalise(
                apdu -> transmit(card, apdu),
                1,
                Entitlement.monthly(TestFund.ALLOCATION_CENTS, TestFund.APRIL, TestFund.APRIL + 11, 1),
                TestFund.APRIL + 24);
        card.powerOff();
        return card;
    }

    private ChildProcess run() {
        return ChildProcess.java(home, Terminal.class, "run", "--config", "terminal.yaml", "--with-parent");
    }

    private static URI ready(ChildProcess child) throws InterruptedException {
        String line = child.await(text -> text.startsWith("ready stall "), SOON);
        return URI.create(line.substring("ready stall ".length()));
    }

    private JsonNode tap(URI uri, PocketCard card, Tear tear, String basket) throws Exception {
        String reader = get(uri, "/api/status").get("reader").textValue();
        int port = Integer.parseInt(reader.substring(reader.indexOf(':') + 1));
        long version = get(uri, "/api/baskets/" + basket).get("version").longValue();
        PresentedCard presented = card.present(new InetSocketAddress("127.0.0.1", port), tear);
        JsonNode after = get(uri, "/api/baskets/" + basket + "?after=" + version + "&waitMillis=20000");
        presented.withdraw();
        presented.await(SOON);
        return after;
    }

    private static byte[] transmit(PocketCard card, byte[] apdu) {
        try {
            return card.transmit(apdu);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void assertRefused(int status, String error, URI uri, String method, String path, String body)
            throws Exception {
        HttpResponse<String> response = send(uri, method, path, body);
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(error, JSON.readTree(response.body()).get("error").textValue());
        assertTrue(JSON.readTree(response.body()).get("sentence").textValue().length() > 5);
    }

    private JsonNode get(URI uri, String path) throws Exception {
        return json(http.send(HttpRequest.newBuilder(uri.resolve(path)).build(), HttpResponse.BodyHandlers.ofString()));
    }

    private byte[] bytes(URI uri, String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri.resolve(path)).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    private JsonNode post(URI uri, String path, String body) throws Exception {
        return json(send(uri, "POST", path, body));
    }

    private JsonNode put(URI uri, String path, String body) throws Exception {
        return json(send(uri, "PUT", path, body));
    }

    private HttpResponse<String> send(URI uri, String method, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(uri.resolve(path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        assertEquals(200, response.statusCode(), response.body());
        return JSON.readTree(response.body());
    }
}

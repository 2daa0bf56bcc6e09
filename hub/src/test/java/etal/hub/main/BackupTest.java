package etal.hub.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import etal.edge.sqlite.SqliteDatabase;
import etal.hub.books.Sql;
import etal.hub.main.store.StoreCopy;
import etal.hub.world.TestCard;
import etal.protocol.cose.Hash;
import etal.testkit.TestAuthority;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's commands: a copy while the hub runs, and back; what is there is never lost by either. */
class BackupTest {
    private final Path directory;
    private final List<TestCard> cards;
    private final HubCommands hub;
    private final Path file;

    BackupTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        TestAuthority authority = new TestAuthority(7);
        cards = HubDirectory.cards(authority);
        hub = new HubCommands(new HubDirectory(directory, authority, cards).hubYaml("ssl://127.0.0.1:1", "", ""));
        file = directory.resolve("backup.db");
    }

    @Test
    void a_copy_is_made_while_the_hub_runs_is_for_its_owner_alone_and_opens() throws Exception {
        try (HubProcess process = hub.start().process()) {
            assertEquals(0, hub.run("backup", file.toString()), hub.said());
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(1, StoreCopy.of(file).fund());
        assertFalse(Files.exists(directory.resolve("backup.db.part")));
        assertTrue(hub.said().contains(file + ", 0 écritures"), hub.said());
    }

    @Test
    void nothing_that_is_there_is_overwritten_and_nothing_is_copied_of_a_hub_that_never_ran() throws Exception {
        assertEquals(2, hub.run("backup", file.toString()), "no store");
        assertEquals(0, hub.run("init"), hub.said());
        assertEquals(2, hub.run("backup", file.toString()), hub.said());
        assertFalse(Files.exists(file));
        hub.start().process().close();
        Files.writeString(file, "mine");
        assertEquals(2, hub.run("backup", file.toString()), hub.said());
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void a_damaged_backup_restores_nothing() throws Exception {
        hub.start().process().close();
        assertEquals(0, hub.run("backup", file.toString()), hub.said());
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 4_200; at < bytes.length; at += 64) {
            bytes[at] ^= 0x55;
        }
        Files.write(file, bytes);
        assertEquals(3, hub.run("restore", file.toString()), hub.said());
        assertEquals(1, StoreCopy.of(directory.resolve("hub.db")).generation());
    }

    @Test
    void a_restored_hub_is_marked_says_what_is_closed_and_takes_the_operators_words() throws Exception {
        hub.start().process().close();
        assertEquals(0, hub.run("backup", file.toString()), hub.said());
        assertEquals(0, hub.run("restore", file.toString()), hub.said());
        assertTrue(Files.exists(directory.resolve("hub.db.before-1")));
        assertTrue(StoreCopy.of(directory.resolve("hub.db")).generation() > 1);
        assertEquals(1, StoreCopy.of(file).generation(), "the backup itself stays as it was");
        assertEquals(
                2, hub.run("restored", "--statement-entered", "--by", "A. Operator"), "nobody is there to hear it");

        HubProcess.Running running = hub.start();
        try (HubProcess process = running.process()) {
            assertEquals(0, hub.run("status"), hub.said());
            assertTrue(hub.said().contains("terminaux 3, 5") && hub.said().contains("relevé bancaire"), hub.said());
            assertEquals(2, hub.run("restore", file.toString()), "the hub runs: " + hub.said());
            assertEquals(409, post(running.uri(), "/api/payouts", "{\"day\":\"2025-04-02\",\"run\":\"R1\"}"));
            assertTrue(get(running.uri(), "/").contains("terminaux 3, 5"), "on the page");
            assertTrue(get(running.uri(), "/?lang=en").contains("terminals 3, 5"));
            assertEquals(0, hub.run("restored", "--statement-entered", "--by", "A. Operator"), hub.said());
            assertEquals(0, hub.run("restored", "--lost", "5", "--by", "A. Operator"), hub.said());
            assertEquals(2, hub.run("restored", "--lost", "5", "--by", "A. Operator"), hub.said());
            JsonNode closed = new ObjectMapper()
                    .readTree(get(running.uri(), "/api/status"))
                    .get("restored");
            assertEquals("[3]", closed.get("terminals").toString());
            assertFalse(closed.get("statement").asBoolean());
        }
    }

    @Test
    void a_store_that_knows_more_than_the_backup_is_replaced_only_when_that_is_meant_and_kept_beside()
            throws Exception {
        hub.start().process().close();
        assertEquals(0, hub.run("backup", file.toString()), hub.said());
        HubProcess.Running running = hub.start();
        try (HubProcess process = running.process()) {
            assertEquals(200, put(running.uri(), "/api/clock", "{\"now\":\"2025-04-02T15:00:00Z\"}"));
            assertEquals(
                    200,
                    post(
                            running.uri(),
                            "/api/vouchers",
                            "{\"card\":\"" + Hash.hex(cards.getFirst().id())
                                    + "\",\"allocationCents\":100,\"bonusCents\":0,"
                                    + "\"reason\":\"correction\",\"note\":\"gift\",\"by\":\"A. Operator\"}"));
        }
        assertEquals(2, hub.run("restore", file.toString()), hub.said());
        assertEquals(1, orders("hub.db"));
        assertEquals(0, hub.run("restore", "--even-if-newer", file.toString()), hub.said());
        assertEquals(0, orders("hub.db"));
        assertEquals(1, orders("hub.db.before-1"));
        long first = StoreCopy.of(directory.resolve("hub.db")).generation();
        assertEquals(0, hub.run("restore", file.toString()), hub.said());
        assertTrue(StoreCopy.of(directory.resolve("hub.db")).generation() > first, "never the same generation twice");
    }

    @Test
    void a_store_that_cannot_be_read_any_more_is_kept_and_replaced() throws Exception {
        hub.start().process().close();
        assertEquals(0, hub.run("backup", file.toString()), hub.said());
        Files.writeString(directory.resolve("hub.db"), "no database at all");
        assertEquals(0, hub.run("restore", file.toString()), hub.said());
        assertEquals("no database at all", Files.readString(directory.resolve("hub.db.before-1")));
        hub.start().process().close();
    }

    private long orders(String name) throws Exception {
        try (SqliteDatabase database = SqliteDatabase.openToLook(directory.resolve(name))) {
            return database.inTransaction(connection -> Sql.number(connection, "SELECT COUNT(*) FROM card_order"));
        }
    }

    private static String get(URI hub, String path) throws Exception {
        return send(HttpRequest.newBuilder(hub.resolve(path)).build()).body();
    }

    private static int post(URI hub, String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(hub.resolve(path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .statusCode();
    }

    private static int put(URI hub, String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(hub.resolve(path))
                        .PUT(HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .statusCode();
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        }
    }
}

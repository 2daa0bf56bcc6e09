package etal.fleet.real.market;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import etal.edge.postgres.PostgresDatabase;
import etal.fleet.fault.Cable;
import etal.fleet.real.RealDirectory;
import etal.fleet.world.place.Project;
import etal.fleet.world.process.HubClient;
import etal.fleet.world.process.JsonClient;
import etal.fleet.world.process.Program;
import etal.fleet.world.process.Supervised;
import etal.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Two hubs on one PostgreSQL store, behind one broker, each hearing every message: every entry is there once, the books balance,
 * and neither waits for the other for good, though one is killed in the middle and the server's plug is pulled.
 */
class TwoHubsTest {
    @Test
    void two_hubs_racing_on_one_store_book_each_entry_once() throws Exception {
        try (RealDirectory directory = RealDirectory.make("two-hubs");
                PostgresServer server = PostgresServer.start()) {
            Path word = Files.createFile(
                    directory.path().resolve("store.password"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(word, PostgresServer.PASSWORD, StandardCharsets.UTF_8);
            String store = "store: " + server.store() + "\nstorePassword: " + word + "\n";
            try (RealMarket market = RealMarket.open(directory, 2, false, store);
                    Cable cable = Cable.to(market.nodes()::broker, 0);
                    Supervised second = secondHub(market, cable)) {
                second.start();
                HubClient other = new HubClient(new JsonClient(), second.address());
                other.setClock(RealMarket.AFTERNOON);
                play(market, server);
                JsonNode evening = market.evening();
                HubClient still = new HubClient(new JsonClient(), second.address());
                still.setClock(RealMarket.NIGHT);
                assertEquals(evening, market.audited(still), "what the two say of the same books");
                assertOnce(server, evening.path("entries").asLong());
            }
        }
    }

    private static void play(RealMarket market, PostgresServer server) throws Exception {
        for (int round = 0; round < 3; round++) {
            market.sell(1, 1 + round, true);
            market.sell(2, 4 - round, true);
            market.sell(1, 1, false);
            if (round == 0) {
                market.nodes().restartHub();
            }
            if (round == 1) {
                server.pullPlug();
                server.begin();
            }
        }
    }

    private static Supervised secondHub(RealMarket market, Cable cable) throws IOException {
        Path first = market.directory().hub();
        Path own = Files.createDirectories(market.directory().root().resolve("hub2"));
        RealDirectory.copy(first.resolve("keys"), own.resolve("keys"));
        String text = Files.readString(first.resolve("hub.yaml"))
                .replaceFirst("(?m)^directory: .*$", "directory: ../hub2")
                .replaceFirst("(?m)^broker: .*$", "broker: ssl://127.0.0.1:" + cable.port() + "\nname: hub-2");
        Path file = Files.writeString(first.resolve("hub-2.yaml"), text);
        List<String> arguments = List.of("run", "--config", file.toString(), "--with-parent");
        return new Supervised(
                "hub-2",
                () -> Program.HUB.command(Project.top(), own, arguments),
                market.directory().logs().resolve("hub-2.log"),
                line -> {});
    }

    private static void assertOnce(PostgresServer server, long entries) throws Exception {
        try (PostgresDatabase store = PostgresDatabase.open(server.store(), PostgresServer.PASSWORD)) {
            long[] counted = store.inTransaction(tables -> new long[] {
                number(tables, "SELECT COUNT(*) FROM entry"),
                number(tables, "SELECT COUNT(*) FROM quarantine"),
                number(tables, "SELECT COUNT(*) FROM fork"),
                number(tables, "SELECT COALESCE(SUM(debit_cents) - SUM(credit_cents), 1) FROM posting")
            });
            assertEquals(
                    List.of(entries, 0L, 0L, 0L),
                    java.util.Arrays.stream(counted).boxed().toList());
            System.out.println("measured: two hubs on one PostgreSQL store, one killed, the server's plug pulled: "
                    + entries + " entries, each once");
        }
    }

    private static long number(java.sql.Connection tables, String query) throws SQLException {
        try (var statement = tables.createStatement();
                var found = statement.executeQuery(query)) {
            found.next();
            return found.getLong(1);
        }
    }
}

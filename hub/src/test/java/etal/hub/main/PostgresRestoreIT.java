package etal.hub.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import etal.edge.postgres.PostgresDatabase;
import etal.hub.books.Sql;
import etal.hub.world.TestCard;
import etal.testkit.TestAuthority;
import etal.testkit.postgres.PostgresServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub on PostgreSQL: pg_dump, a lost database, pg_restore, and the command that tells the hub of it. */
class PostgresRestoreIT {
    private static final int SECONDS = 60;

    @TempDir
    private Path directory;

    private HubCommands commands = new HubCommands(Path.of("hub.yaml"));

    @Test
    void a_database_put_back_by_pg_restore_is_marked_once_no_hub_is_at_it() throws Exception {
        assumeTrue("postgres".equals(System.getenv("ETAL_STORE")), "ETAL_STORE is not postgres");
        try (PostgresServer server = PostgresServer.start()) {
            TestAuthority authority = new TestAuthority(7);
            List<TestCard> cards = HubDirectory.cards(authority);
            HubDirectory hub = new HubDirectory(directory, authority, cards);
            Path password = directory.resolve("keys/store.password");
            Files.writeString(password, PostgresServer.PASSWORD, StandardCharsets.UTF_8);
            Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
            commands = on(hub, server.store("hub"));
            assertEquals(2, commands.run("restore"), commands.said());
            assertTrue(commands.said().contains("aucun serveur n'a encore tourné"), commands.said());

            try (HubProcess process = commands.start().process()) {
                assertEquals(2, commands.run("restore"), commands.said());
                assertTrue(commands.said().contains("arrêtez d'abord"), commands.said());
            }
            Path dump = directory.resolve("hub.dump");
            assertEquals(2, commands.run("restore", dump.toString()), commands.said());
            program("pg_dump", "-Fc", "-f", dump.toString(), login(server, "hub"));
            server.database("back", "TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
            program("pg_restore", "--exit-on-error", "-d", login(server, "back"), dump.toString());

            commands = on(hub, server.store("back"));
            assertEquals(1, generation(server));
            assertEquals(0, commands.run("restore"), commands.said());
            assertTrue(commands.said().contains("génération"), commands.said());
            long generation = generation(server);
            assertTrue(generation > 1);
            try (HubProcess process = commands.start().process()) {
                assertEquals(0, commands.run("status"), commands.said());
                assertTrue(commands.said().contains("ni reversement ni bon pour l'instant"), commands.said());
                assertTrue(commands.said().contains("terminaux 3, 5"), commands.said());
            }
            assertEquals(0, commands.run("restore"), commands.said());
            assertTrue(generation(server) > generation, "two restores are two generations");
        }
    }

    private HubCommands on(HubDirectory hub, URI store) throws Exception {
        String line = "directory: .\n";
        return new HubCommands(hub.hubYaml(
                "ssl://127.0.0.1:1", line, line + "store: " + store + "\nstorePassword: keys/store.password\n"));
    }

    private static long generation(PostgresServer server) throws Exception {
        try (PostgresDatabase store = PostgresDatabase.open(server.store("back"), PostgresServer.PASSWORD)) {
            return store.inTransaction(connection -> Sql.number(connection, "SELECT generation FROM hub"));
        }
    }

    /** What pg_dump and pg_restore call a database. */
    private static String login(PostgresServer server, String database) {
        return server.store(database).toString().replace("postgres://", "postgresql://");
    }

    private void program(String... command) throws Exception {
        Path log = directory.resolve("program.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("PGPASSWORD", PostgresServer.PASSWORD);
        Process process = builder.start();
        assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), command[0]);
        assertEquals(0, process.exitValue(), () -> read(log));
    }

    private static String read(Path log) {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}

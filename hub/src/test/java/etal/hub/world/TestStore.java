package etal.hub.world;

import etal.edge.postgres.PostgresDatabase;
import etal.edge.sqlite.SqliteDatabase;
import etal.hub.books.Schema;
import etal.port.Database;
import etal.port.StorageFailed;
import etal.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The store on which the hub's tests run: SQLite in memory; or, where the environment says {@code ETAL_STORE=postgres}, a fresh
 * database of one real server, which is gone when the tests end.
 */
public final class TestStore {
    private static final boolean POSTGRES = "postgres".equals(System.getenv("ETAL_STORE"));
    private static final String MIGRATED = "migrated";
    private static final AtomicInteger MADE = new AtomicInteger();

    private TestStore() {}

    /** A fresh one. */
    public static Database fresh() throws StorageFailed {
        return POSTGRES ? Server.fresh() : SqliteDatabase.inMemory();
    }

    /** Started by the first who asks. */
    private static final class Server {
        private static final PostgresServer SERVER = started();

        private static PostgresServer started() {
            try {
                PostgresServer server = PostgresServer.start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "postgres"));
                server.database(MIGRATED, "");
                try (PostgresDatabase first = open(server, MIGRATED)) {
                    Schema.migrate(first);
                }
                return server;
            } catch (IOException | InterruptedException | SQLException | StorageFailed e) {
                throw new AssertionError("no PostgreSQL server", e);
            }
        }

        private static void stop(PostgresServer server) {
            try {
                server.close();
            } catch (IOException | InterruptedException e) {
                throw new AssertionError("the PostgreSQL server did not stop", e);
            }
        }

        private static PostgresDatabase open(PostgresServer server, String name) throws StorageFailed {
            return PostgresDatabase.open(server.store(name), PostgresServer.PASSWORD);
        }

        static Database fresh() throws StorageFailed {
            String name = "fund" + MADE.incrementAndGet();
            try {
                SERVER.database(name, "TEMPLATE " + MIGRATED);
                return open(SERVER, name);
            } catch (SQLException e) {
                throw new StorageFailed("no fresh database: " + e.getMessage(), e);
            }
        }
    }
}

package etal.fleet.real.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.postgres.PostgresDatabase;
import etal.fake.FakeBroker;
import etal.fake.ManualClock;
import etal.fake.QueueLoop;
import etal.fleet.real.stall.FundHub;
import etal.fleet.real.stall.StallFund;
import etal.hub.books.Schema;
import etal.hub.core.HubCore;
import etal.port.StorageFailed;
import etal.testkit.postgres.PostgresServer;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** PostgreSQL as a hub's store: the same migrations, the same guards, and clear words. */
class PostgresStoreTest {
    @Test
    void a_hub_starts_on_it_and_its_books_are_guarded() throws Exception {
        try (PostgresServer server = PostgresServer.start();
                PostgresDatabase store = PostgresDatabase.open(server.store(), PostgresServer.PASSWORD)) {
            var clock = new ManualClock(Instant.parse("2025-04-02T14:00:00Z"));
            clock.trusted(true);
            HubCore hub = FundHub.start(StallFund.make(), store, clock, new QueueLoop(clock), new FakeBroker());
            Schema.migrate(store);
            assertEquals(0, hub.status().entries());
            assertTrue(hub.reconcile(FundHub.DAY, true).unexplained().isEmpty());
            assertRefused(store, "UPDATE posting SET debit_cents = debit_cents + 1", "postings are never changed");
            assertRefused(store, "DELETE FROM event", "events are never deleted");
            assertRefused(
                    store,
                    "INSERT INTO posting (event, row, account, third, debit_cents, credit_cents)"
                            + " SELECT MIN(id), 'r', 'a', 't', 1, 0 FROM event",
                    "the event is closed");
        }
    }

    @Test
    void a_wrong_password_and_nobody_there_are_said_in_a_sentence_without_the_password() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            String refused = words(() -> PostgresDatabase.open(server.store(), "guess"));
            assertTrue(refused.contains("password authentication failed"), refused);
            assertTrue(!refused.contains("guess"), refused);
            server.pullPlug();
            String nobody = words(() -> PostgresDatabase.open(server.store(), PostgresServer.PASSWORD));
            assertTrue(nobody.contains("127.0.0.1"), nobody);
            server.begin();
        }
    }

    @Test
    void a_database_that_orders_texts_by_country_is_refused() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            server.database("country", "TEMPLATE template0 LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'");
            URI country = server.store("country");
            String refused = words(() -> PostgresDatabase.open(country, PostgresServer.PASSWORD));
            assertTrue(refused.contains("LC_COLLATE 'C'"), refused);
        }
    }

    private static void assertRefused(PostgresDatabase store, String sql, String words) {
        String refused = words(() -> store.inTransaction(tables -> {
            try (var statement = tables.createStatement()) {
                return statement.executeUpdate(sql);
            }
        }));
        assertTrue(refused.contains(words), refused);
    }

    private static String words(Executable refused) {
        return String.valueOf(assertThrows(StorageFailed.class, refused).getMessage());
    }
}

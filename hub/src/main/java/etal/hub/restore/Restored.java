package etal.hub.restore;

import etal.hub.books.Schema;
import etal.hub.books.Sql;
import etal.port.Database;
import etal.port.StorageFailed;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A store that was a backup: marked once, before a hub runs on it. Its hub then speaks in a higher generation, and pays and
 * issues nothing before {@link Gates} are open. Stateless.
 */
public final class Restored {
    /** Generations are counted from here, so that two stores restored from one backup have not the same. */
    private static final long EPOCH_SECONDS = 1_735_689_600;

    private static final long GENERATION_MAX = (1L << 33) - 1;
    private static final int VERSION_BITS = 20;

    /** A card's record has its stall's time, which may run behind the hub's. */
    private static final long SKEW_MILLIS = 3_600_000;

    private Restored() {}

    /**
     * Raises the generation of the hub of that store and closes its gates.
     *
     * @param nowMillis the time, milliseconds since 1970: two restores of one backup need two times, a second apart
     * @return the generation
     * @throws IllegalStateException when no hub has ever run on the store
     */
    public static long mark(Database database, long nowMillis) throws StorageFailed {
        return mark(database, 0, nowMillis);
    }

    /** The same, in a generation above one that is known to have been. */
    public static long mark(Database database, long above, long nowMillis) throws StorageFailed {
        Schema.migrate(database);
        return database.inTransaction(connection -> {
            long before = Sql.number(connection, "SELECT generation FROM hub");
            if (before == 0) {
                throw new IllegalStateException("no hub has ever run on that store: there is nothing to restore");
            }
            long least = Math.max(before, above) + 1;
            long seconds = Math.min(nowMillis / 1_000 - EPOCH_SECONDS, GENERATION_MAX);
            return close(connection, Math.max(least, seconds), nowMillis);
        });
    }

    private static long close(Connection connection, long generation, long nowMillis) throws SQLException {
        long received = Sql.number(connection, "SELECT COALESCE(MAX(received_millis), 0) FROM entry");
        long booked = Sql.number(connection, "SELECT COALESCE(MAX(booked_millis), 0) FROM event");
        long period = Sql.number(connection, "SELECT COALESCE(MAX(version), 0) FROM document WHERE kind = 'period'");
        Sql.update(connection, "UPDATE hub SET generation = ?", generation);
        Sql.update(
                connection,
                "INSERT INTO restored (generation, restored_millis, known_millis, last_period) VALUES (?, ?, ?, ?)",
                generation,
                nowMillis,
                Math.max(received, booked),
                period);
        return generation;
    }

    /** The generation of the hub; 1 unless it was ever restored. */
    public static long generation(Connection connection) throws SQLException {
        return Math.max(1, Sql.number(connection, "SELECT generation FROM hub"));
    }

    /** Whether the hub was ever restored. */
    public static boolean ever(Connection connection) throws SQLException {
        return generation(connection) > 1;
    }

    /**
     * Whether the hub may have forgotten what it said at that time: after a backup from which it was restored, and before its
     * gates were open again.
     */
    public static boolean forgot(Connection connection, long timeMillis) throws SQLException {
        return forgot(connection, timeMillis + SKEW_MILLIS, timeMillis);
    }

    /** The same of something said between two times. */
    public static boolean forgot(Connection connection, long latestMillis, long earliestMillis) throws SQLException {
        return Sql.number(
                        connection,
                        "SELECT COUNT(*) FROM restored WHERE known_millis <= ? AND ? <= COALESCE(opened_millis, ?)",
                        latestMillis,
                        earliestMillis,
                        earliestMillis)
                > 0;
    }

    /**
     * What every version of a document is above that the hub publishes in its generation, and none that it has published
     * before: versions only grow, and terminals hold some that a restored hub knows nothing of.
     */
    public static long versionsAbove(Connection connection) throws SQLException {
        long generation = generation(connection);
        return generation == 1 ? 0 : generation << VERSION_BITS;
    }
}

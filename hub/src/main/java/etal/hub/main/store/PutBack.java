package etal.hub.main.store;

import etal.hub.books.Schema;
import etal.hub.books.Sql;
import etal.hub.restore.Restored;
import etal.port.Database;
import etal.port.StorageFailed;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A PostgreSQL database that was put back by the server's own means, such as pg_restore: marked as restored where it lies, while
 * no hub is at it. Stateless.
 */
public final class PutBack {
    private PutBack() {}

    private record Found(long fund, long entries, long knownMillis, long others) {
        static Found in(Connection connection) throws SQLException {
            long others = Sql.number(
                    connection,
                    "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND pid <> pg_backend_pid() AND backend_type = 'client backend'");
            return new Found(
                    Sql.number(connection, "SELECT fund FROM hub"),
                    Sql.number(connection, "SELECT COUNT(*) FROM entry"),
                    Math.max(
                            Sql.number(connection, "SELECT COALESCE(MAX(received_millis), 0) FROM entry"),
                            Sql.number(connection, "SELECT COALESCE(MAX(booked_millis), 0) FROM event")),
                    others);
        }
    }

    /**
     * Raises the generation and closes the gates; done again it does so again, which costs another reading back and no money.
     *
     * @param driven whether the hub's time is set from outside: it then counts on from the store's
     * @param systemMillis the machine's time
     */
    public static Told mark(Database database, long fund, boolean driven, long systemMillis) throws StorageFailed {
        Schema.migrate(database);
        Found found = database.inTransaction(Found::in);
        if (found.others() > 0) {
            return Told.refused("restore.connected", found.others());
        }
        if (found.fund() == 0) {
            return Told.refused("restore.empty");
        }
        if (found.fund() != fund) {
            return Told.refused("restore.otherfund", "PostgreSQL", found.fund(), fund);
        }
        long nowMillis = driven ? found.knownMillis() : Math.max(systemMillis, found.knownMillis());
        return Told.done("restore.marked", Restored.mark(database, nowMillis), found.entries());
    }
}

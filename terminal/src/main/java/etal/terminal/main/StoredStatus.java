package etal.terminal.main;

import etal.port.Database;
import etal.port.StorageFailed;
import etal.protocol.ledger.LedgerId;
import etal.terminal.ledger.Sql;
import etal.terminal.ledger.TerminalStore;
import java.sql.Connection;
import java.sql.SQLException;

/** How a ledger stands, read from the store alone, running or not. Stateless. */
final class StoredStatus {
    private StoredStatus() {}

    /** One line: {@code t3-e1: 17 entries, acknowledged to 12, 9 sales, 0 in doubt}. */
    static String line(LedgerId ledger, Database database) throws StorageFailed {
        return database.inTransaction(connection -> ledger + ": "
                + number(connection, "SELECT coalesce(max(number), 0) FROM entry") + " entries, acknowledged to "
                + number(connection, "SELECT coalesce(max(number), 0) FROM checkpoint") + ", "
                + counter(connection, TerminalStore.SALES) + " sales, "
                + number(connection, "SELECT count(*) FROM basket WHERE state = 'IN_DOUBT'") + " in doubt");
    }

    /** The entry by whose acknowledgement the ledger learnt that it is not its own past; 0 as long as it is. */
    static long disowned(Database database) throws StorageFailed {
        return database.inTransaction(connection -> counter(connection, TerminalStore.DISOWNED));
    }

    /** Also of a store that an older version has left: it has nothing to compare the number with. */
    private static long counter(Connection connection, String name) throws SQLException {
        return Sql.first(connection, "SELECT value FROM counter WHERE name = ?", row -> row.getLong(1), name)
                .orElse(0L);
    }

    private static long number(Connection connection, String sql) throws SQLException {
        return Sql.first(connection, sql, row -> row.getLong(1)).orElse(0L);
    }
}

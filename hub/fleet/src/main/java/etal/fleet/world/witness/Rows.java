package etal.fleet.world.witness;

import etal.edge.sqlite.SqliteDatabase;
import etal.port.StorageFailed;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The rows of a query, one after the other. */
@FunctionalInterface
interface Rows {
    void take(ResultSet row) throws SQLException;

    static void of(SqliteDatabase store, String select, Rows taker) throws StorageFailed {
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(select)) {
                while (rows.next()) {
                    taker.take(rows);
                }
            }
            return true;
        });
    }
}

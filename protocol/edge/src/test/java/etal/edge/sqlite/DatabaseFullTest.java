package etal.edge.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.StorageFailed;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite's own full disk, by a database that may not grow: named as such, and over when there is room again. */
class DatabaseFullTest {
    @TempDir
    Path directory;

    @Test
    void a_full_disk_is_named_and_the_same_connection_goes_on_when_there_is_room() throws StorageFailed {
        try (SqliteDatabase database = SqliteDatabase.open(directory.resolve("terminal.db"))) {
            database.migrate(List.of("CREATE TABLE entry(number INTEGER PRIMARY KEY, bytes BLOB NOT NULL)"));
            pages(database, 12);
            long kept = fill(database);

            StorageFailed full = assertThrows(StorageFailed.class, () -> insert(database, kept + 1));
            assertTrue(full.full(), full.getMessage());
            assertEquals(kept, count(database), "what is stored can be read");
            assertThrows(StorageFailed.class, () -> insert(database, kept + 1));

            pages(database, 1_000);
            insert(database, kept + 1);
            assertEquals(kept + 1, count(database));
        }
    }

    private static long fill(SqliteDatabase database) {
        for (long number = 1; ; number++) {
            try {
                insert(database, number);
            } catch (StorageFailed full) {
                return number - 1;
            }
        }
    }

    private static void insert(SqliteDatabase database, long number) throws StorageFailed {
        database.inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("INSERT INTO entry VALUES(?, ?)")) {
                statement.setLong(1, number);
                statement.setBytes(2, new byte[3_000]);
                return statement.executeUpdate();
            }
        });
    }

    private static long count(SqliteDatabase database) throws StorageFailed {
        return database.inTransaction(connection -> number(connection, "SELECT count(*) FROM entry"));
    }

    private static void pages(SqliteDatabase database, int pages) throws StorageFailed {
        database.inTransaction(connection -> number(connection, "PRAGMA max_page_count=" + pages));
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}

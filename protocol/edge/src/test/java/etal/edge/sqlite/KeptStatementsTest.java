package etal.edge.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.StorageFailed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A statement that was used before is as good as a new one. */
final class KeptStatementsTest {
    private static final String INSERT = "INSERT INTO thing(number, name) VALUES(?, ?)";
    private static final String SELECT = "SELECT number, name FROM thing WHERE number >= ? ORDER BY number";

    private SqliteDatabase database;

    @BeforeEach
    void things() throws StorageFailed {
        database = SqliteDatabase.inMemory();
        database.migrate(List.of("CREATE TABLE thing(number INTEGER PRIMARY KEY, name TEXT)"));
        for (int number = 1; number <= 5; number++) {
            insert(number, "thing " + number);
        }
    }

    @AfterEach
    void close() throws StorageFailed {
        database.close();
    }

    private void insert(int number, String name) throws StorageFailed {
        database.inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                statement.setInt(1, number);
                statement.setString(2, name);
                return statement.executeUpdate();
            }
        });
    }

    private static List<Integer> from(Connection connection, int number, int most) throws SQLException {
        var found = new ArrayList<Integer>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
            statement.setInt(1, number);
            ResultSet rows = statement.executeQuery();
            while (found.size() < most && rows.next()) {
                found.add(rows.getInt(1));
            }
        }
        return found;
    }

    @Test
    void rows_that_nobody_read_to_their_end_hold_up_no_commit_and_do_not_come_again() throws StorageFailed {
        assertEquals(List.of(1, 2), database.inTransaction(connection -> from(connection, 1, 2)));
        insert(6, "thing 6");
        assertEquals(List.of(4, 5, 6), database.inTransaction(connection -> from(connection, 4, 9)));
    }

    @Test
    void the_same_words_may_be_in_use_twice_at_once() throws StorageFailed {
        List<Integer> both = database.inTransaction(connection -> {
            var found = new ArrayList<Integer>();
            try (PreparedStatement outer = connection.prepareStatement(SELECT)) {
                outer.setInt(1, 4);
                try (ResultSet rows = outer.executeQuery()) {
                    while (rows.next()) {
                        found.add(rows.getInt(1));
                        found.addAll(from(connection, 5, 9));
                    }
                }
            }
            return found;
        });
        assertEquals(List.of(4, 5, 5, 5), both);
    }

    @Test
    void a_parameter_of_before_is_not_there_any_more() throws StorageFailed {
        database.inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                statement.setInt(1, 7);
                statement.executeUpdate();
            }
            try (PreparedStatement statement = connection.prepareStatement("SELECT name FROM thing WHERE number = 7");
                    ResultSet rows = statement.executeQuery()) {
                assertTrue(rows.next());
                assertEquals(null, rows.getString(1));
            }
            return true;
        });
    }

    @Test
    void after_a_failure_the_same_words_work_again() throws StorageFailed {
        assertThrows(StorageFailed.class, () -> insert(3, "there already"));
        insert(8, "thing 8");
        assertEquals(List.of(8), database.inTransaction(connection -> from(connection, 8, 9)));
    }

    @Test
    void a_closed_statement_is_closed_for_whoever_closed_it() throws StorageFailed {
        database.inTransaction(connection -> {
            PreparedStatement statement = connection.prepareStatement(SELECT);
            statement.close();
            statement.close();
            assertTrue(statement.isClosed());
            assertThrows(SQLException.class, () -> statement.setInt(1, 1));
            return true;
        });
        assertEquals(List.of(5), database.inTransaction(connection -> from(connection, 5, 9)));
    }

    @Test
    void a_table_that_has_got_another_column_is_read_with_it() throws StorageFailed {
        String all = "SELECT * FROM thing";
        assertEquals(2, columns(all));
        database.migrate(List.of("", "ALTER TABLE thing ADD COLUMN colour TEXT"));
        assertEquals(3, columns(all));
    }

    private int columns(String sql) throws StorageFailed {
        return database.inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql);
                    ResultSet rows = statement.executeQuery()) {
                return rows.getMetaData().getColumnCount();
            }
        });
    }

    @Test
    void what_it_hands_out_is_the_same_connection_each_time() throws StorageFailed {
        Connection first = database.inTransaction(connection -> connection);
        assertSame(first, database.<Connection>inTransaction(connection -> connection));
        assertFalse(database.inTransaction(Connection::getAutoCommit));
    }
}

package etal.terminal.ledger;

import etal.port.Database.Damaged;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The few shapes of SQL statement the terminal uses. Stateless. */
public final class Sql {
    private Sql() {}

    /** Runs a statement that answers nothing; the count of rows touched. */
    public static int update(Connection connection, String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, arguments)) {
            return statement.executeUpdate();
        }
    }

    /** Runs one statement for each row of arguments, in their order. */
    public static void updateEach(Connection connection, String sql, List<Object[]> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Object[] arguments : rows) {
                set(statement, arguments);
                statement.executeUpdate();
            }
        }
    }

    /** All rows of a query, in its order. */
    public static <T> List<T> rows(Connection connection, String sql, Row<T> row, @Nullable Object... arguments)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, arguments);
                ResultSet found = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(read(row, found));
            }
            return rows;
        }
    }

    /** The first row of a query, if there is one. */
    public static <T> Optional<T> first(Connection connection, String sql, Row<T> row, @Nullable Object... arguments)
            throws SQLException {
        return rows(connection, sql, row, arguments).stream().findFirst();
    }

    /** Of a row that was written as it should be, its reader can always make something. */
    private static <T> T read(Row<T> row, ResultSet found) throws SQLException {
        try {
            return row.read(found);
        } catch (RuntimeException unreadable) {
            throw new Damaged("a row does not read: " + unreadable, unreadable);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... arguments)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        set(statement, arguments);
        return statement;
    }

    private static void set(PreparedStatement statement, @Nullable Object... arguments) throws SQLException {
        for (int index = 0; index < arguments.length; index++) {
            Object argument = arguments[index];
            if (argument instanceof byte[] bytes) {
                statement.setBytes(index + 1, bytes.clone());
            } else {
                statement.setObject(index + 1, argument);
            }
        }
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface Row<T> {
        /** What stands in the row the cursor is at. */
        T read(ResultSet row) throws SQLException;
    }
}

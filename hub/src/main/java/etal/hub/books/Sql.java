package etal.hub.books;

import etal.port.Database.Damaged;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Short forms of JDBC for use within one transaction. Stateless; used from the loop only. */
public final class Sql {
    private Sql() {}

    /** Turns the current row of a result into a value. */
    @FunctionalInterface
    public interface Row<T> {
        /** Reads the row; never moves the cursor. */
        T read(ResultSet row) throws SQLException;
    }

    /** Runs a statement and returns how many rows it wrote. Values are String, Long, Integer, byte[] or null. */
    public static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** All rows of a query, in its order. */
    public static <T> List<T> list(Connection connection, String sql, Row<T> row, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values);
                ResultSet result = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(read(row, result));
            }
            return rows;
        }
    }

    /** The first row of a query, if there is one. */
    public static <T> Optional<T> first(Connection connection, String sql, Row<T> row, @Nullable Object... values)
            throws SQLException {
        List<T> rows = list(connection, sql, row, values);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    /** The single whole number of a query such as a count or a sum; 0 for an empty sum. */
    public static long number(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        return first(connection, sql, row -> row.getLong(1), values).orElse(0L);
    }

    /** Of a row that was written as it should be, its reader can always make something. */
    private static <T> T read(Row<T> row, ResultSet found) throws SQLException {
        try {
            return row.read(found);
        } catch (RuntimeException unreadable) {
            throw new Damaged("a row does not read: " + unreadable, unreadable);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            // The driver keeps a reference to an array it is given: hand it one of its own.
            statement.setObject(i + 1, value instanceof byte[] bytes ? bytes.clone() : value);
        }
        return statement;
    }
}

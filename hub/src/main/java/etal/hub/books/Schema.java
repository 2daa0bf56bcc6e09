package etal.hub.books;

import etal.port.Database;
import etal.port.StorageFailed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/** The numbered migrations of the hub's store, which remembers its version; where, is its {@link Dialect}'s business. */
public final class Schema {
    private static final List<String> MIGRATIONS = List.of(
            "schema-1.sql",
            "schema-2.sql",
            "schema-3.sql",
            "schema-4.sql",
            "schema-5.sql",
            "schema-6.sql",
            "schema-7.sql",
            "schema-8.sql",
            "schema-9.sql",
            "schema-10.sql");

    private Schema() {}

    /**
     * Brings the store to this program's version, each step in a transaction of its own.
     *
     * @throws StorageFailed when the store cannot be written
     * @throws IllegalStateException when the store was written by a newer program
     */
    public static void migrate(Database database) throws StorageFailed {
        migrate(database, MIGRATIONS.size());
    }

    /** Brings a store to an earlier program's version. */
    static void migrate(Database database, int target) throws StorageFailed {
        long version = database.inTransaction(Schema::version);
        if (version > MIGRATIONS.size()) {
            throw new IllegalStateException("the store has version " + version + ", this program knows up to "
                    + MIGRATIONS.size() + ": use the newer program");
        }
        for (long next = version; next < target; next++) {
            String script = read(MIGRATIONS.get((int) next));
            long reached = next + 1;
            database.inTransaction(connection -> run(connection, script, reached));
        }
    }

    private static long version(Connection connection) throws SQLException {
        Dialect dialect = Dialect.of(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute(dialect.begin());
        }
        return Sql.number(connection, dialect.version());
    }

    private static long run(Connection connection, String script, long reached) throws SQLException {
        Dialect dialect = Dialect.of(connection);
        if (Sql.number(connection, dialect.version()) >= reached) {
            // Another hub on this store has been quicker.
            return reached;
        }
        try (Statement statement = connection.createStatement()) {
            for (String part : script.split("\n\n")) {
                String sql = part.lines()
                        .filter(line -> !line.startsWith("--"))
                        .reduce("", (before, line) -> before + line + "\n");
                if (!sql.isBlank()) {
                    statement.execute(dialect.translated(sql));
                }
            }
            statement.execute(dialect.reached(reached));
        }
        return reached;
    }

    static String read(String resource) {
        try (InputStream in = Schema.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the program's own resource " + resource, e);
        }
    }
}

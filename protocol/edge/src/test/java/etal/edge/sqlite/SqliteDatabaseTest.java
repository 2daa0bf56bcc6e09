package etal.edge.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.Database.Work;
import etal.port.StorageFailed;
import etal.testkit.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteDatabaseTest {
    private static final List<String> SCRIPTS = List.of(
            "CREATE TABLE entry (number INTEGER PRIMARY KEY, body BLOB NOT NULL); CREATE TABLE head (number INTEGER NOT NULL REFERENCES entry);",
            "ALTER TABLE entry ADD COLUMN note TEXT");

    @TempDir
    Path directory;

    @Test
    void what_is_committed_is_there_after_opening_again() throws StorageFailed {
        Path file = directory.resolve("terminal.db");
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            database.migrate(SCRIPTS);
            database.inTransaction(insert(1));
        }
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            assertEquals(1, database.inTransaction(SqliteDatabaseTest::count));
            assertEquals(2, database.version());
        }
    }

    @Test
    void a_database_is_for_its_owner_alone_and_so_is_its_log() throws Exception {
        Path file = directory.resolve("terminal.db");
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            database.migrate(SCRIPTS);
            for (String name : List.of("terminal.db", "terminal.db-wal")) {
                assertEquals(
                        "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))));
            }
        }
    }

    @Test
    void a_database_runs_with_the_pragmas_that_durability_needs() throws StorageFailed {
        try (SqliteDatabase database = SqliteDatabase.open(directory.resolve("terminal.db"))) {
            assertEquals("wal", pragma(database, "journal_mode"));
            assertEquals("2", pragma(database, "synchronous"));
            assertEquals("1", pragma(database, "foreign_keys"));
            assertEquals("1", pragma(database, "cell_size_check"));
        }
    }

    @Test
    void work_that_throws_leaves_nothing_behind() throws StorageFailed {
        SqliteDatabase database = SqliteDatabase.inMemory();
        database.migrate(SCRIPTS);
        assertThrows(
                IllegalArgumentException.class,
                () -> database.inTransaction(tables -> {
                    insert(1).run(tables);
                    throw new IllegalArgumentException("a bug");
                }));
        assertThrows(
                StorageFailed.class,
                () -> database.inTransaction(tables -> {
                    insert(1).run(tables);
                    throw new SQLException("the disk is full");
                }));
        assertEquals(0, database.inTransaction(SqliteDatabaseTest::count));
    }

    @Test
    void a_commit_that_fails_leaves_nothing_behind_and_the_next_one_works() throws StorageFailed {
        SqliteDatabase database = SqliteDatabase.inMemory();
        database.migrate(List.of("CREATE TABLE entry (number INTEGER PRIMARY KEY, body BLOB NOT NULL);"
                + "CREATE TABLE head (number INTEGER REFERENCES entry DEFERRABLE INITIALLY DEFERRED)"));
        assertThrows(
                StorageFailed.class,
                () -> database.inTransaction(tables -> {
                    insert(1).run(tables);
                    return execute(tables, "INSERT INTO head VALUES (99)");
                }));
        database.inTransaction(insert(2));
        assertEquals(1, database.inTransaction(SqliteDatabaseTest::count));
    }

    @Test
    void a_migration_that_fails_halfway_has_not_happened() throws StorageFailed {
        SqliteDatabase database = SqliteDatabase.inMemory();
        List<String> faulty = List.of(SCRIPTS.get(0), "CREATE TABLE extra (a INTEGER); CREATE TABLE entry (a INTEGER)");
        assertThrows(StorageFailed.class, () -> database.migrate(faulty));
        assertEquals(1, database.version());
        database.migrate(List.of(SCRIPTS.get(0), "CREATE TABLE extra (a INTEGER)"));
        assertEquals(2, database.version());
    }

    @Test
    void a_database_of_a_newer_program_is_refused() throws StorageFailed {
        SqliteDatabase database = SqliteDatabase.inMemory();
        database.migrate(SCRIPTS);
        StorageFailed refused = assertThrows(StorageFailed.class, () -> database.migrate(List.of(SCRIPTS.get(0))));
        assertTrue(refused.toString().contains("start the newer program"), refused.toString());
    }

    @Test
    void a_transaction_within_a_transaction_is_a_bug() throws StorageFailed {
        SqliteDatabase database = SqliteDatabase.inMemory();
        assertThrows(
                IllegalStateException.class,
                () -> database.inTransaction(tables -> unchecked(() -> database.inTransaction(insert(1)))));
    }

    @Test
    void a_damaged_file_is_named_when_it_is_opened() throws Exception {
        Path file = directory.resolve("terminal.db");
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            database.migrate(SCRIPTS);
            for (int number = 1; number <= 500; number++) {
                database.inTransaction(insert(number));
            }
        }
        byte[] bytes = Files.readAllBytes(file);
        // The second page is a table's root: its header says what kind of page it is.
        bytes[4096] ^= 0x7f;
        Files.write(file, bytes);
        StorageFailed damaged = assertThrows(StorageFailed.class, () -> SqliteDatabase.open(file));
        assertTrue(damaged.toString().contains(file + ": "), damaged.toString());
    }

    @Test
    void a_file_that_is_no_database_is_named() throws Exception {
        Path file = directory.resolve("terminal.db");
        Files.writeString(
                file,
                "this is a text and not a database, and long enough to have a header of a hundred bytes".repeat(9));
        StorageFailed refused = assertThrows(StorageFailed.class, () -> SqliteDatabase.open(file));
        assertTrue(refused.toString().contains(file.toString()), refused.toString());
    }

    @Test
    void a_directory_that_is_not_there_is_a_failure_of_storage() {
        assertThrows(StorageFailed.class, () -> SqliteDatabase.open(directory.resolve("missing/terminal.db")));
    }

    //  child: commit 1, say "1", commit 2, say "2" ...
    //  test:                     hears "40", kills -9, opens: at least 40 rows, at most one more than was said
    @Test
    void what_was_reported_as_committed_survives_kill_9() throws Exception {
        int said;
        try (ChildProcess child = ChildProcess.java(directory, CommittingChild.class, "terminal.db")) {
            child.await("40"::equals, Duration.ofSeconds(30));
            child.kill();
            said = Integer.parseInt(child.lines().getLast());
        }
        try (SqliteDatabase database = SqliteDatabase.open(directory.resolve("terminal.db"))) {
            int rows = database.inTransaction(SqliteDatabaseTest::count);
            assertTrue(rows == said || rows == said + 1, "said " + said + ", found " + rows);
        }
    }

    /** Commits one row after the other and says so each time, until it is killed. */
    static final class CommittingChild {
        public static void main(String[] arguments) throws StorageFailed {
            try (SqliteDatabase database = SqliteDatabase.open(Path.of(arguments[0]))) {
                database.migrate(SCRIPTS);
                for (int number = 1; number < 1_000_000; number++) {
                    database.inTransaction(insert(number));
                    System.out.println(number);
                }
            }
        }
    }

    private static Work<Integer> insert(int number) {
        return tables -> execute(tables, "INSERT INTO entry (number, body) VALUES (" + number + ", zeroblob(100))");
    }

    private static int execute(Connection tables, String sql) throws SQLException {
        try (Statement statement = tables.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private static int count(Connection tables) throws SQLException {
        try (Statement statement = tables.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM entry")) {
            return result.next() ? result.getInt(1) : -1;
        }
    }

    private static String pragma(SqliteDatabase database, String pragma) throws StorageFailed {
        return database.inTransaction(tables -> {
            try (Statement statement = tables.createStatement();
                    ResultSet result = statement.executeQuery("PRAGMA " + pragma)) {
                return result.next() ? result.getString(1) : "";
            }
        });
    }

    private static int unchecked(java.util.concurrent.Callable<Integer> work) throws SQLException {
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new SQLException(e);
        }
    }
}

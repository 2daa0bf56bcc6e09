package etal.fsck.place;

import etal.fsck.bytes.Damage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * A copy of an SQLite database with its write-ahead log, opened for reading only. The original is never opened, since even
 * a reader of a log would write beside it, and its owner may be at work.
 */
final class DatabaseFile implements Closeable {
    private static final int COPIES_MAX = 20;

    private final Path directory;
    private final Connection connection;

    private DatabaseFile(Path directory, Connection connection) {
        this.directory = directory;
        this.connection = connection;
    }

    /**
     * Copies and opens a database.
     *
     * @throws Damage when SQLite cannot read it or finds it damaged
     */
    static DatabaseFile open(Path file) throws IOException, Damage {
        Path directory = Files.createTempDirectory("etal-fsck");
        try {
            copy(file, directory);
            Connection connection = connect(directory.resolve("copy.db"));
            DatabaseFile database = new DatabaseFile(directory, connection);
            try {
                database.requireSound();
                return database;
            } catch (SQLException | Damage damage) {
                connection.close();
                throw damage;
            }
        } catch (SQLException unreadable) {
            delete(directory);
            throw new Damage("unreadable: " + sentence(unreadable));
        } catch (IOException | Damage failure) {
            delete(directory);
            throw failure;
        }
    }

    /** What SQLite says, in one line. */
    static String sentence(SQLException failure) {
        return String.valueOf(failure.getMessage()).replaceAll("\\s+", " ").strip();
    }

    /** Whether there is a table with these columns. */
    boolean has(String table, List<String> columns) throws SQLException {
        Set<String> found = new TreeSet<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT c.name FROM sqlite_schema t,"
                + " pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name = ? ORDER BY c.cid")) {
            query.setString(1, table);
            ResultSet rows = query.executeQuery();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found.containsAll(columns);
    }

    PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    private void requireSound() throws SQLException, Damage {
        try (PreparedStatement check = prepare("PRAGMA integrity_check(1)");
                ResultSet rows = check.executeQuery()) {
            String said = rows.next() ? String.valueOf(rows.getString(1)) : "nothing";
            if (!said.equals("ok")) {
                throw new Damage("database: " + said.replaceAll("\\s+", " ").strip());
            }
        }
    }

    private static Connection connect(Path copy) throws SQLException {
        Properties readOnly = new Properties();
        readOnly.setProperty("open_mode", "1");
        readOnly.setProperty("trusted_schema", "false");
        return DriverManager.getConnection("jdbc:sqlite:" + copy, readOnly);
    }

    private static void copy(Path file, Path directory) throws IOException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        // A writer may be at work: what changed while it was copied is copied again.
        for (int copies = 0; copies < COPIES_MAX; copies++) {
            String before = stamp(file) + stamp(log);
            Files.deleteIfExists(directory.resolve("copy.db"));
            Files.deleteIfExists(directory.resolve("copy.db-wal"));
            Files.copy(file, directory.resolve("copy.db"));
            try {
                Files.copy(log, directory.resolve("copy.db-wal"));
            } catch (NoSuchFileException noLog) {
                Files.deleteIfExists(directory.resolve("copy.db-wal"));
            }
            if (before.equals(stamp(file) + stamp(log))) {
                return;
            }
        }
    }

    private static String stamp(Path file) throws IOException {
        try {
            FileTime time = Files.getLastModifiedTime(file);
            return time.to(TimeUnit.NANOSECONDS) + "/" + Files.size(file) + " ";
        } catch (NoSuchFileException none) {
            return "none ";
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw new IOException(sentence(failure), failure);
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}

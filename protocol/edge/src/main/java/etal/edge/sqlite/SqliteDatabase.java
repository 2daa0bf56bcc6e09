package etal.edge.sqlite;

import etal.port.Database;
import etal.port.StorageFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/**
 * One SQLite database on one connection: write-ahead log, synced at each commit, checked when it is opened.
 *
 * <p>A pulled plug takes nothing that {@link #inTransaction} has returned from (WAL with {@code synchronous=FULL}, see
 * <a href="https://www.sqlite.org/pragma.html#pragma_synchronous">SQLite's own words</a>). One thread at a time; a
 * second one is made to wait.
 */
public final class SqliteDatabase implements Database, AutoCloseable {
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;
    private static final int PAGES_KIBIBYTES = 256 * 1024;

    /** SQLite's own words for SQLITE_FULL, see https://www.sqlite.org/rescode.html#full. */
    private static final String DISK_FULL = "disk is full";

    private static final String NOTHING_TO_ROLL_BACK = "no transaction is active";

    private final String name;
    private final Connection connection;
    private final KeptStatements kept;
    private boolean inWork;
    private boolean broken;
    /** Which table is on which page, of the image put back last. */
    private String layout = "";

    private SqliteDatabase(String name, Connection connection) {
        this.name = name;
        this.connection = connection;
        this.kept = new KeptStatements(connection);
    }

    /**
     * Opens the database in {@code file}, making it (0600) if it is not there.
     *
     * @throws StorageFailed when the file cannot be opened, is no database, or is damaged
     */
    public static SqliteDatabase open(Path file) throws StorageFailed {
        try {
            if (!Files.exists(file)) {
                // SQLite gives the log and its index the rights of the database itself.
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            return opened(
                    file.toString(), "jdbc:sqlite:" + file.toAbsolutePath(), pragmas(SQLiteConfig.JournalMode.WAL));
        } catch (IOException e) {
            throw new StorageFailed(file + ": the database cannot be made: " + e, e);
        }
    }

    /**
     * Opens the database in {@code file} for looking only, also beside the process that has it open and is about to write.
     *
     * @throws StorageFailed when the file cannot be opened, is no database, or is damaged
     */
    public static SqliteDatabase openToLook(Path file) throws StorageFailed {
        SqliteDatabase database = openToCopy(file);
        // Not SQLite's read-only mode: that one needs another's log to be readable as it stands.
        database.inTransaction(tables -> {
            try (Statement statement = tables.createStatement()) {
                return statement.execute("PRAGMA query_only=ON");
            }
        });
        return database;
    }

    /**
     * Opens the database in {@code file} for {@link #copyTo} alone, also beside the process that has it open and is about to
     * write.
     *
     * @throws StorageFailed when the file cannot be opened, is no database, or is damaged
     */
    public static SqliteDatabase openToCopy(Path file) throws StorageFailed {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
        return opened(file.toString(), "jdbc:sqlite:" + file.toAbsolutePath(), config.toProperties());
    }

    /** Opens an empty database in memory: real SQL for the simulation and for tests. */
    public static SqliteDatabase inMemory() throws StorageFailed {
        Properties pragmas = pragmas(SQLiteConfig.JournalMode.MEMORY);
        // Mostly empty tables: images of it are a quarter as long.
        pragmas.setProperty(SQLiteConfig.Pragma.PAGE_SIZE.getPragmaName(), "1024");
        return opened("database in memory", "jdbc:sqlite::memory:", pragmas);
    }

    /** Opens a database in memory that holds what {@link #image} gave. */
    public static SqliteDatabase inMemory(byte[] image) throws StorageFailed {
        SqliteDatabase database = inMemory();
        database.putBack(image);
        return database;
    }

    private static SqliteDatabase opened(String name, String url, Properties pragmas) throws StorageFailed {
        Connection connection = null;
        try {
            connection = DriverManager.getConnection(url, pragmas);
            SqliteDatabase database = new SqliteDatabase(name, connection);
            database.check();
            connection.setAutoCommit(false);
            return database;
        } catch (SQLException e) {
            StorageFailed failure = new StorageFailed(name + ": the database cannot be opened: " + e.getMessage(), e);
            closeAfter(failure, connection);
            throw failure;
        } catch (StorageFailed e) {
            closeAfter(e, connection);
            throw e;
        }
    }

    private static void closeAfter(StorageFailed failure, @org.jspecify.annotations.Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private static Properties pragmas(SQLiteConfig.JournalMode journal) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(journal);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        // Immediate, so that a second process is met at the start of a transaction and not at its end.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        return config.toProperties();
    }

    /** Damaged pages are found at the start of the day and not in the middle of a sale. */
    private void check() throws SQLException, StorageFailed {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA cell_size_check=ON");
            statement.execute("PRAGMA trusted_schema=OFF");
            try (ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
                String verdict = result.next() ? result.getString(1) : "no verdict";
                if (!verdict.equals("ok")) {
                    throw new StorageFailed(name + ": the database is damaged: " + verdict);
                }
            }
        }
    }

    /**
     * Brings the schema to the version {@code scripts.size()}: script number i (from 0) leads to version i + 1. Each
     * runs once, in a transaction of its own; a script may hold several statements.
     *
     * @throws StorageFailed when a script fails, or the database was written by a newer program
     */
    public void migrate(List<String> scripts) throws StorageFailed {
        int version = version();
        if (version > scripts.size()) {
            throw new StorageFailed(name + ": the database has version " + version + ", and this program knows only "
                    + scripts.size() + ": start the newer program");
        }
        for (int next = version; next < scripts.size(); next++) {
            String script = scripts.get(next);
            int reached = next + 1;
            inTransaction(tables -> {
                try (Statement statement = tables.createStatement()) {
                    statement.executeUpdate(script);
                    return statement.executeUpdate("PRAGMA user_version=" + reached);
                }
            });
            forgetStatements();
        }
    }

    private synchronized void forgetStatements() throws StorageFailed {
        try {
            kept.forget();
        } catch (SQLException e) {
            throw new StorageFailed(name + ": " + e.getMessage(), e);
        }
    }

    /** The version of the schema; 0 when nothing was ever migrated. */
    public int version() throws StorageFailed {
        return inTransaction(tables -> {
            try (Statement statement = tables.createStatement();
                    ResultSet result = statement.executeQuery("PRAGMA user_version")) {
                return result.next() ? result.getInt(1) : 0;
            }
        });
    }

    @Override
    public synchronized <T> T inTransaction(Work<T> work) throws StorageFailed {
        if (inWork) {
            throw new IllegalStateException("a transaction within a transaction on " + name);
        }
        if (broken) {
            beginAnew();
        }
        inWork = true;
        boolean committed = false;
        try {
            T result = work.run(kept.connection());
            connection.commit();
            committed = true;
            return result;
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            inWork = false;
            if (!committed) {
                rollBack();
            }
        }
    }

    private StorageFailed failed(SQLException e) {
        String sentence = name + ": " + e.getMessage();
        return String.valueOf(e.getMessage()).contains(DISK_FULL)
                ? StorageFailed.full(sentence, e)
                : new StorageFailed(sentence, e);
    }

    private void rollBack() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // On a full disk SQLite has rolled back by itself, and the driver has not begun the next transaction: what
            // came now would be durable statement by statement. The first failure is on its way to the caller.
            broken = true;
        }
    }

    /** A connection outside any transaction comes back into one, or nothing more is done on it. */
    private void beginAnew() throws StorageFailed {
        try (Statement statement = connection.createStatement()) {
            try {
                statement.execute("ROLLBACK");
            } catch (SQLException e) {
                if (!String.valueOf(e.getMessage()).contains(NOTHING_TO_ROLL_BACK)) {
                    throw e;
                }
            }
            statement.execute("BEGIN IMMEDIATE");
            broken = false;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * Writes a copy as of one moment to {@code file}, which must not be there or be empty; another process may go on writing.
     *
     * @throws StorageFailed when it cannot be written whole; what is there of it then is nothing
     */
    public synchronized void copyTo(Path file) throws StorageFailed {
        if (inWork) {
            throw new IllegalStateException("a copy within a transaction on " + name);
        }
        try {
            // SQLite's own rule: outside of any transaction, and with no other statement under way.
            kept.forget();
            connection.setAutoCommit(true);
            try (PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
                statement.setString(1, file.toAbsolutePath().toString());
                statement.execute();
            } finally {
                connection.setAutoCommit(false);
            }
        } catch (SQLException e) {
            throw new StorageFailed(name + ": the copy " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Looks at every page, every index and every reference; what is wrong first, or nothing. */
    public Optional<String> damage() throws StorageFailed {
        return inTransaction(tables -> {
            try (Statement statement = tables.createStatement();
                    ResultSet result = statement.executeQuery("PRAGMA integrity_check(1)")) {
                String verdict = result.next() ? result.getString(1) : "no verdict";
                if (!verdict.equals("ok")) {
                    return Optional.of(verdict);
                }
            }
            try (Statement statement = tables.createStatement();
                    ResultSet result = statement.executeQuery("PRAGMA foreign_key_check")) {
                return result.next() ? Optional.of("a reference leads nowhere") : Optional.empty();
            }
        });
    }

    /** All of a database in memory as it stands, to be put back by {@link #putBack}. */
    public synchronized byte[] image() throws StorageFailed {
        return outside(sqlite -> sqlite.serialize("main"));
    }

    /** The database in memory is again what it was when that image of it was taken. */
    public synchronized void putBack(byte[] image) throws StorageFailed {
        String before = layout;
        layout = outside(sqlite -> {
            sqlite.deserialize("main", image);
            try (Statement statement = sqlite.createStatement()) {
                statement.execute("PRAGMA journal_mode=MEMORY");
                // With SQLite's usual 2 MB of pages at hand, what was put back late in its year crawls.
                statement.execute("PRAGMA cache_size=-" + PAGES_KIBIBYTES);
                try (ResultSet result =
                        statement.executeQuery("SELECT group_concat(rootpage || sql, ';') FROM sqlite_master")) {
                    return String.valueOf(result.next() ? result.getString(1) : null);
                }
            }
        });
        if (!layout.equals(before)) {
            forgetStatements();
        }
    }

    private interface Outside<T> {
        T run(SQLiteConnection sqlite) throws SQLException;
    }

    /** Does something that no transaction may be open for. */
    private <T> T outside(Outside<T> work) throws StorageFailed {
        if (inWork) {
            throw new IllegalStateException("within a transaction on " + name);
        }
        try {
            connection.setAutoCommit(true);
            try {
                return work.run(connection.unwrap(SQLiteConnection.class));
            } finally {
                connection.setAutoCommit(false);
            }
        } catch (SQLException e) {
            throw new StorageFailed(name + ": " + e.getMessage(), e);
        }
    }

    /** Closes the database; the log is merged into it. */
    @Override
    public synchronized void close() throws StorageFailed {
        try {
            kept.forget();
            connection.close();
        } catch (SQLException e) {
            throw new StorageFailed(name + ": the database cannot be closed: " + e.getMessage(), e);
        }
    }
}

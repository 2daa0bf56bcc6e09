package etal.edge.postgres;

import etal.port.Database;
import etal.port.StorageFailed;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL database on one connection. Each transaction takes the store's one lock first (an advisory lock that ends with
 * the transaction, or with whoever held it), so that several hubs on one store act one after the other, as one hub does: none
 * sees half of another's work, and none waits for another in a circle.
 *
 * <p>A connection that was lost is made anew by the next transaction. One thread at a time; a second one is made to wait.
 */
public final class PostgresDatabase implements Database, AutoCloseable {
    /** "ETAL" in ASCII: whoever else uses advisory locks in this database takes another. */
    private static final long LOCK = 0x4554_414CL;

    private static final int CONNECT_SECONDS = 10;
    private static final int ANSWER_SECONDS = 120;
    private static final String LOCK_MILLIS = "60000";
    private static final String IDLE_MILLIS = "60000";

    private final String name;
    private final String url;
    private final Properties login;
    private @Nullable Connection connection;
    private boolean inWork;

    private PostgresDatabase(String name, String url, Properties login) {
        this.name = name;
        this.url = url;
        this.login = login;
    }

    /**
     * Opens the database that {@code store} names, such as {@code postgres://etal@127.0.0.1:5432/hub}.
     *
     * @param password of the user; it is never said or logged
     * @throws StorageFailed when nobody answers there, the login is refused, or the database would not keep what it is given
     */
    public static PostgresDatabase open(URI store, String password) throws StorageFailed {
        Properties login = new Properties();
        login.setProperty("user", String.valueOf(store.getUserInfo()));
        login.setProperty("password", password);
        login.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        login.setProperty("socketTimeout", Integer.toString(ANSWER_SECONDS));
        login.setProperty("tcpKeepAlive", "true");
        login.setProperty("ApplicationName", "etal");
        // A hub that stands still in the middle of a transaction must not hold up the others for good.
        login.setProperty(
                "options",
                "-c lock_timeout=" + LOCK_MILLIS + " -c idle_in_transaction_session_timeout=" + IDLE_MILLIS
                        + " -c synchronous_commit=on -c timezone=UTC");
        String place = store.getHost() + ":" + (store.getPort() < 0 ? 5432 : store.getPort()) + store.getPath();
        PostgresDatabase database = new PostgresDatabase(place, "jdbc:postgresql://" + place, login);
        try {
            database.insist();
            return database;
        } catch (StorageFailed e) {
            database.drop(e);
            throw e;
        }
    }

    /** A store that loses what it has acknowledged, or orders texts as some country does, is none for a hub. */
    private void insist() throws StorageFailed {
        inTransaction(tables -> {
            expect(tables, "SHOW fsync", List.of("on"), "fsync = on, or a pulled plug takes what was acknowledged");
            expect(tables, "SHOW full_page_writes", List.of("on"), "full_page_writes = on, or a torn page stays torn");
            expect(tables, "SHOW server_encoding", List.of("UTF8"), "ENCODING 'UTF8'");
            expect(
                    tables,
                    "SELECT datcollate FROM pg_database WHERE datname = current_database() ORDER BY datname",
                    List.of("C", "POSIX"),
                    "LC_COLLATE 'C' (with TEMPLATE template0), so that texts are ordered by their bytes");
            return tables;
        });
    }

    private static void expect(Connection tables, String query, List<String> allowed, String wanted)
            throws SQLException {
        try (Statement statement = tables.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            String value = found.next() ? found.getString(1) : "nothing";
            if (!allowed.contains(value)) {
                throw new SQLException("the database must have " + wanted + "; it has " + value);
            }
        }
    }

    @Override
    public synchronized <T> T inTransaction(Work<T> work) throws StorageFailed {
        if (inWork) {
            throw new IllegalStateException("a transaction within a transaction on " + name);
        }
        inWork = true;
        boolean committed = false;
        try {
            Connection tables = connected();
            try (Statement statement = tables.createStatement()) {
                statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            }
            T result = work.run(tables);
            tables.commit();
            committed = true;
            return result;
        } catch (SQLException e) {
            throw new StorageFailed(name + ": " + e.getMessage(), e);
        } finally {
            inWork = false;
            if (!committed) {
                rollBack();
            }
        }
    }

    private Connection connected() throws SQLException {
        Connection open = connection;
        if (open != null && !open.isClosed()) {
            return open;
        }
        Connection fresh = DriverManager.getConnection(url, login);
        connection = fresh;
        fresh.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        fresh.setAutoCommit(false);
        return fresh;
    }

    private void rollBack() {
        Connection open = connection;
        try {
            if (open != null && !open.isClosed()) {
                open.rollback();
            }
        } catch (SQLException e) {
            // The first failure is on its way to the caller; the next transaction gets a connection of its own.
            drop(e);
        }
    }

    private void drop(Exception failure) {
        try (Connection lost = connection) {
            connection = null;
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public synchronized void close() throws StorageFailed {
        try (Connection open = connection) {
            connection = null;
        } catch (SQLException e) {
            throw new StorageFailed(name + ": the connection cannot be closed: " + e.getMessage(), e);
        }
    }
}

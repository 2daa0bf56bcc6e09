package etal.fleet.world.crash.effect;

import etal.edge.sqlite.SqliteDatabase;
import etal.fleet.world.crash.effect.Mark.How;
import etal.port.Database;
import etal.port.StorageFailed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A node's database on a machine whose power may go around any commit, put back from what stayed. For one thread. */
public final class Stored implements Database, AutoCloseable {
    private final String effect;
    private final SqliteDatabase database;
    private final Supplier<Watch> watch;
    private final Supplier<Durable> stays;
    private Durable.@Nullable Store store;
    private long changes;
    /** The version of the schema that {@link #select} reads. */
    private int schema = -1;

    private String select = "";

    /** One of a market; what {@code watch} and {@code stays} give changes from run to run. */
    public Stored(String whose, Supplier<Watch> watch, Supplier<Durable> stays) throws StorageFailed {
        this.effect = whose + " commits";
        this.watch = watch;
        this.stays = stays;
        this.database = SqliteDatabase.inMemory();
    }

    @Override
    public <T> T inTransaction(Work<T> work) throws StorageFailed {
        Watch now = watch.get();
        int step = now.begin();
        if (!now.open()) {
            store = null;
            return database.inTransaction(work);
        }
        Durable before = stays.get();
        long changesBefore = changes;
        T result = database.inTransaction(connection -> {
            T done = work.run(connection);
            changes = totalChanges(connection);
            return done;
        });
        if (changes != changesBefore) {
            Durable.Store known = store();
            store = null;
            if (!Arrays.equals(known.digest(), store().digest())) {
                now.fork(step, How.BEFORE, 0, effect, before);
                now.fork(step, How.AFTER, 0, effect, stays.get());
            }
        }
        return result;
    }

    private static long totalChanges(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT total_changes()");
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** The database itself, for looking without being counted. */
    public SqliteDatabase quietly() {
        return database;
    }

    /** What it holds now. */
    public Durable.Store store() throws StorageFailed {
        Durable.Store known = store;
        if (known == null) {
            known = new Durable.Store(database.image(), digest());
            store = known;
        }
        return known;
    }

    /** What it holds now, with its bytes or only their digest. */
    public Durable.Store store(boolean image) throws StorageFailed {
        return image ? store() : new Durable.Store(new byte[0], digest());
    }

    /** SHA-256 of all rows of all tables. */
    private byte[] digest() throws StorageFailed {
        Durable.Store known = store;
        return known == null ? database.inTransaction(this::digest) : known.digest();
    }

    /** It holds again what it held then. */
    public void putBack(Durable.Store held) throws StorageFailed {
        database.putBack(held.image());
        store = held;
    }

    private byte[] digest(Connection connection) throws SQLException {
        MessageDigest sha = sha256();
        try (Statement statement = connection.createStatement()) {
            refresh(statement);
        }
        if (!select.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(select);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sha.update(String.valueOf(rows.getString(1)).getBytes(StandardCharsets.UTF_8));
                    sha.update((byte) 0);
                }
            }
        }
        return sha.digest();
    }

    /** One row for each table: all its rows as the literals that would make them. */
    private void refresh(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            int version = row.next() ? row.getInt(1) : 0;
            if (version == schema) {
                return;
            }
            schema = version;
        }
        List<String> selects = new ArrayList<>();
        try (ResultSet tables = statement.executeQuery(
                "SELECT t.name, group_concat('quote(\"' || c.name || '\")', '||'',''||') FROM sqlite_master t,"
                        + " pragma_table_info(t.name) c WHERE t.type = 'table' GROUP BY t.name ORDER BY t.name")) {
            while (tables.next()) {
                selects.add("SELECT '" + tables.getString(1) + "' || group_concat(" + tables.getString(2)
                        + ", ';') FROM \"" + tables.getString(1) + "\"");
            }
        }
        select = String.join(" UNION ALL ", selects);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    @Override
    public void close() throws StorageFailed {
        database.close();
    }
}

package etal.terminal.ledger;

import etal.port.Database;
import etal.port.StorageFailed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The terminal's tables: ledger, intentions, baskets, documents, counters. Used from the loop only.
 *
 * <p>The schema's version stands in SQLite's {@code user_version}; each migration runs in one transaction with its number.
 */
public final class TerminalStore {
    /** Counter: the last sale number given out. */
    public static final String SALE = "sale";
    /** Counter: the entry by whose acknowledgement the ledger learnt that it is not its own past. */
    public static final String DISOWNED = "disowned";
    /** Counter: the sales in the ledger. */
    public static final String SALES = "sales";
    /** Counter: the entry of the last closing of a kind, whose number follows. */
    public static final String LAST_CLOSING = "closing ";

    /** Counter: the number of the last training sale. */
    public static final String PRACTISED = "practised";
    /** Counter: when the last training began, milliseconds since 1970. */
    public static final String TRAINING_SINCE = "training since";

    private static final List<String> FIRST = List.of(
            "CREATE TABLE entry(number INTEGER PRIMARY KEY, bytes BLOB NOT NULL)",
            "CREATE TABLE certificate(position INTEGER PRIMARY KEY, der BLOB NOT NULL)",
            "CREATE TABLE checkpoint(number INTEGER PRIMARY KEY, generation INTEGER NOT NULL, bytes BLOB NOT NULL)",
            "CREATE TABLE details(entry INTEGER PRIMARY KEY, salt BLOB NOT NULL, blob BLOB NOT NULL)",
            "CREATE TABLE card_record(card BLOB NOT NULL, counter INTEGER NOT NULL, entry INTEGER NOT NULL,"
                    + " PRIMARY KEY(card, counter))",
            "CREATE TABLE card_seen(card BLOB PRIMARY KEY, counter INTEGER NOT NULL)",
            "CREATE TABLE basket(key TEXT PRIMARY KEY, state TEXT NOT NULL, lines BLOB NOT NULL,"
                    + " receipt INTEGER NOT NULL, sale INTEGER, entry INTEGER, card_cents INTEGER,"
                    + " cash_cents INTEGER, said TEXT, prints INTEGER NOT NULL DEFAULT 0)",
            "CREATE TABLE intention(sale INTEGER PRIMARY KEY, basket TEXT NOT NULL, card BLOB NOT NULL,"
                    + " certificate BLOB NOT NULL, newest BLOB NOT NULL, counter INTEGER NOT NULL,"
                    + " allocation INTEGER NOT NULL, bonus INTEGER NOT NULL, earnable INTEGER NOT NULL,"
                    + " scheme TEXT NOT NULL, scheme_version INTEGER NOT NULL,"
                    + " salt BLOB NOT NULL, details BLOB NOT NULL, time_seconds INTEGER NOT NULL,"
                    + " intent_hash BLOB NOT NULL, head BLOB NOT NULL,"
                    + " state TEXT NOT NULL, verdict TEXT NOT NULL)",
            "CREATE TABLE document(kind TEXT NOT NULL, version INTEGER NOT NULL,"
                    + " holds_from INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY(kind, version))",
            "CREATE TABLE counter(name TEXT PRIMARY KEY, value INTEGER NOT NULL)");

    private static final List<String> PRICES =
            List.of("CREATE TABLE price_chosen(entry INTEGER PRIMARY KEY, time_millis INTEGER NOT NULL,"
                    + " shortfall_cents INTEGER NOT NULL)");

    private static final List<String> ORDERS = List.of(
            "CREATE TABLE card_order(card BLOB NOT NULL, place INTEGER NOT NULL, shard INTEGER NOT NULL,"
                    + " bytes BLOB NOT NULL, PRIMARY KEY(card, place)) WITHOUT ROWID",
            "CREATE INDEX card_order_shard ON card_order(shard)");

    /** Until then every intention was to pay, and one of each sale. */
    private static final List<String> CANCELLATIONS = List.of(
            "ALTER TABLE intention RENAME TO payment",
            "CREATE TABLE intention(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, sale INTEGER NOT NULL,"
                    + " basket TEXT NOT NULL, card BLOB NOT NULL,"
                    + " certificate BLOB NOT NULL, newest BLOB NOT NULL, counter INTEGER NOT NULL,"
                    + " allocation INTEGER NOT NULL, bonus INTEGER NOT NULL, earnable INTEGER NOT NULL,"
                    + " scheme TEXT NOT NULL, scheme_version INTEGER NOT NULL,"
                    + " salt BLOB NOT NULL, details BLOB NOT NULL, time_seconds INTEGER NOT NULL,"
                    + " intent_hash BLOB NOT NULL, head BLOB NOT NULL,"
                    + " state TEXT NOT NULL, verdict TEXT NOT NULL, sale_hash BLOB, reason INTEGER)",
            "INSERT INTO intention(kind, sale, basket, card, certificate, newest, counter, allocation, bonus, earnable,"
                    + " scheme, scheme_version, salt, details, time_seconds, intent_hash, head, state, verdict)"
                    + " SELECT 'DEBIT', sale, basket, card, certificate, newest, counter, allocation, bonus, earnable,"
                    + " scheme, scheme_version, salt, details, time_seconds, intent_hash, head, state, verdict"
                    + " FROM payment ORDER BY sale",
            "DROP TABLE payment",
            "CREATE INDEX intention_sale ON intention(sale)",
            "CREATE INDEX basket_sale ON basket(sale)",
            "CREATE TABLE cancelled(sale INTEGER PRIMARY KEY, entry INTEGER NOT NULL,"
                    + " prints INTEGER NOT NULL DEFAULT 0)");

    /** What a rebuilt terminal has of the epoch before, apart from everything of its own. */
    private static final List<String> SUCCESSION = List.of(
            "CREATE TABLE inherited(number INTEGER PRIMARY KEY, bytes BLOB NOT NULL)",
            "CREATE TABLE inherited_checkpoint(generation INTEGER NOT NULL, number INTEGER NOT NULL,"
                    + " bytes BLOB NOT NULL, PRIMARY KEY(generation, number)) WITHOUT ROWID");

    /** SHA-256 of each document kept: the database's own check does not see a bit that flipped in one. */
    private static final List<String> SUMS = List.of("ALTER TABLE document ADD COLUMN sum BLOB");

    /**
     * Which details are a closing's (1), or of something practised (2), and not of a sale or cancellation (0): an older store does not
     * say, and its past closings are not listed.
     */
    private static final List<String> CLOSINGS =
            List.of("ALTER TABLE details ADD COLUMN closing INTEGER NOT NULL DEFAULT 0");

    /** Each tap asks for what is open, and after years nearly all is closed: a flipped bit in what is closed opens nothing. */
    private static final List<String> OPEN =
            List.of("CREATE INDEX intention_open ON intention(id) WHERE state <> 'CLOSED'");

    private static final List<List<String>> MIGRATIONS =
            List.of(FIRST, PRICES, ORDERS, CANCELLATIONS, SUCCESSION, SUMS, Twins.statements(), CLOSINGS, OPEN);

    private final Database database;

    private TerminalStore(Database database) {
        this.database = database;
    }

    /**
     * Opens the tables, bringing an older or empty database up to date.
     *
     * @throws StorageFailed when the database cannot be used, or was written by a newer version
     */
    public static TerminalStore open(Database database) throws StorageFailed {
        int found = database.inTransaction(TerminalStore::schemaVersion);
        if (found > MIGRATIONS.size()) {
            throw new StorageFailed("the database was written by a newer version of the terminal: " + found);
        }
        for (int version = found; version < MIGRATIONS.size(); version++) {
            int next = version;
            database.inTransaction(connection -> {
                for (String statement : MIGRATIONS.get(next)) {
                    Sql.update(connection, statement);
                }
                return Sql.update(connection, "PRAGMA user_version = " + (next + 1));
            });
        }
        return new TerminalStore(database);
    }

    private static int schemaVersion(Connection connection) throws SQLException {
        return Sql.first(connection, "PRAGMA user_version", row -> row.getInt(1))
                .orElse(0);
    }

    /** One transaction on all tables. */
    public <T> T inTransaction(Database.Work<T> work) throws StorageFailed {
        return database.inTransaction(work);
    }

    /** The number of the last entry in store, whole or not. */
    long lastNumber() throws StorageFailed {
        return inTransaction(
                connection -> Sql.first(connection, "SELECT coalesce(max(number), 0) FROM entry", row -> row.getLong(1))
                        .orElse(0L));
    }

    /** Writes a little, to find out whether that can be done. */
    public void probe() throws StorageFailed {
        inTransaction(connection -> {
            setCounter(connection, "probe", counter(connection, "probe") + 1);
            return connection;
        });
    }

    /** At most {@code limit} whole entries from number {@code from} on. */
    public List<byte[]> entries(long from, int limit) throws StorageFailed {
        return database.inTransaction(connection -> Sql.rows(
                connection,
                "SELECT bytes FROM entry WHERE number >= ? ORDER BY number LIMIT ?",
                row -> row.getBytes(1),
                from,
                limit));
    }

    /** The certificates of terminal and hub, each once, DER. */
    public List<byte[]> certificates() throws StorageFailed {
        return database.inTransaction(connection ->
                Sql.rows(connection, "SELECT der FROM certificate ORDER BY position", row -> row.getBytes(1)));
    }

    /** Keeps certificates that are not there yet, after those that are. */
    public static void keepCertificates(Connection connection, List<byte[]> chain) throws SQLException {
        for (byte[] der : chain) {
            Sql.update(
                    connection,
                    "INSERT INTO certificate(position, der)"
                            + " SELECT (SELECT coalesce(max(position) + 1, 0) FROM certificate), ?"
                            + " WHERE NOT EXISTS (SELECT 1 FROM certificate WHERE der = ?)",
                    der,
                    der);
        }
    }

    /** All checkpoints kept, oldest first. */
    public List<byte[]> checkpoints() throws StorageFailed {
        return database.inTransaction(connection -> Sql.rows(
                connection, "SELECT bytes FROM checkpoint ORDER BY generation, number", row -> row.getBytes(1)));
    }

    /** A counter's value, 0 when it was never set. @throws Database.Damaged when a bit of it has flipped */
    public static long counter(Connection connection, String name) throws SQLException {
        return Twins.counter(connection, name).orElse(0L);
    }

    /** Sets a counter. */
    public static void setCounter(Connection connection, String name, long value) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO counter(name, value) VALUES(?, ?)"
                        + " ON CONFLICT(name) DO UPDATE SET value = excluded.value",
                name,
                value);
    }
}

package etal.fleet.world.cards.machine;

import etal.port.Database;
import etal.port.StorageFailed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * A bit that has flipped in a till's store, as on a rotten page: the database was not asked, and none of its triggers saw it.
 * Immutable; the store is not.
 *
 * @param before the value as SQL writes it
 * @param after the value with one bit flipped, as SQL writes it
 */
public record Rot(String table, String column, long row, String before, String after) {
    /** What a till relies on and asks nobody else for; cards' own words are signed by the cards. */
    private static final List<String> TABLES =
            List.of("entry", "basket", "intention", "counter", "document", "price_chosen", "cancelled");

    private static final int TRIES_MOST = 30;
    private static final int BITS_OF_A_NUMBER = 40;
    private static final int BITS_OF_A_BYTE = 8;

    /** Flips one; empty when there is nothing where the dice fall, however often they are thrown. */
    public static Optional<Rot> strike(Database store, IntUnaryOperator dice) throws StorageFailed {
        return store.inTransaction(connection -> {
            Optional<Rot> struck = Optional.empty();
            for (int time = 0; time < TRIES_MOST && struck.isEmpty(); time++) {
                struck = tried(connection, dice);
            }
            return struck;
        });
    }

    private static Optional<Rot> tried(Connection connection, IntUnaryOperator dice) throws SQLException {
        String table = TABLES.get(dice.applyAsInt(TABLES.size()));
        List<String> columns = strings(
                connection,
                // A row's own number is where the row lies, and not what lies there.
                "SELECT name FROM pragma_table_info('" + table + "') WHERE NOT (type = 'INTEGER' AND pk = 1)"
                        + " ORDER BY cid");
        List<String> rows = strings(connection, "SELECT rowid FROM " + table + " ORDER BY rowid");
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        String column = columns.get(dice.applyAsInt(columns.size()));
        long row = Long.parseLong(rows.get(dice.applyAsInt(rows.size())));
        String at = " FROM " + table + " WHERE rowid = " + row;
        String before = strings(connection, "SELECT " + written(column) + at).getFirst();
        Optional<Rot> flipped = flipped(before, dice).map(after -> new Rot(table, column, row, before, after));
        return flipped.isPresent()
                        && flipped.get().put(connection, flipped.get().after())
                ? flipped
                : Optional.empty();
    }

    /** Also texts by their bytes, because what a flipped bit leaves of one may be no text. */
    private static String written(String column) {
        return "CASE typeof(" + column + ") WHEN 'text' THEN 'CAST(' || quote(CAST(" + column
                + " AS BLOB)) || ' AS TEXT)'" + " ELSE quote(" + column + ") END";
    }

    private static Optional<String> flipped(String before, IntUnaryOperator dice) {
        int from = before.indexOf("X'") + 2;
        if (from >= 2) {
            byte[] bytes = HexFormat.of().parseHex(before.substring(from, before.indexOf('\'', from)));
            if (bytes.length == 0) {
                return Optional.empty();
            }
            bytes[dice.applyAsInt(bytes.length)] ^= (byte) (1 << dice.applyAsInt(BITS_OF_A_BYTE));
            return Optional.of(before.substring(0, from)
                    + HexFormat.of().formatHex(bytes)
                    + before.substring(before.indexOf('\'', from)));
        }
        return before.equals("NULL")
                ? Optional.empty()
                : Optional.of(Long.toString(Long.parseLong(before) ^ 1L << dice.applyAsInt(BITS_OF_A_NUMBER)));
    }

    /** The entry of the ledger that now reads as nobody has signed it, hexadecimal; empty when it lies elsewhere. */
    Optional<String> entry() {
        return table.equals("entry") && column.equals("bytes")
                ? Optional.of(after.substring("X'".length(), after.length() - 1).toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /** Whether it still lies there: nobody has dropped or written over it. */
    public boolean stands(Database store) throws StorageFailed {
        return store.inTransaction(connection -> stands(connection));
    }

    private boolean stands(Connection connection) throws SQLException {
        return !strings(
                        connection,
                        "SELECT 1 FROM " + table + " WHERE rowid = " + row + " AND " + column + " IS " + after)
                .isEmpty();
    }

    /**
     * What had been written is there again, for whoever wants to know what that was; it is already where a till that ran on has
     * written it once more.
     */
    public void undo(Database store) throws StorageFailed {
        store.inTransaction(connection -> {
            boolean standing = stands(connection);
            return standing && put(connection, before);
        });
    }

    /** False where another row has that name already: such a bit does not fall. */
    private boolean put(Connection connection, String value) throws SQLException {
        List<String> triggers = strings(
                connection,
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '" + table + "' ORDER BY name");
        List<String> made = strings(
                connection,
                "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '" + table + "' ORDER BY name");
        try (var statement = connection.createStatement()) {
            for (String trigger : triggers) {
                statement.execute("DROP TRIGGER " + trigger);
            }
            int rows = statement.executeUpdate(
                    "UPDATE OR IGNORE " + table + " SET " + column + " = " + value + " WHERE rowid = " + row);
            for (String trigger : made) {
                statement.execute(trigger);
            }
            return rows == 1;
        }
    }

    private static List<String> strings(Connection connection, String select) throws SQLException {
        var strings = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(select)) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return strings;
    }

    @Override
    public String toString() {
        return table + "." + column;
    }
}

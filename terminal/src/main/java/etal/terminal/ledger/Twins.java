package etal.terminal.ledger;

import etal.port.Database.Damaged;
import etal.port.StorageFailed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands only in this store, and in no signed entry, stands there twice: each row carries the text of its own columns, so
 * that a bit that flipped in either is seen. The database writes that text itself with every change of a row, and refuses to
 * change a row that has flipped: else the change would vouch for it. Stateless.
 */
public final class Twins {
    private static final String INTENTION = "intention";
    private static final String BASKET = "basket";
    private static final String COUNTER = "counter";

    private Twins() {}

    /** A table, and its columns but the twin. */
    private record Table(String name, List<String> columns) {
        String text(String row) {
            return columns.stream()
                    .map(column -> "quote(" + row + column + ")")
                    .collect(Collectors.joining(" || ',' || "));
        }

        Stream<String> statements() {
            String of = String.join(", ", columns);
            String keep = "BEGIN UPDATE " + name + " SET twin = " + text("") + " WHERE rowid = new.rowid; END";
            return Stream.of(
                    "ALTER TABLE " + name + " ADD COLUMN twin TEXT",
                    "UPDATE " + name + " SET twin = " + text(""),
                    "CREATE TRIGGER " + name + "_written AFTER INSERT ON " + name + " " + keep,
                    "CREATE TRIGGER " + name + "_flipped BEFORE UPDATE OF " + of + " ON " + name
                            + " WHEN old.twin IS NOT " + text("old.")
                            + " BEGIN SELECT RAISE(ABORT, 'a bit has flipped in " + name + "'); END",
                    "CREATE TRIGGER " + name + "_changed AFTER UPDATE OF " + of + " ON " + name + " " + keep);
        }

        String flipped() {
            return "twin IS NOT " + text("");
        }
    }

    private static final List<Table> TABLES = List.of(
            new Table(
                    INTENTION,
                    List.of(
                            "id",
                            "kind",
                            "sale",
                            "basket",
                            "card",
                            "certificate",
                            "newest",
                            "counter",
                            "allocation",
                            "bonus",
                            "earnable",
                            "scheme",
                            "scheme_version",
                            "salt",
                            "details",
                            "time_seconds",
                            "intent_hash",
                            "head",
                            "state",
                            "verdict",
                            "sale_hash",
                            "reason")),
            new Table(
                    BASKET,
                    List.of(
                            "key",
                            "state",
                            "lines",
                            "receipt",
                            "sale",
                            "entry",
                            "card_cents",
                            "cash_cents",
                            "said",
                            "prints")),
            new Table(COUNTER, List.of("name", "value")),
            new Table("price_chosen", List.of("entry", "time_millis", "shortfall_cents")),
            new Table("cancelled", List.of("sale", "entry", "prints")));

    /** Gives the tables their twins. */
    static List<String> statements() {
        return TABLES.stream().flatMap(Table::statements).toList();
    }

    /** The condition under which a row of the intentions has flipped. */
    public static String flippedIntention() {
        return flipped(INTENTION);
    }

    /** The condition under which a row of the baskets has flipped. */
    public static String flippedBasket() {
        return flipped(BASKET);
    }

    /** The condition under which a row of the counters has flipped. */
    static String flippedCounter() {
        return flipped(COUNTER);
    }

    private static String flipped(String name) {
        return TABLES.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow()
                .flipped();
    }

    /** The tables in which a row has flipped, if any. */
    static List<String> damaged(TerminalStore store) throws StorageFailed {
        return store.inTransaction(connection -> {
            var damaged = new ArrayList<String>();
            for (Table table : TABLES) {
                if (hasFlipped(connection, table)) {
                    damaged.add(table.name());
                }
            }
            return damaged;
        });
    }

    private static boolean hasFlipped(Connection connection, Table table) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT 1 FROM " + table.name() + " WHERE " + table.flipped() + " LIMIT 1",
                        row -> row.getInt(1))
                .isPresent();
    }

    /** A row's own word on whether it has flipped, read as column {@code flipped}. @throws Damaged if it has */
    public static void insist(boolean flipped, String what) throws Damaged {
        if (flipped) {
            throw new Damaged(what + " in store has a flipped bit");
        }
    }

    /** A counter, unless it has flipped. */
    static Optional<Long> counter(Connection connection, String name) throws SQLException {
        return Sql.first(
                connection,
                // Which counter a flipped row was nobody can tell, and one that is missing counts from 0.
                "SELECT value, " + flippedCounter() + " AS flipped FROM counter WHERE name = ? OR flipped"
                        + " ORDER BY flipped DESC",
                row -> {
                    insist(row.getBoolean(2), "counter " + name);
                    return row.getLong(1);
                },
                name);
    }
}

package etal.hub.reconcile;

import etal.hub.books.Sql;
import etal.hub.members.PointOfSale;
import etal.hub.prices.PooledPrices;
import etal.hub.reconcile.Sources.Key;
import etal.hub.reconcile.Sources.SaleSeen;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The table of sales, and what events say beside their postings, against the entries they were made from. */
final class IndexCheck {
    /** The events that name the entry of their sale. */
    private static final List<String> OF_SALES =
            List.of("sale", "orphan-payable", PooledPrices.SHORTFALL, PooledPrices.SURPLUS);

    private IndexCheck() {}

    static List<String> differences(Connection connection, Sources sources) throws SQLException {
        TreeSet<String> should = new TreeSet<>();
        for (SaleSeen sale : sources.sales()) {
            if (!sale.withheld()) {
                should.add(row(sale));
            }
        }
        TreeSet<String> does = new TreeSet<>(Sql.list(
                connection,
                "SELECT terminal, epoch, number, sale, day, point_of_sale, card_cents, funded_cents, branch, hex(card),"
                        + " counter, hex(entry_hash) FROM sale ORDER BY terminal, epoch, number, entry_hash",
                row -> row(
                        "t" + row.getLong(1) + "-e" + row.getLong(2) + " entry " + row.getLong(3),
                        "sale " + row.getLong(4) + " of " + row.getString(5) + " at " + row.getLong(6) + ", "
                                + row.getLong(7) + " by card of " + row.getLong(8),
                        row.getString(9),
                        row.getString(10).isEmpty()
                                ? ""
                                : new Key(row.getString(10).toLowerCase(Locale.ROOT), row.getLong(11)).toString(),
                        row.getString(12).toLowerCase(Locale.ROOT))));
        List<String> differences = new ArrayList<>();
        should.stream()
                .filter(one -> !does.contains(one))
                .forEach(one -> differences.add(one + ": not among the sales"));
        does.stream().filter(one -> !should.contains(one)).forEach(one -> differences.add(one + ": no entry says so"));
        differences.addAll(sources.cancelled().index(connection, sources::sold));
        differences.addAll(events(connection, sources));
        return differences;
    }

    private static List<String> events(Connection connection, Sources sources) throws SQLException {
        TreeMap<String, SaleSeen> sales = new TreeMap<>();
        for (SaleSeen sale : sources.sales()) {
            if (!sale.withheld()) {
                sale.key().ifPresent(key -> sales.put(key.card() + "/" + key.counter(), sale));
                sale.price().ifPresent(price -> sales.put(sale.ledger() + "/" + sale.number(), sale));
            }
        }
        return Sql.list(
                        connection,
                        "SELECT name, reference, day, terminal, epoch, number FROM event ORDER BY id",
                        row -> event(row, sales))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** What an event says of itself beside its postings: its name, and the day and the entry of its sale. */
    private static Optional<String> event(ResultSet row, TreeMap<String, SaleSeen> sales) throws SQLException {
        String name = row.getString(1);
        String reference = row.getString(2);
        if (!reference.startsWith(name + "/")) {
            return Optional.of("event " + reference + " is called " + name);
        }
        row.getLong(4);
        boolean decidedInTheEvening = row.wasNull() && name.equals("orphan-payable");
        SaleSeen sale = sales.get(reference.substring(name.length() + 1));
        if (sale == null || decidedInTheEvening || !OF_SALES.contains(name)) {
            return Optional.empty();
        }
        String says = row.getString(3) + " by t" + row.getLong(4) + "-e" + row.getLong(5) + " entry " + row.getLong(6);
        String should = sale.day() + " by " + sale.ledger() + " entry " + sale.number();
        return says.equals(should)
                ? Optional.empty()
                : Optional.of("event " + reference + " of " + says + ": no entry says so, its sale is of " + should);
    }

    private static String row(SaleSeen sale) {
        return row(
                sale.ledger() + " entry " + sale.number(),
                "sale " + sale.sale() + " of " + sale.day() + " at "
                        + sale.point().map(PointOfSale::id).orElse(0L) + ", " + sale.cardCents() + " by card of "
                        + sale.fundedCents(),
                sale.chain() ? "chain" : "fork",
                sale.key().map(Key::toString).orElse(""),
                sale.hash());
    }

    private static String row(String entry, String what, String branch, String key, String hash) {
        return entry + " (" + what + ", " + branch + ", " + key + ", " + hash + ")";
    }
}

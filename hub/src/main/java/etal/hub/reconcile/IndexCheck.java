package etal.hub.reconcile;

import etal.hub.books.Sql;
import etal.hub.members.PointOfSale;
import etal.hub.reconcile.Sources.SaleSeen;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The table of sales against the entries it was made from, both ways. */
final class IndexCheck {
    private IndexCheck() {}

    static List<String> differences(Connection connection, Sources sources) throws SQLException {
        TreeSet<String> should = new TreeSet<>();
        for (SaleSeen sale : sources.sales()) {
            if (!sale.withheld()) {
                should.add(name(
                        sale.ledger().toString(),
                        sale.number(),
                        sale.sale(),
                        sale.day(),
                        sale.point().map(PointOfSale::id).orElse(0L),
                        sale.cardCents()));
            }
        }
        TreeSet<String> does = new TreeSet<>(Sql.list(
                connection,
                "SELECT terminal, epoch, number, sale, day, point_of_sale, card_cents FROM sale"
                        + " ORDER BY terminal, epoch, number, entry_hash",
                row -> name(
                        "t" + row.getLong(1) + "-e" + row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getString(5),
                        row.getLong(6),
                        row.getLong(7))));
        List<String> differences = new ArrayList<>();
        should.stream()
                .filter(one -> !does.contains(one))
                .forEach(one -> differences.add(one + ": not among the sales"));
        does.stream().filter(one -> !should.contains(one)).forEach(one -> differences.add(one + ": no entry says so"));
        differences.addAll(days(connection, sources));
        return differences;
    }

    /** A sale's event must stand under the day and the entry of its sale: the days' balances are cut by it. */
    private static List<String> days(Connection connection, Sources sources) throws SQLException {
        TreeSet<String> should = new TreeSet<>();
        for (SaleSeen sale : sources.sales()) {
            if (!sale.withheld() && sale.key().isPresent()) {
                String reference = "sale/" + sale.key().get().card() + "/"
                        + sale.key().get().counter();
                should.add(reference + " of " + sale.day() + ", " + sale.ledger() + " entry " + sale.number());
            }
        }
        return Sql.list(
                        connection,
                        "SELECT reference, day, terminal, epoch, number FROM event WHERE name = 'sale' ORDER BY id",
                        row -> row.getString(1) + " of " + row.getString(2) + ", t" + row.getLong(3) + "-e"
                                + row.getLong(4) + " entry " + row.getLong(5))
                .stream()
                .filter(one -> !should.contains(one))
                .map(one -> "event " + one + ": no entry says so")
                .toList();
    }

    private static String name(String ledger, long number, long sale, String day, long point, long cents) {
        return ledger + " entry " + number + " (sale " + sale + " of " + day + " at " + point + ", " + cents
                + " by card)";
    }
}

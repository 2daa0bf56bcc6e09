package etal.hub.reconcile;

import etal.hub.books.Sql;
import etal.hub.members.PointOfSale;
import etal.hub.prices.PooledPrices;
import etal.hub.reconcile.Sources.Key;
import etal.hub.reconcile.Sources.SaleSeen;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.LedgerId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of sales, and what events say beside their postings, against the entries they were made from. */
final class IndexCheck {
    /** The events that name the entry of their sale. */
    private static final List<String> OF_SALES =
            List.of("sale", "orphan-payable", PooledPrices.SHORTFALL, PooledPrices.SURPLUS);

    private IndexCheck() {}

    static List<String> differences(Connection connection, Sources sources) throws SQLException {
        Set<Row> should = new LinkedHashSet<>();
        for (SaleSeen sale : sources.sales()) {
            if (!sale.withheld()) {
                should.add(row(sale));
            }
        }
        Set<Row> does = new LinkedHashSet<>(Sql.list(
                connection,
                "SELECT terminal, epoch, number, sale, day, point_of_sale, card_cents, funded_cents, branch, card,"
                        + " counter, entry_hash FROM sale ORDER BY terminal, epoch, number, entry_hash",
                IndexCheck::row));
        List<String> differences = new ArrayList<>();
        lacking(should, does).forEach(one -> differences.add(one + ": not among the sales"));
        lacking(does, should).forEach(one -> differences.add(one + ": no entry says so"));
        differences.addAll(sources.cancelled().index(connection, sources::sold));
        differences.addAll(events(connection, sources));
        return differences;
    }

    private static List<String> events(Connection connection, Sources sources) throws SQLException {
        Map<String, SaleSeen> sales = new LinkedHashMap<>();
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
    private static Optional<String> event(ResultSet row, Map<String, SaleSeen> sales) throws SQLException {
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

    private static Row row(SaleSeen sale) {
        return new Row(
                sale.ledger(),
                sale.number(),
                sale.sale(),
                sale.day(),
                sale.point().map(PointOfSale::id).orElse(0L),
                sale.cardCents(),
                sale.fundedCents(),
                sale.chain() ? "chain" : "fork",
                sale.key(),
                sale.hash());
    }

    private static Row row(ResultSet row) throws SQLException {
        byte @Nullable [] card = row.getBytes(10);
        return new Row(
                new LedgerId(row.getLong(1), row.getLong(2)),
                row.getLong(3),
                row.getLong(4),
                row.getString(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getString(9),
                card == null ? Optional.empty() : Optional.of(new Key(Hash.hex(card), row.getLong(11))),
                Hash.hex(row.getBytes(12)));
    }

    /** What only the one of them says, in the order of its words. */
    private static List<String> lacking(Set<Row> one, Set<Row> other) {
        return one.stream()
                .filter(row -> !other.contains(row))
                .map(Row::toString)
                .sorted()
                .toList();
    }

    /** What the table of sales should say of one. */
    private record Row(
            LedgerId ledger,
            long number,
            long sale,
            String day,
            long pointOfSale,
            long cardCents,
            long fundedCents,
            String branch,
            Optional<Key> key,
            String hash) {
        @Override
        public String toString() {
            return ledger + " entry " + number + " (sale " + sale + " of " + day + " at " + pointOfSale + ", "
                    + cardCents
                    + " by card of " + fundedCents + ", " + branch + ", "
                    + key.map(Key::toString).orElse("") + ", " + hash + ")";
        }
    }
}

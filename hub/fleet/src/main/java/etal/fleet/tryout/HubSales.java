package etal.fleet.tryout;

import etal.edge.sqlite.SqliteDatabase;
import etal.hub.books.Sql;
import etal.port.StorageFailed;
import etal.protocol.card.CardRecord;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.split.PointOfSale;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A month's funded sales and card records as a hub has them; the store is looked at and never written. Stateless. */
public final class HubSales {
    private HubSales() {}

    /** What a month holds. */
    public record Month(YearMonth month, List<Replayed.CardMonth> cards) {}

    /**
     * The month asked for, or the last whole month before the hub's newest entry; where the hub has only begun, the month
     * of that entry.
     *
     * @return empty if the store has no entry
     * @throws StorageFailed if it cannot be read, or is no hub's store of this version
     */
    public static Optional<Month> read(Path file, ZoneId zone, Optional<YearMonth> asked) throws StorageFailed {
        try (SqliteDatabase database = SqliteDatabase.openToLook(file)) {
            return database.inTransaction(connection -> read(connection, zone, asked));
        }
    }

    private static Optional<Month> read(Connection connection, ZoneId zone, Optional<YearMonth> asked)
            throws SQLException {
        long newest = Sql.number(connection, "SELECT COALESCE(MAX(time_millis), -1) FROM entry");
        if (newest < 0) {
            return Optional.empty();
        }
        long oldest = Sql.number(connection, "SELECT MIN(time_millis) FROM entry");
        YearMonth lastWhole = month(newest, zone).minusMonths(1);
        YearMonth month = asked.orElse(lastWhole.isBefore(month(oldest, zone)) ? month(newest, zone) : lastWhole);
        return Optional.of(new Month(month, months(connection, month, zone)));
    }

    private record Card(byte[] id, String household, int persons, long chosenPointOfSale) {}

    private record SaleKey(long terminal, long epoch, long sale) {}

    private static List<Card> cards(Connection connection) throws SQLException {
        return Sql.list(
                connection,
                "SELECT card, household, persons, point_of_sale FROM card ORDER BY length(household), household, card",
                row -> new Card(row.getBytes(1), row.getString(2), row.getInt(3), row.getLong(4)));
    }

    /** The records of each card, by its id in hexadecimal. */
    private static Map<String, List<byte[]>> records(Connection connection) throws SQLException {
        Map<String, List<byte[]>> records = new LinkedHashMap<>();
        Sql.list(
                connection,
                "SELECT card, bytes FROM card_record ORDER BY card, counter",
                row -> records.computeIfAbsent(Hash.hex(row.getBytes(1)), card -> new ArrayList<>())
                        .add(row.getBytes(2)));
        return records;
    }

    private static YearMonth month(long millis, ZoneId zone) {
        return YearMonth.from(Instant.ofEpochMilli(millis).atZone(zone));
    }

    private static Map<SaleKey, Replayed.Bought> sales(Connection connection) throws SQLException {
        Map<SaleKey, Replayed.Bought> sales = new LinkedHashMap<>();
        Sql.list(
                connection,
                "SELECT s.terminal, s.epoch, s.sale, s.point_of_sale, e.bytes FROM sale s JOIN entry e"
                        + " ON e.hash = s.entry_hash ORDER BY s.terminal, s.epoch, s.sale",
                row -> {
                    SaleKey key = new SaleKey(row.getLong(1), row.getLong(2), row.getLong(3));
                    bought(row.getLong(4), row.getBytes(5)).ifPresent(bought -> sales.put(key, bought));
                    return key;
                });
        return sales;
    }

    private static Optional<Replayed.Bought> bought(long pointOfSale, byte[] bytes) throws SQLException {
        try {
            return SignedEntry.decode(bytes).entry().body() instanceof Body.Sale sale
                    ? Optional.of(new Replayed.Bought(sale.lines(), new PointOfSale(pointOfSale, sale.seller())))
                    : Optional.empty();
        } catch (Malformed damaged) {
            throw new SQLException("an entry that cannot be read", damaged);
        }
    }

    private static List<Replayed.CardMonth> months(Connection connection, YearMonth month, ZoneId zone)
            throws SQLException {
        Map<SaleKey, Replayed.Bought> sales = sales(connection);
        Map<String, List<byte[]>> records = records(connection);
        List<Replayed.CardMonth> months = new ArrayList<>();
        for (Card card : cards(connection)) {
            List<Replayed.Signed> signed = new ArrayList<>();
            for (byte[] bytes : records.getOrDefault(Hash.hex(card.id()), List.of())) {
                Replayed.Signed one = signed(bytes, sales);
                if (month(one.record().timeSeconds() * 1_000, zone).equals(month)) {
                    signed.add(one);
                }
            }
            if (!signed.isEmpty()) {
                months.add(new Replayed.CardMonth(card.household(), card.persons(), card.chosenPointOfSale(), signed));
            }
        }
        return months;
    }

    private static Replayed.Signed signed(byte[] bytes, Map<SaleKey, Replayed.Bought> sales) throws SQLException {
        try {
            CardRecord record = CardRecord.decode(bytes);
            SaleKey key = new SaleKey(record.terminal(), record.epoch(), record.sale());
            return new Replayed.Signed(record, Optional.ofNullable(sales.get(key)));
        } catch (Malformed damaged) {
            throw new SQLException("a card record that cannot be read", damaged);
        }
    }
}

package etal.fleet.world.witness;

import etal.edge.sqlite.SqliteDatabase;
import etal.fleet.auditor.cards.HubSeen;
import etal.fleet.auditor.granted.OrderWord;
import etal.port.StorageFailed;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.Succession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the hub says, read from its tables. Stateless. */
public final class HubWords {
    private HubWords() {}

    /** All of it; what is ordered to be paid out counts as owed no more. */
    public static HubSeen seen(SqliteDatabase store) throws StorageFailed {
        return seen(store, "account");
    }

    /** All of it; what is ordered to be paid out counts as owed still. */
    public static HubSeen seenBeforePayment(SqliteDatabase store) throws StorageFailed {
        return seen(store, "CASE account WHEN '4674' THEN '4673' ELSE account END");
    }

    private static HubSeen seen(SqliteDatabase store, String account) throws StorageFailed {
        var credits = new TreeMap<String, Long>();
        Rows.of(
                store,
                "SELECT " + account + " AS owed, third, SUM(credit_cents - debit_cents) FROM posting"
                        + " GROUP BY owed, third ORDER BY owed, third",
                row -> credits.put(row.getString(1) + " " + row.getString(2), row.getLong(3)));
        var records = new TreeMap<String, String>();
        Rows.of(
                store,
                "SELECT lower(hex(card)), counter, lower(hex(bytes)) FROM card_record ORDER BY card, counter",
                row -> records.put(row.getString(1) + "/" + row.getLong(2), row.getString(3)));
        Set<String> payable = events(store, "orphan-payable");
        payable.removeAll(events(store, "orphan-withdrawn"));
        payable.addAll(events(store, "orphan-cancel-charged"));
        return new HubSeen(
                credits,
                records.keySet(),
                records,
                payable,
                events(store, "orphan-returned"),
                events(store, "orphan-cancel-borne"),
                booked(store),
                refunds(store));
    }

    /** How far the hub has a ledger; empty when it has nothing of it. */
    public static Optional<Succession> heard(SqliteDatabase store, LedgerId ledger) throws StorageFailed {
        var heard = new ArrayList<Succession>();
        Rows.of(
                store,
                "SELECT number, head FROM ledger WHERE terminal = " + ledger.terminal() + " AND epoch = "
                        + ledger.epoch() + " AND number > 0",
                row -> heard.add(new Succession(ledger.epoch(), row.getLong(1), row.getBytes(2))));
        return heard.stream().findFirst();
    }

    /** The card records that the hub knows, as card and counter. */
    public static Set<String> known(SqliteDatabase store) throws StorageFailed {
        var known = new TreeSet<String>();
        Rows.of(
                store,
                "SELECT lower(hex(card)), counter FROM card_record ORDER BY card, counter",
                row -> known.add(row.getString(1) + "/" + row.getLong(2)));
        return known;
    }

    private static Map<String, OrderWord> refunds(SqliteDatabase store) throws StorageFailed {
        var refunds = new TreeMap<String, OrderWord>();
        Rows.of(
                store,
                "SELECT substr(why, 8), bytes FROM card_order WHERE why LIKE 'refund/%' ORDER BY id",
                row -> refunds.put(row.getString(1), OrderWord.read(row.getBytes(2))));
        return refunds;
    }

    /** The vouchers and block orders that the hub has issued, by their hash. */
    public static Map<String, OrderWord> orders(SqliteDatabase store) throws StorageFailed {
        var orders = new LinkedHashMap<String, OrderWord>();
        Rows.of(store, "SELECT bytes FROM card_order ORDER BY id", row -> {
            OrderWord order = OrderWord.read(row.getBytes(1));
            orders.put(order.hash(), order);
        });
        return orders;
    }

    private static Set<String> booked(SqliteDatabase store) throws StorageFailed {
        var booked = new TreeSet<String>();
        Rows.of(
                store,
                "SELECT terminal, epoch, number FROM event WHERE number IS NOT NULL ORDER BY id",
                row -> booked.add(row.getLong(1) + "/" + row.getLong(2) + "/" + row.getLong(3)));
        return booked;
    }

    private static Set<String> events(SqliteDatabase store, String name) throws StorageFailed {
        var keys = new TreeSet<String>();
        Rows.of(
                store,
                "SELECT reference FROM event WHERE name = '" + name + "' ORDER BY id",
                row -> keys.add(row.getString(1).substring(name.length() + 1)));
        return keys;
    }
}

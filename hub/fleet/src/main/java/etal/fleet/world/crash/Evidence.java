package etal.fleet.world.crash;

import etal.edge.sqlite.SqliteDatabase;
import etal.fleet.auditor.cards.HubSeen;
import etal.fleet.auditor.cards.OrderWord;
import etal.fleet.auditor.cards.TillSeen;
import etal.fleet.world.crash.effect.MemoCard;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.SignedEntry;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.main.Till;
import etal.terminal.sale.Answer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gathers, as plain numbers and bytes, what tills and hub say: the tills from ledger and screen, the hub from its tables. */
final class Evidence {
    private Evidence() {}

    @FunctionalInterface
    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private static void rows(SqliteDatabase store, String select, Row taker) throws StorageFailed {
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(select)) {
                while (rows.next()) {
                    taker.take(rows);
                }
            }
            return true;
        });
    }

    static String key(MemoCard card, long counter) {
        return Hash.hex(card.certificate().cardId()) + "/" + counter;
    }

    /** Of a till that is on. */
    static TillSeen till(TillBox box, Till till, Collection<String> baskets) throws StorageFailed, Malformed {
        var sold = new ArrayList<TillSeen.Sold>();
        var cancelled = new ArrayList<TillSeen.Sold>();
        var refunded = new ArrayList<String>();
        for (byte[] bytes : till.ledger().all()) {
            switch (SignedEntry.decode(bytes).entry().body()) {
                case Body.Sale sale -> sold.add(new TillSeen.Sold(sale.sale(), record(sale.card())));
                case Body.Cancellation back -> cancelled.add(new TillSeen.Sold(back.sale(), record(back.card())));
                case Body.RefundRequest refund ->
                    refunded.add(Hash.hex(refund.card().record()));
                default -> {
                    // The others move no value: they are the way, and not what came of it.
                }
            }
        }
        var basketOf = new TreeMap<Long, String>();
        rows(
                box.store().quietly(),
                "SELECT sale, basket FROM intention ORDER BY id",
                row -> basketOf.put(row.getLong(1), row.getString(2)));
        var shown = new LinkedHashMap<String, TillSeen.Shown>();
        for (String basket : baskets) {
            shown.put(basket, shown(till.stall().look(basket)));
        }
        Set<Long> undecided = undecided(box.store().quietly());
        return new TillSeen(box.number(), sold, cancelled, refunded, basketOf, undecided, shown);
    }

    private static @Nullable String record(@Nullable CardProof proof) {
        return proof == null ? null : Hash.hex(proof.record());
    }

    /** The sales of which a till still asks whether the card has paid. */
    static Set<Long> undecided(SqliteDatabase store) throws StorageFailed {
        var undecided = new TreeSet<Long>();
        rows(
                store,
                "SELECT sale FROM intention WHERE state <> 'CLOSED' ORDER BY id",
                row -> undecided.add(row.getLong(1)));
        return undecided;
    }

    private static TillSeen.Shown shown(Answer answer) {
        return answer instanceof Answer.Basket(TillBasket basket)
                ? new TillSeen.Shown(
                        basket.state() == BasketState.PAID, basket.sale(), basket.cardCents(), basket.cashCents())
                : new TillSeen.Shown(false, 0, 0, 0);
    }

    /** The card records that the hub knows. */
    static Set<String> known(SqliteDatabase store) throws StorageFailed {
        var known = new TreeSet<String>();
        rows(
                store,
                "SELECT lower(hex(card)), counter FROM card_record ORDER BY card, counter",
                row -> known.add(row.getString(1) + "/" + row.getLong(2)));
        return known;
    }

    /** Of the hub's tables; what is ordered to be paid out counts as owed still. */
    static HubSeen hub(SqliteDatabase store) throws StorageFailed {
        var credits = new TreeMap<String, Long>();
        rows(
                store,
                "SELECT CASE account WHEN '4674' THEN '4673' ELSE account END, third, credit_cents - debit_cents"
                        + " FROM posting ORDER BY id",
                row -> credits.merge(row.getString(1) + " " + row.getString(2), row.getLong(3), Long::sum));
        Set<String> payable = events(store, "orphan-payable");
        payable.addAll(events(store, "orphan-cancel-charged"));
        return new HubSeen(
                credits,
                known(store),
                payable,
                events(store, "orphan-returned"),
                events(store, "orphan-cancel-borne"),
                refunds(store));
    }

    private static Map<String, OrderWord> refunds(SqliteDatabase store) throws StorageFailed {
        var refunds = new TreeMap<String, OrderWord>();
        rows(
                store,
                "SELECT substr(why, 8), bytes FROM card_order WHERE why LIKE 'refund/%' ORDER BY id",
                row -> refunds.put(row.getString(1), OrderWord.read(row.getBytes(2))));
        return refunds;
    }

    /** The vouchers and block orders that the hub has issued, by their hash. */
    static Map<String, OrderWord> orders(SqliteDatabase store) throws StorageFailed {
        var orders = new LinkedHashMap<String, OrderWord>();
        rows(store, "SELECT bytes FROM card_order ORDER BY id", row -> {
            OrderWord order = OrderWord.read(row.getBytes(1));
            orders.put(order.hash(), order);
        });
        return orders;
    }

    private static Set<String> events(SqliteDatabase store, String name) throws StorageFailed {
        var keys = new TreeSet<String>();
        rows(
                store,
                "SELECT reference FROM event WHERE name = '" + name + "' ORDER BY id",
                row -> keys.add(row.getString(1).substring(name.length() + 1)));
        return keys;
    }

    /** What lies in the hub's quarantine. */
    static List<String> quarantine(SqliteDatabase store) throws StorageFailed {
        var lying = new ArrayList<String>();
        rows(
                store,
                "SELECT terminal, number, reason, detail FROM quarantine WHERE resolved_millis IS NULL ORDER BY id",
                row -> lying.add("in quarantine: stall " + row.getLong(1) + ", entry " + row.getLong(2) + ": "
                        + row.getString(3) + " " + row.getString(4)));
        return lying;
    }
}

package etal.fleet.world.cards;

import etal.edge.sqlite.SqliteDatabase;
import etal.fleet.auditor.cards.Ground.CrookSeen;
import etal.fleet.auditor.cards.HubSeen;
import etal.fleet.auditor.cards.OrderWord;
import etal.fleet.auditor.cards.TillSeen;
import etal.fleet.auditor.cards.Wish;
import etal.fleet.world.cards.collusion.Crook;
import etal.fleet.world.cards.office.Lying;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

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

    /** Of a till that is on. */
    static TillSeen till(Stall stall, Map<String, Wish> wishes) throws StorageFailed, Malformed {
        var sold = new ArrayList<TillSeen.Sold>();
        var cancelled = new ArrayList<TillSeen.Sold>();
        var refunded = new ArrayList<String>();
        List<byte[]> entries = stall.at(till -> till.ledger().all()).orElse(List.of());
        for (byte[] bytes : entries) {
            switch (SignedEntry.decode(bytes).entry().body()) {
                case Body.Sale sale -> {
                    CardProof proof = sale.card();
                    sold.add(new TillSeen.Sold(sale.sale(), proof == null ? null : Hash.hex(proof.record())));
                }
                case Body.Cancellation cancellation -> {
                    CardProof proof = cancellation.card();
                    cancelled.add(
                            new TillSeen.Sold(cancellation.sale(), proof == null ? null : Hash.hex(proof.record())));
                }
                case Body.RefundRequest refund ->
                    refunded.add(Hash.hex(refund.card().record()));
                default -> {
                    // The others move no value: they are the way, and not what came of it.
                }
            }
        }
        var basketOf = new TreeMap<Long, String>();
        var undecided = new TreeSet<Long>();
        rows(stall.store(), "SELECT sale, basket, state FROM intention ORDER BY id", row -> {
            basketOf.put(row.getLong(1), row.getString(2));
            if (!row.getString(3).equals("CLOSED")) {
                undecided.add(row.getLong(1));
            }
        });
        var shown = new LinkedHashMap<String, TillSeen.Shown>();
        for (Wish wish : wishes.values()) {
            if (wish.stall() == stall.number()) {
                stall.at(till -> look(till, wish)).ifPresent(basket -> shown.put(wish.key(), shown(basket)));
            }
        }
        return new TillSeen(stall.number(), sold, cancelled, refunded, basketOf, undecided, shown);
    }

    private static Answer look(Till till, Wish wish) {
        return till.stall().look(wish.key());
    }

    private static TillSeen.Shown shown(Answer answer) {
        return answer instanceof Answer.Basket(TillBasket basket)
                ? new TillSeen.Shown(
                        basket.state() == BasketState.PAID, basket.sale(), basket.cardCents(), basket.cashCents())
                : new TillSeen.Shown(false, 0, 0, 0);
    }

    /** The cards, hexadecimal, of which a till still asks whether they have paid, with the newest record that would tell. */
    static Map<String, Long> asked(Stall stall) throws StorageFailed {
        var asked = new TreeMap<String, Long>();
        rows(
                stall.store(),
                "SELECT lower(hex(card)), MAX(counter) + 1 FROM intention WHERE state <> 'CLOSED' GROUP BY card",
                row -> asked.put(row.getString(1), row.getLong(2)));
        return asked;
    }

    /** Of the hub's tables. */
    static HubSeen hub(SqliteDatabase store) throws StorageFailed {
        var credits = new TreeMap<String, Long>();
        rows(
                store,
                "SELECT account, third, SUM(credit_cents - debit_cents) FROM posting GROUP BY account, third"
                        + " ORDER BY account, third",
                row -> credits.put(row.getString(1) + " " + row.getString(2), row.getLong(3)));
        var records = new TreeMap<String, String>();
        rows(
                store,
                "SELECT lower(hex(card)), counter, lower(hex(bytes)) FROM card_record ORDER BY card, counter",
                row -> records.put(row.getString(1) + "/" + row.getLong(2), row.getString(3)));
        Set<String> payable = events(store, "orphan-payable");
        payable.addAll(events(store, "orphan-cancel-charged"));
        return new HubSeen(
                credits,
                records.keySet(),
                records,
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

    /** Why things lay in the hub's quarantine, also those that passed, one for each. */
    static List<String> quarantined(SqliteDatabase store) throws StorageFailed {
        var reasons = new ArrayList<String>();
        rows(store, "SELECT reason FROM quarantine ORDER BY id", row -> reasons.add("quarantine " + row.getString(1)));
        return reasons;
    }

    /** What is known of a stall that cheats. */
    static CrookSeen crook(SqliteDatabase store, Crook crook) throws StorageFailed {
        var lies = new TreeSet<String>();
        rows(
                store,
                "SELECT reason FROM quarantine WHERE terminal = " + crook.number() + " ORDER BY id",
                row -> lies.add(row.getString(1)));
        return new CrookSeen(crook.number(), new TreeSet<>(crook.honest()), crook.mustLie(), lies);
    }

    private static boolean ofForked(String detail, byte[] entry, Set<String> forked) {
        return forked.stream().anyMatch(detail::contains)
                || Lying.cards(entry).stream().anyMatch(forked::contains);
    }

    /** What lies there because a card has signed it that should not have, as card and counter. */
    static Set<String> noticed(SqliteDatabase store) throws StorageFailed {
        var noticed = new TreeSet<String>();
        rows(
                store,
                "SELECT detail FROM quarantine WHERE reason IN ('card-forked', 'not-continuous') ORDER BY id",
                row -> noticed.add(row.getString(1).replace(' ', '/')));
        return noticed;
    }

    /** How many things lie in the hub's quarantine. */
    static List<String> quarantine(SqliteDatabase store, long crook, Set<String> forked) throws StorageFailed {
        var lying = new ArrayList<String>();
        var excused = new ArrayList<String>();
        rows(
                store,
                "SELECT terminal, number, reason, detail, bytes FROM quarantine WHERE resolved_millis IS NULL AND terminal IS NOT "
                        + crook + " ORDER BY id",
                row -> (ofForked(row.getString(4), row.getBytes(5), forked) ? excused : lying)
                        .add("in quarantine: stall " + row.getLong(1) + ", entry " + row.getLong(2) + ": "
                                + row.getString(3) + " " + row.getString(4)));
        return lying;
    }
}

package etal.hub.reconcile.cards;

import etal.hub.books.Sql;
import etal.hub.members.Member;
import etal.protocol.card.CardRecord;
import etal.protocol.card.order.CardOrder;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The fund's cards as records and orders have them, decoded again. Filled once, then only read. */
public final class CardsSeen {
    private final TreeMap<String, TreeMap<Long, CardRecord>> records = new TreeMap<>();
    private final TreeMap<String, List<OrderSeen>> orders = new TreeMap<>();
    private final TreeMap<String, OrderSeen> byHash = new TreeMap<>();
    private final TreeMap<String, OrderSeen> byWhy = new TreeMap<>();
    /** The first such record of each blocked card. */
    private final TreeMap<String, CardRecord> blocked = new TreeMap<>();

    private final TreeMap<String, Terms> terms = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    private CardsSeen() {}

    /** The orders in store, without any record yet. */
    public static CardsSeen read(Connection connection) throws SQLException {
        CardsSeen seen = new CardsSeen();
        Sql.list(
                connection,
                "SELECT bytes, why, first_period, taken, hash, recognised FROM card_order ORDER BY card, kind, number",
                seen::order);
        Sql.list(
                connection,
                "SELECT r.hash, o.bytes FROM order_recognised AS r JOIN card_order AS o ON o.card = r.card AND o.kind = r.kind"
                        + " AND o.number = r.number ORDER BY r.card, r.kind, r.number",
                seen::again);
        return seen;
    }

    /** Signed anew for one that was forgotten: a record may name either. */
    private boolean again(ResultSet row) throws SQLException {
        OrderSeen one = byHash.get(Hash.hex(Hash.sha256(row.getBytes(2))));
        if (one != null) {
            byHash.put(Hash.hex(row.getBytes(1)), one);
        }
        return one != null;
    }

    private boolean order(ResultSet row) throws SQLException {
        long taken = row.getLong(4);
        OptionalLong by = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(taken);
        try {
            CardOrder order = CardOrder.decode(row.getBytes(1));
            OrderSeen one = new OrderSeen(order, row.getString(2), row.getInt(3), by);
            orders.computeIfAbsent(one.card(), card -> new ArrayList<>()).add(one);
            // One that the hub had forgotten is known by the card's word for it alone.
            byHash.put(Hash.hex(row.getInt(6) == 0 ? order.hash() : row.getBytes(5)), one);
            byWhy.put(one.why(), one);
            return true;
        } catch (Malformed e) {
            return faults.add("an order to a card cannot be read: " + e.getMessage());
        }
    }

    /** Adds a record; cards are named in hexadecimal. */
    public void add(String card, CardRecord record) {
        records.computeIfAbsent(card, none -> new TreeMap<>()).put(record.counter(), record);
        terms.remove(card);
        if (record.tag() == CardRecord.Tag.BLOCKED) {
            blocked.putIfAbsent(card, record);
        }
    }

    /** What a card was entitled to. */
    public Terms terms(Member member) {
        return terms.computeIfAbsent(
                Hash.hex(member.card()),
                card -> new Terms(
                        member.entitlement(),
                        orders.getOrDefault(card, List.of()),
                        records.getOrDefault(card, new TreeMap<>())));
    }

    /** A card's last record, if it is blocked. */
    public Optional<CardRecord> last(String card) {
        return Optional.ofNullable(blocked.get(card));
    }

    /** Whether what a card held has gone to another. */
    public boolean transferred(String card) {
        return byWhy.containsKey("transfer/" + card);
    }

    /** What cannot be read, one sentence each. */
    public List<String> faults() {
        return faults;
    }

    /** The order that a record says it has taken, if it was issued to that card. */
    Optional<OrderSeen> taken(String card, CardRecord record) {
        return Optional.ofNullable(byHash.get(Hash.hex(record.intentHash())))
                .filter(one -> one.card().equals(card));
    }

    Optional<OrderSeen> issuedFor(String why) {
        return Optional.ofNullable(byWhy.get(why));
    }

    Optional<CardRecord> record(String card, long counter) {
        return Optional.ofNullable(records.getOrDefault(card, new TreeMap<>()).get(counter));
    }

    List<OrderSeen> orders() {
        return orders.values().stream().flatMap(List::stream).toList();
    }

    TreeMap<String, TreeMap<Long, CardRecord>> records() {
        return records;
    }
}

package etal.hub.orders;

import etal.hub.books.Sql;
import etal.hub.members.HubKeys;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.order.CardOrder;
import etal.protocol.card.order.CardOrder.Head;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.sync.CardOrders;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * All orders to cards: each issued once for its reason, signed by the issuing key of slot 0, kept for ever. Numbers of
 * additions count from 1 for each card, without gaps. Used from the loop only, within a transaction.
 */
public final class OrderBook {
    private static final int ISSUING_SLOT = 0;
    /** How far back a card remembers which additions it has taken. */
    private static final int WINDOW = 64;

    private static final String OPEN = "SELECT o.bytes FROM card_order AS o JOIN card AS c ON c.card = o.card"
            + " WHERE o.shard = ? AND o.taken IS NULL"
            + " AND CASE c.denied WHEN 1 THEN o.kind = 'BLOCK' ELSE o.kind <> 'BLOCK' END"
            + " AND NOT EXISTS (SELECT 1 FROM card_order AS b WHERE b.card = o.card AND b.kind = 'BLOCK'"
            + " AND b.taken IS NOT NULL)"
            + " AND NOT (o.kind = 'SET' AND EXISTS (SELECT 1 FROM card_order AS s WHERE s.card = o.card"
            + " AND s.kind = 'SET' AND s.number > o.number))"
            + " AND NOT (o.kind = 'ADD' AND o.number >= " + WINDOW + " + (SELECT MIN(a.number) FROM card_order AS a"
            + " WHERE a.card = o.card AND a.kind = 'ADD' AND a.taken IS NULL))"
            + " ORDER BY o.id LIMIT " + CardOrders.ORDERS_MAX;

    private final long fund;
    private final HubKeys keys;
    private final TreeSet<Integer> changed = new TreeSet<>();

    /** The orders of that fund, signed with those keys. All shards count as changed until they were asked for. */
    public OrderBook(long fund, HubKeys keys) {
        this.fund = fund;
        this.keys = keys;
        for (int shard = 0; shard < CardOrders.SHARDS; shard++) {
            changed.add(shard);
        }
    }

    /**
     * Why an order is issued.
     *
     * @param why once for ever: asked for again, the same order is returned
     * @param note what people may read of it
     * @param by who asked for it, empty for the hub itself
     */
    public record Cause(String why, String note, String by) {
        static Cause of(String why) {
            return new Cause(why, "", "");
        }
    }

    /** Puts money onto a card. It stays valid as long as the card itself: what is owed does not expire with a paper. */
    public CardOrder.Add add(
            Connection connection, byte[] card, CardOrder.Reason reason, Deltas deltas, Cause cause, long nowMillis)
            throws SQLException {
        Optional<IssuedOrder> known = find(connection, cause.why());
        if (known.isPresent() && known.get().order() instanceof CardOrder.Add add) {
            return add;
        }
        long number = 1 + last(connection, card, "ADD");
        Head head = head(card, nowMillis);
        CardOrder.Add add =
                CardOrder.Add.sign(head, number, lastPeriod(connection, card), reason, deltas, keys.documents()::sign);
        keep(connection, add, number, 0, cause, nowMillis);
        return add;
    }

    /** Gives a card another entitlement; {@code firstPeriod} is the first month that the books open by it. */
    public void set(Connection connection, byte[] card, Entitlement entitlement, int firstPeriod, long nowMillis)
            throws SQLException {
        Cause cause = Cause.of("entitlement/" + Hash.hex(card) + "/" + entitlement.version());
        if (find(connection, cause.why()).isEmpty()) {
            CardOrder.Set set = CardOrder.Set.sign(head(card, nowMillis), entitlement, keys.documents()::sign);
            keep(connection, set, entitlement.version(), firstPeriod, cause, nowMillis);
        }
    }

    /** Ends a card. */
    public void block(Connection connection, byte[] card, long nowMillis) throws SQLException {
        Cause cause = Cause.of("denied/" + Hash.hex(card));
        if (find(connection, cause.why()).isEmpty()) {
            CardOrder.Block block = CardOrder.Block.sign(head(card, nowMillis), keys.documents()::sign);
            keep(connection, block, 0, 0, cause, nowMillis);
        }
    }

    /** The order that was issued for that. */
    public Optional<IssuedOrder> find(Connection connection, String why) throws SQLException {
        return Sql.first(
                connection, "SELECT " + IssuedOrder.COLUMNS + " FROM card_order WHERE why = ?", IssuedOrder::read, why);
    }

    /** The order of that hash, if it was issued to that card. */
    public Optional<IssuedOrder> find(Connection connection, byte[] card, byte[] hash) throws SQLException {
        return Sql.first(
                connection,
                "SELECT " + IssuedOrder.COLUMNS + " FROM card_order WHERE hash = ? AND card = ?",
                IssuedOrder::read,
                hash,
                card);
    }

    /** Notes that the card's record of that counter has taken the order. */
    void taken(Connection connection, CardOrder order, long counter) throws SQLException {
        Sql.update(
                connection, "UPDATE card_order SET taken = ? WHERE hash = ? AND taken IS NULL", counter, order.hash());
        changed.add(CardOrders.shardOf(order.head().cardId()));
    }

    /** What cards of that shard may still take; of a denied card its block order alone. */
    public CardOrders open(Connection connection, int shard) throws SQLException {
        return CardOrders.of(
                shard, Sql.list(connection, OPEN, row -> IssuedOrder.order(row.getBytes(1)), (long) shard));
    }

    /** Whether something may have changed since {@link #changed} was asked last. */
    public boolean hasChanged() {
        return !changed.isEmpty();
    }

    /** The shards in which something may have changed since this was asked last. */
    public List<Integer> changed() {
        List<Integer> shards = List.copyOf(changed);
        changed.clear();
        return shards;
    }

    private void keep(Connection connection, CardOrder order, long number, int firstPeriod, Cause cause, long nowMillis)
            throws SQLException {
        byte[] card = order.head().cardId();
        Sql.update(
                connection,
                "INSERT INTO card_order (card, shard, kind, number, why, note, issued_by, first_period, issued_millis,"
                        + " hash, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                card,
                CardOrders.shardOf(card),
                IssuedOrder.kind(order),
                number,
                cause.why(),
                cause.note(),
                cause.by(),
                firstPeriod,
                nowMillis,
                order.hash(),
                order.encode());
        changed.add(CardOrders.shardOf(card));
    }

    private Head head(byte[] card, long nowMillis) {
        return new Head(fund, card, ISSUING_SLOT, nowMillis / 1_000);
    }

    private static long last(Connection connection, byte[] card, String kind) throws SQLException {
        return Sql.number(
                connection, "SELECT COALESCE(MAX(number), 0) FROM card_order WHERE card = ? AND kind = ?", card, kind);
    }

    private static int lastPeriod(Connection connection, byte[] card) throws SQLException {
        byte[] certificate = Sql.first(
                        connection, "SELECT certificate FROM card WHERE card = ?", row -> row.getBytes(1), card)
                .orElseThrow(() -> new IllegalStateException("no such card: " + Hash.hex(card)));
        try {
            return CardCertificate.decode(certificate).lastPeriod();
        } catch (Malformed e) {
            throw new IllegalStateException("a stored certificate is damaged: check the store", e);
        }
    }
}

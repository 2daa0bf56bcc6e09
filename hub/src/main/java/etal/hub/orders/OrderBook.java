package etal.hub.orders;

import etal.hub.books.Sql;
import etal.hub.members.HubKeys;
import etal.hub.members.Member;
import etal.hub.restore.Restored;
import etal.port.Database.Damaged;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All orders to cards: each issued once for its reason, signed by the issuing key of slot 0, kept for ever. Numbers of
 * additions count from 1 for each card, without gaps but for one after each restore. Used from the loop only, within a transaction.
 */
public final class OrderBook {
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
    private final TreeMap<String, List<Entitlement>> listed = new TreeMap<>();

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
        long number = next(connection, card);
        CardOrder.Add add = signed(connection, card, number, reason, deltas, nowMillis / 1_000);
        keep(connection, add, number, 0, cause, nowMillis);
        return add;
    }

    /** Gives a card another entitlement; {@code firstPeriod} is the first month that the books open by it. */
    public void set(Connection connection, byte[] card, Entitlement entitlement, int firstPeriod, long nowMillis)
            throws SQLException {
        Cause cause = Cause.of("entitlement/" + Hash.hex(card) + "/" + entitlement.version());
        if (find(connection, cause.why()).isEmpty()) {
            CardOrder.Set set = signedSet(card, entitlement, nowMillis / 1_000);
            keep(connection, set, entitlement.version(), firstPeriod, cause, nowMillis);
        }
    }

    /** Ends a card. */
    public void block(Connection connection, byte[] card, long nowMillis) throws SQLException {
        Cause cause = Cause.of("denied/" + Hash.hex(card));
        if (find(connection, cause.why()).isEmpty()) {
            CardOrder.Block block = signedBlock(card, nowMillis / 1_000);
            keep(connection, block, 0, 0, cause, nowMillis);
        }
    }

    /** The order that was issued for that. */
    public Optional<IssuedOrder> find(Connection connection, String why) throws SQLException {
        return Sql.first(
                connection, "SELECT " + IssuedOrder.COLUMNS + " FROM card_order WHERE why = ?", IssuedOrder::read, why);
    }

    /** The order of that hash, if it was issued to that card; or the one that was signed anew for what had that hash. */
    public Optional<IssuedOrder> find(Connection connection, byte[] card, byte[] hash) throws SQLException {
        return Sql.first(
                connection,
                "SELECT " + IssuedOrder.COLUMNS
                        + " FROM card_order AS o WHERE card = ? AND (hash = ? OR EXISTS (SELECT 1"
                        + " FROM order_recognised AS r WHERE r.hash = ? AND r.card = o.card AND r.kind = o.kind"
                        + " AND r.number = o.number))",
                IssuedOrder::read,
                card,
                hash,
                hash);
    }

    /** Notes that the card's record of that counter has taken the order. */
    void taken(Connection connection, CardOrder order, long counter) throws SQLException {
        byte[] card = order.head().cardId();
        Sql.update(
                connection,
                "UPDATE card_order SET taken = ? WHERE card = ? AND kind = ? AND number = ? AND taken IS NULL",
                counter,
                card,
                IssuedOrder.kind(order),
                order.recordNumber());
        changed.add(CardOrders.shardOf(card));
    }

    /** Notes that what a card's record names by that hash is the same as this order, which was signed anew. */
    void recogniseAgain(Connection connection, CardOrder order, byte[] hash, long counter) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO order_recognised (hash, card, kind, number, counter) VALUES (?, ?, ?, ?, ?)",
                hash,
                order.head().cardId(),
                IssuedOrder.kind(order),
                order.recordNumber(),
                counter);
    }

    /** Something about a card is to be issued, or to be looked at again. */
    void touch(byte[] card) {
        changed.add(CardOrders.shardOf(card));
    }

    /** Keeps an order that was forgotten, under the hash by which its card's record names it: its own second is not known. */
    void recognise(Connection connection, Recognised.Known known, byte[] hash, long nowMillis) throws SQLException {
        CardOrder order = known.order();
        keep(connection, order, order.recordNumber(), known.firstPeriod(), Cause.of(known.why()), nowMillis, hash);
    }

    /** What the list of members names now. */
    void listed(List<Member> members) {
        listed.clear();
        for (Member member : members) {
            List<Entitlement> versions = new ArrayList<>(member.earlier());
            versions.add(member.entitlement());
            listed.put(Hash.hex(member.card()), versions);
        }
    }

    /** The entitlement of that version which the list of members names for a card. */
    Optional<Entitlement> listed(byte[] card, long version) {
        return listed.getOrDefault(Hash.hex(card), List.of()).stream()
                .filter(entitlement -> entitlement.version() == version)
                .findFirst();
    }

    CardOrder.Add signed(
            Connection connection, byte[] card, long number, CardOrder.Reason reason, Deltas deltas, long seconds)
            throws SQLException {
        int last = lastPeriod(connection, card);
        return CardOrder.Add.sign(head(card, seconds), number, last, reason, deltas, keys.documents()::sign);
    }

    CardOrder.Set signedSet(byte[] card, Entitlement entitlement, long seconds) {
        return CardOrder.Set.sign(head(card, seconds), entitlement, keys.documents()::sign);
    }

    CardOrder.Block signedBlock(byte[] card, long seconds) {
        return CardOrder.Block.sign(head(card, seconds), keys.documents()::sign);
    }

    /** The shards in which cards may still take something at all. */
    public Set<Integer> waiting(Connection connection) throws SQLException {
        return new TreeSet<>(Sql.list(
                connection,
                "SELECT DISTINCT shard FROM card_order WHERE taken IS NULL ORDER BY shard",
                row -> row.getInt(1)));
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
        keep(connection, order, number, firstPeriod, cause, nowMillis, order.hash());
    }

    private void keep(
            Connection connection,
            CardOrder order,
            long number,
            int firstPeriod,
            Cause cause,
            long nowMillis,
            byte[] hash)
            throws SQLException {
        byte[] card = order.head().cardId();
        Sql.update(
                connection,
                "INSERT INTO card_order (card, shard, kind, number, why, note, issued_by, first_period, issued_millis,"
                        + " hash, bytes, recognised) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                card,
                CardOrders.shardOf(card),
                IssuedOrder.kind(order),
                number,
                cause.why(),
                cause.note(),
                cause.by(),
                firstPeriod,
                nowMillis,
                hash,
                order.encode(),
                Arrays.equals(hash, order.hash()) ? 0 : 1);
        changed.add(CardOrders.shardOf(card));
    }

    private Head head(byte[] card, long seconds) {
        return new Head(fund, card, keys.issuingSlot(), seconds);
    }

    /**
     * The next number of an addition to that card. After a restore the first one leaves out a whole window: an addition that
     * was forgotten, and that no card has taken yet, has a number within it.
     */
    private static long next(Connection connection, byte[] card) throws SQLException {
        long last = Sql.number(
                connection, "SELECT COALESCE(MAX(number), 0) FROM card_order WHERE card = ? AND kind = 'ADD'", card);
        boolean first = Restored.ever(connection)
                && Sql.number(
                                connection,
                                "SELECT COUNT(*) FROM card_order WHERE card = ? AND kind = 'ADD' AND recognised = 0"
                                        + " AND issued_millis >= (SELECT MAX(restored_millis) FROM restored)",
                                card)
                        == 0;
        return last + (first ? WINDOW : 0) + 1;
    }

    private static int lastPeriod(Connection connection, byte[] card) throws SQLException {
        byte[] certificate = Sql.first(
                        connection, "SELECT certificate FROM card WHERE card = ?", row -> row.getBytes(1), card)
                .orElseThrow(() -> new Damaged("no such card: " + Hash.hex(card)));
        try {
            return CardCertificate.decode(certificate).lastPeriod();
        } catch (Malformed e) {
            throw new Damaged("a certificate does not read", e);
        }
    }
}

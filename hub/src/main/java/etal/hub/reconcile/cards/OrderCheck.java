package etal.hub.reconcile.cards;

import etal.hub.books.Sql;
import etal.hub.members.HubKeys;
import etal.hub.restore.Restored;
import etal.protocol.card.order.CardOrder;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.sync.CardOrders;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every stored order once more: its signature, its place, and that no number is missing before the last. Who asked for a
 * correction, and with which note, stands beside the signature and is not covered by it.
 */
public final class OrderCheck {
    private static final int WINDOW = 64;

    private final HubKeys keys;
    private final boolean restored;
    private final TreeMap<String, TreeSet<Long>> numbers = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    private OrderCheck(HubKeys keys, boolean restored) {
        this.restored = restored;
        this.keys = keys;
    }

    /** What is damaged, one sentence each. */
    public static List<String> faults(Connection connection, HubKeys keys) throws SQLException {
        OrderCheck check = new OrderCheck(keys, Restored.ever(connection));
        Sql.list(
                connection,
                "SELECT card, kind, number, shard, hash, bytes, recognised, taken FROM card_order ORDER BY card, kind, number",
                check::order);
        for (String card : Sql.list(
                connection,
                "SELECT lower(hex(card)) FROM card WHERE denied = 1 AND NOT EXISTS (SELECT 1 FROM card_order AS o"
                        + " WHERE o.card = card.card AND o.kind = 'BLOCK') ORDER BY card",
                row -> row.getString(1))) {
            check.faults.add("card " + card + ": it is denied, and no block order is there");
        }
        return check.faults;
    }

    private boolean order(ResultSet row) throws SQLException {
        String card = Hash.hex(row.getBytes(1));
        String at = "order to card " + card + " " + row.getString(2) + " " + row.getLong(3);
        try {
            CardOrder order = CardOrder.decode(row.getBytes(6));
            boolean recognised = restored && row.getInt(7) == 1;
            boolean inItsPlace = Arrays.equals(order.head().cardId(), row.getBytes(1))
                    && kind(order).equals(row.getString(2))
                    && order.recordNumber() == row.getLong(3)
                    && CardOrders.shardOf(order.head().cardId()) == row.getInt(4)
                    && (recognised ? row.getObject(8) != null : Arrays.equals(order.hash(), row.getBytes(5)));
            if (!keys.isOwn(order::verify)) {
                faults.add(at + ": its signature is not the hub's");
            } else if (!inItsPlace) {
                faults.add(at + ": it stands under another card, kind, number or hash than its own");
            }
            if (order instanceof CardOrder.Add && !recognised && !follows(card, row.getLong(3))) {
                faults.add(at + ": a number before it is missing");
            }
            if (order instanceof CardOrder.Add) {
                numbersOf(card).add(row.getLong(3));
            }
        } catch (Malformed e) {
            faults.add(at + ": " + e.getMessage());
        }
        return true;
    }

    /**
     * After a restore one number leaves out a window, counted from the last one that the hub knew then: what it had forgotten
     * and has recognised since may lie within.
     */
    private boolean follows(String card, long number) {
        TreeSet<Long> before = numbersOf(card);
        return number - before.last() == 1 || restored && before.contains(number - 1 - WINDOW);
    }

    private TreeSet<Long> numbersOf(String card) {
        return numbers.computeIfAbsent(card, none -> new TreeSet<>(Set.of(0L)));
    }

    private static String kind(CardOrder order) {
        return switch (order) {
            case CardOrder.Add add -> "ADD";
            case CardOrder.Set set -> "SET";
            case CardOrder.Block block -> "BLOCK";
        };
    }
}

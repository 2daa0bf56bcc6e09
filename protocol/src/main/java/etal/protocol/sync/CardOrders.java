package etal.protocol.sync;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import etal.protocol.card.order.CardOrder;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The orders to some of the fund's cards that the hub does not yet know to be taken: a sixteenth of all cards, by the low
 * four bits of the card id's last byte, so that one more voucher does not send the whole fund's anew. It says nothing of who
 * holds a card. Immutable.
 *
 * @param shard which sixteenth, 0 to 15
 * @param orders all to cards of that shard, in {@link #ORDER}, none twice, at most {@link #ORDERS_MAX}
 */
public record CardOrders(int shard, List<CardOrder> orders) {
    /** Into how many documents a fund's orders are dealt. */
    public static final int SHARDS = 16;

    /** The most that one document holds: 432 kB. What does not fit waits until cards have taken some of these. */
    public static final int ORDERS_MAX = 4_000;

    /**
     * By card id, byte by byte; of one card the block order first, then the entitlement, of which there is one, then the
     * additions by number. It is also the order in which a card is shown them.
     */
    public static final Comparator<CardOrder> ORDER = Comparator.<CardOrder, byte[]>comparing(
                    order -> order.head().cardId(), Arrays::compareUnsigned)
            .thenComparingInt(CardOrders::rank)
            .thenComparingLong(order -> order instanceof CardOrder.Add add ? add.number() : 0);

    /** @throws IllegalArgumentException if there are too many, out of order, twice, or for a card of another shard */
    public CardOrders {
        orders = List.copyOf(orders);
        if (shard < 0 || shard >= SHARDS) {
            throw new IllegalArgumentException("no shard " + shard);
        }
        if (orders.size() > ORDERS_MAX) {
            throw new IllegalArgumentException("more than " + ORDERS_MAX + " orders");
        }
        for (int i = 0; i < orders.size(); i++) {
            byte[] card = orders.get(i).head().cardId();
            if (shardOf(card) != shard) {
                throw new IllegalArgumentException("not of shard " + shard + ": " + Hash.hex(card));
            }
            if (i > 0 && ORDER.compare(orders.get(i - 1), orders.get(i)) >= 0) {
                throw new IllegalArgumentException("not ascending: order " + i + " to " + Hash.hex(card));
            }
        }
    }

    /** The shard's orders among these, in whatever order they come. */
    public static CardOrders of(int shard, Collection<? extends CardOrder> orders) {
        List<CardOrder> sorted = new ArrayList<>();
        for (CardOrder order : orders) {
            if (shardOf(order.head().cardId()) == shard) {
                sorted.add(order);
            }
        }
        sorted.sort(ORDER);
        return new CardOrders(shard, sorted);
    }

    /** Nothing for any card of the shard. */
    public static CardOrders none(int shard) {
        return new CardOrders(shard, List.of());
    }

    /** The shard of a card: the low four bits of its id's last byte. */
    public static int shardOf(byte[] cardId) {
        return cardId[cardId.length - 1] & SHARDS - 1;
    }

    /** What stands for that card, in the order in which the card is shown it. */
    public List<CardOrder> to(byte[] cardId) {
        return orders.stream()
                .filter(order -> Arrays.equals(order.head().cardId(), cardId))
                .toList();
    }

    /** Deterministic CBOR: {@code orders} of etal.cddl. */
    public byte[] encode() {
        CBORObject list = CBORObject.NewArray();
        for (CardOrder order : orders) {
            list.Add(order.encode());
        }
        return Cbor.encode(list);
    }

    /** Reads {@code orders} of etal.cddl; says nothing yet about the orders' own signatures. */
    public static CardOrders decode(int shard, byte[] bytes) throws Malformed {
        CBORObject list = Cbor.decode(bytes);
        if (list.isTagged() || list.getType() != CBORType.Array || list.size() > ORDERS_MAX) {
            throw new Malformed("orders to cards: not an array of at most " + ORDERS_MAX);
        }
        List<CardOrder> orders = new ArrayList<>();
        for (CBORObject order : list.getValues()) {
            orders.add(CardOrder.decode(Cbor.asBytes(order, "an order")));
        }
        try {
            return new CardOrders(shard, orders);
        } catch (IllegalArgumentException outOfBounds) {
            // The record holds the bounds; what comes from outside and breaks them is malformed.
            throw new Malformed("orders to cards: " + outOfBounds.getMessage());
        }
    }

    private static int rank(CardOrder order) {
        return switch (order) {
            case CardOrder.Block block -> 0;
            case CardOrder.Set set -> 1;
            case CardOrder.Add add -> 2;
        };
    }
}

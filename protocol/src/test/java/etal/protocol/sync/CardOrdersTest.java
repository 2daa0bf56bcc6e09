package etal.protocol.sync;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.Mutations;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.card.order.CardOrder;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents that carry the fund's words to its cards. */
final class CardOrdersTest {
    private static final byte[] UNSIGNED = new byte[64];

    private static CardOrder.Head to(long card) {
        return new CardOrder.Head(1, ByteBuffer.allocate(8).putLong(card).array(), 0, 1_744_000_000L);
    }

    private static CardOrder add(long card, long number) {
        return new CardOrder.Add(to(card), number, 80, CardOrder.Reason.REFUND, new Deltas(450, 0, 0), UNSIGNED);
    }

    private static CardOrder set(long card) {
        return new CardOrder.Set(to(card), Entitlement.monthly(15_000, 63, 74, 2), UNSIGNED);
    }

    private static CardOrder block(long card) {
        return new CardOrder.Block(to(card), UNSIGNED);
    }

    private static KeyUpdate update(long fund, int generation) {
        byte[] key = new byte[65];
        key[0] = 4;
        return new KeyUpdate(fund, KeySlot.ISSUING_1, generation, key, UNSIGNED);
    }

    @Test
    void a_card_is_shown_its_block_order_first_then_its_entitlement_then_its_money_by_number() throws Malformed {
        List<CardOrder> mixed = List.of(add(0x12, 3), add(2, 9), set(2), add(2, 8), block(2), add(0x12, 1), set(-14));
        CardOrders read = CardOrders.decode(2, CardOrders.of(2, mixed).encode());
        assertEquals(List.of(block(2), set(2), add(2, 8), add(2, 9)), read.to(to(2).cardId()));
        assertEquals(List.of(add(0x12, 1), add(0x12, 3)), read.to(to(0x12).cardId()));
        assertEquals(set(-14), read.orders().getLast(), "ids are compared without sign");
        assertEquals(List.of(), read.to(to(0x22).cardId()));
        assertArrayEquals(CardOrders.of(2, mixed).encode(), read.encode());
    }

    @Test
    void every_card_belongs_to_one_shard_and_only_its_orders_stand_there() throws Malformed {
        List<CardOrder> orders =
                IntStream.range(0, 64).mapToObj(card -> add(card, 1)).toList();
        for (int shard = 0; shard < CardOrders.SHARDS; shard++) {
            CardOrders dealt = CardOrders.of(shard, orders);
            assertEquals(4, dealt.orders().size());
            int other = (shard + 1) % CardOrders.SHARDS;
            assertThrows(Malformed.class, () -> CardOrders.decode(other, dealt.encode()));
        }
        assertThrows(IllegalArgumentException.class, () -> CardOrders.none(16));
        assertEquals(0, CardOrders.none(15).orders().size());
    }

    @Test
    void only_one_form_of_a_list_is_read() {
        for (List<CardOrder> wrong : List.of(
                List.of(add(2, 2), add(2, 1)), // descending
                List.of(add(2, 1), add(2, 1)), // twice
                List.of(set(2), set(2)), // two entitlements
                List.of(set(2), block(2)),
                List.of(add(0x12, 1), add(2, 1)))) {
            assertThrows(IllegalArgumentException.class, () -> new CardOrders(2, wrong));
            var list = com.upokecenter.cbor.CBORObject.NewArray();
            wrong.forEach(order -> list.Add(order.encode()));
            assertThrows(Malformed.class, () -> CardOrders.decode(2, Cbor.encode(list)));
        }
        for (String hex : new String[] {"a0", "8100", "8141ff", "80f6"}) {
            assertThrows(Malformed.class, () -> CardOrders.decode(2, etal.protocol.cose.Hash.unhex(hex)), hex);
            assertThrows(Malformed.class, () -> KeyUpdates.decode(etal.protocol.cose.Hash.unhex(hex)), hex);
        }
    }

    @Test
    void the_longest_list_fits_one_message_and_a_longer_one_is_refused() throws Malformed {
        List<CardOrder> most = IntStream.rangeClosed(1, CardOrders.ORDERS_MAX)
                .mapToObj(number -> add(2, number))
                .toList();
        byte[] bytes = CardOrders.of(2, most).encode();
        assertTrue(bytes.length < Cbor.LENGTH_MAX / 2);
        assertEquals(CardOrders.ORDERS_MAX, CardOrders.decode(2, bytes).orders().size());
        List<CardOrder> more =
                Stream.concat(most.stream(), Stream.of(add(0x12, 1))).toList();
        assertThrows(IllegalArgumentException.class, () -> CardOrders.of(2, more));
    }

    @Test
    void key_updates_stand_without_gaps_and_a_card_takes_those_above_its_own() throws Malformed {
        KeyUpdates updates = new KeyUpdates(List.of(update(1, 2), update(1, 3), update(1, 4)));
        KeyUpdates read = KeyUpdates.decode(updates.encode());
        assertEquals(updates, read);
        assertEquals(updates.updates(), read.above(1));
        assertEquals(List.of(update(1, 4)), read.above(3));
        assertEquals(List.of(), read.above(4));
        assertEquals(List.of(), KeyUpdates.decode(KeyUpdates.none().encode()).above(1));
        assertThrows(IllegalArgumentException.class, () -> new KeyUpdates(List.of(update(1, 3))));
        assertThrows(IllegalArgumentException.class, () -> new KeyUpdates(List.of(update(1, 2), update(1, 2))));
        assertThrows(IllegalArgumentException.class, () -> new KeyUpdates(List.of(update(1, 2), update(2, 3))));
    }

    @Test
    void only_malformed_comes_out_of_changed_lists() {
        Mutations.feed(
                List.of(CardOrders.of(2, List.of(block(2), set(2), add(2, 1))).encode()),
                20_000,
                input -> assertArrayEquals(input, CardOrders.decode(2, input).encode()));
        Mutations.feed(
                List.of(new KeyUpdates(List.of(update(1, 2), update(1, 3))).encode()),
                20_000,
                input -> assertArrayEquals(input, KeyUpdates.decode(input).encode()));
    }
}

package etal.protocol.sync;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.Mutations;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class DenyListTest {
    private static byte[] card(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }

    @Test
    void it_holds_its_cards_and_no_others_in_whatever_order_they_were_named() throws Malformed {
        DenyList list = DenyList.of(List.of(card(-1), card(7), card(1)));
        DenyList read = DenyList.decode(list.encode());
        for (long number : new long[] {-1, 1, 7}) {
            assertTrue(read.holds(card(number)), "card " + number);
        }
        assertFalse(read.holds(card(0)));
        assertFalse(read.holds(card(8)));
        assertFalse(read.holds(new byte[0]));
        assertArrayEquals(list.encode(), read.encode());
    }

    @Test
    void an_empty_list_denies_nobody() throws Malformed {
        DenyList read = DenyList.decode(DenyList.empty().encode());
        assertEquals(List.of(), read.cards());
        assertFalse(read.holds(card(1)));
    }

    @Test
    void the_longest_list_fits_one_message_and_a_longer_one_is_refused() throws Malformed {
        List<byte[]> cards = LongStream.range(0, DenyList.CARDS_MAX)
                .mapToObj(DenyListTest::card)
                .toList();
        byte[] bytes = DenyList.of(cards).encode();
        assertTrue(bytes.length < Cbor.LENGTH_MAX / 2);
        assertEquals(DenyList.CARDS_MAX, DenyList.decode(bytes).cards().size());
        List<byte[]> more = LongStream.rangeClosed(0, DenyList.CARDS_MAX)
                .mapToObj(DenyListTest::card)
                .toList();
        assertThrows(IllegalArgumentException.class, () -> DenyList.of(more));
    }

    @Test
    void only_one_form_of_a_list_is_read() {
        for (String hex : new String[] {
            "a0", // a map
            "8100", // a number for a card
            "814700000000000001", // seven bytes
            "82480000000000000002480000000000000001", // descending
            "82480000000000000001480000000000000001", // twice
        }) {
            assertThrows(Malformed.class, () -> DenyList.decode(etal.protocol.cose.Hash.unhex(hex)), hex);
        }
    }

    @Test
    void only_malformed_comes_out_of_changed_lists() {
        Mutations.feed(
                List.of(DenyList.of(List.of(card(1), card(2), card(3))).encode()),
                20_000,
                input -> assertArrayEquals(input, DenyList.decode(input).encode()));
    }
}

package etal.protocol.sync;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.Mutations;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.sync.WantedRecords.Span;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class WantedRecordsTest {
    private static final long COUNTER_MAX = 0xffff_ffffL;

    private static byte[] card(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }

    @Test
    void each_card_has_its_own_spans_in_whatever_order_they_were_named() throws Malformed {
        WantedRecords wanted =
                WantedRecords.of(List.of(new Span(card(-1), 5, 5), new Span(card(1), 9, 12), new Span(card(1), 2, 7)));
        WantedRecords read = WantedRecords.decode(wanted.encode());
        assertEquals(2, read.of(card(1)).size());
        assertEquals(2, read.of(card(1)).getFirst().first());
        assertTrue(read.of(card(1)).getLast().holds(12));
        assertFalse(read.of(card(1)).getLast().holds(13));
        assertEquals(List.of(), read.of(card(7)));
        assertArrayEquals(wanted.encode(), read.encode());
    }

    @Test
    void nothing_wanted_is_an_empty_list() throws Malformed {
        assertEquals(
                List.of(), WantedRecords.decode(WantedRecords.none().encode()).spans());
    }

    @Test
    void the_longest_list_fits_one_message_and_a_longer_one_is_refused() throws Malformed {
        List<Span> most = spans(WantedRecords.SPANS_MAX);
        byte[] bytes = WantedRecords.of(most).encode();
        assertTrue(bytes.length < Cbor.LENGTH_MAX / 4, () -> bytes.length + " bytes");
        assertEquals(most.size(), WantedRecords.decode(bytes).spans().size());
        List<Span> more = spans(WantedRecords.SPANS_MAX + 1);
        assertThrows(IllegalArgumentException.class, () -> WantedRecords.of(more));
    }

    private static List<Span> spans(long count) {
        return LongStream.range(0, count)
                .mapToObj(number -> new Span(card(number), COUNTER_MAX - 1, COUNTER_MAX))
                .toList();
    }

    @Test
    void only_one_form_of_a_list_is_read() {
        for (String hex : new String[] {
            "a0", // a map
            "8100", // a number for a span
            "818248000000000000000101", // no last counter
            "81834700000000000001" + "0101", // seven bytes
            "8183480000000000000001" + "0001", // no record has counter 0
            "8183480000000000000001" + "0201", // ends before it begins
            "8183480000000000000001" + "011b0000000100000000", // more than 32 bits
            "82" + "834800000000000000020101" + "8348000000000000000" + "10101", // descending
            "82" + "83480000000000000001" + "0102" + "83480000000000000001" + "0304", // two that are one
        }) {
            assertThrows(Malformed.class, () -> WantedRecords.decode(Hash.unhex(hex)), hex);
        }
    }

    @Test
    void only_malformed_comes_out_of_changed_lists() {
        byte[] list = WantedRecords.of(
                        List.of(new Span(card(1), 2, 7), new Span(card(1), 9, 300), new Span(card(3), 1, 1)))
                .encode();
        Mutations.feed(
                List.of(list),
                20_000,
                input -> assertArrayEquals(input, WantedRecords.decode(input).encode()));
    }
}

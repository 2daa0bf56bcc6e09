package etal.protocol.cbor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.Mutations;
import etal.protocol.cose.Hash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CborSequenceTest {
    // h'0102', {1: "a"}, 18([]), 7
    private static final String SEQUENCE = "420102 a1016161 d280 07";

    private static byte[] sequence() throws Malformed {
        return Hash.unhex(SEQUENCE.replace(" ", ""));
    }

    @Test
    void items_are_told_apart_at_once_and_from_a_stream() throws Exception {
        List<String> items =
                CborSequence.split(sequence()).stream().map(Hash::hex).toList();
        assertEquals(List.of(SEQUENCE.split(" ")), items);
        assertEquals(items, hex(fromStream(sequence())));
        assertTrue(CborSequence.split(new byte[0]).isEmpty());
    }

    @Test
    void a_torn_tail_is_refused_at_every_place_but_between_items() throws Exception {
        byte[] whole = sequence();
        List<Integer> between = List.of(0, 3, 7, 9, 10);
        for (int cut = 0; cut <= whole.length; cut++) {
            byte[] torn = java.util.Arrays.copyOf(whole, cut);
            if (between.contains(cut)) {
                assertEquals(between.indexOf(cut), CborSequence.split(torn).size());
            } else {
                assertThrows(Malformed.class, () -> CborSequence.split(torn), "cut at " + cut);
                assertThrows(Malformed.class, () -> fromStream(torn), "cut at " + cut);
            }
        }
    }

    @Test
    void a_stream_of_huge_lengths_costs_nothing() throws Malformed {
        for (String hex : List.of("5b7fffffffffffffff", "9bffffffffffffffff", "ba7fffffff", "5a00100001")) {
            byte[] huge = Hash.unhex(hex);
            assertThrows(Malformed.class, () -> CborSequence.next(new ByteArrayInputStream(huge)), hex);
        }
    }

    @Test
    void both_ways_agree_on_changed_bytes() throws Exception {
        int accepted = Mutations.feed(List.of(sequence()), 30_000, input -> {
            List<byte[]> items = CborSequence.split(input);
            assertEquals(hex(items), hex(fromStream(input)));
            assertArrayEquals(input, joined(items));
        });
        assertTrue(accepted > 100, "accepted " + accepted);
    }

    private static List<String> hex(List<byte[]> items) {
        return items.stream().map(Hash::hex).toList();
    }

    private static byte[] joined(List<byte[]> items) throws Malformed {
        return Hash.unhex(String.join("", hex(items)));
    }

    private static List<byte[]> fromStream(byte[] bytes) throws Malformed {
        InputStream in = new ByteArrayInputStream(bytes);
        List<byte[]> items = new ArrayList<>();
        try {
            for (byte[] item = CborSequence.next(in); item != null; item = CborSequence.next(in)) items.add(item);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return items;
    }
}

package etal.fake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SeededEntropyTest {
    @Test
    void one_seed_gives_one_stream_however_it_is_cut() {
        byte[] whole = new SeededEntropy(7).bytes(100);
        SeededEntropy pieces = new SeededEntropy(7);
        byte[] joined = ByteBuffer.allocate(100)
                .put(pieces.bytes(1))
                .put(pieces.bytes(66))
                .put(pieces.bytes(33))
                .array();
        assertArrayEquals(whole, joined);
    }

    @Test
    void the_upper_bits_of_a_seed_count() {
        assertFalse(Arrays.equals(new SeededEntropy(1).bytes(32), new SeededEntropy(1 | 1L << 60).bytes(32)));
    }

    @Test
    void a_fork_does_not_shift_when_its_parent_is_drawn_from() {
        SeededEntropy parent = new SeededEntropy(3);
        byte[] before = parent.fork("cards").bytes(16);
        parent.bytes(1000);
        assertArrayEquals(before, parent.fork("cards").bytes(16));
        assertFalse(Arrays.equals(before, parent.fork("faults").bytes(16)));
    }

    @Test
    void numbers_stay_below_their_bound_and_all_of_them_come() {
        SeededEntropy entropy = new SeededEntropy(11);
        boolean[] seen = new boolean[6];
        for (int throwOfDice = 0; throwOfDice < 200; throwOfDice++) {
            long drawn = entropy.below(6);
            assertTrue(drawn >= 0 && drawn < 6);
            seen[(int) drawn] = true;
        }
        assertEquals(
                6, java.util.stream.IntStream.range(0, 6).filter(i -> seen[i]).count());
    }
}

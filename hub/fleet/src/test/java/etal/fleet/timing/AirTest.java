package etal.fleet.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/**
 * Worked out by hand: a bit lasts 128 / 13.56 MHz = 9.4395 us. The card's frame begins at least 1,236 periods after the
 * reader's (91.15 us), the reader's next at least 1,172 periods after the card's (86.43 us).
 */
class AirTest {
    private static final long PAUSES = 91_150 + 86_430;

    private static void assertMicros(long expectedNanos, long nanos) {
        assertEquals(expectedNanos, nanos, 50);
    }

    @Test
    void a_frame_of_n_bytes_takes_nine_bits_a_byte_and_three_for_start_and_end() {
        assertMicros(12 * 9_439L + 6, Air.frameNanos(1));
        // 64 bytes: 579 bits.
        assertMicros(5_465_487, Air.frameNanos(64));
    }

    @Test
    void a_block_holds_sixty_one_bytes_between_its_protocol_byte_and_its_checksum() {
        assertEquals(1, Air.blocks(0));
        assertEquals(1, Air.blocks(61));
        assertEquals(2, Air.blocks(62));
        assertEquals(3, Air.blocks(125 + 2));
        assertEquals(3, Air.pairs(14, 127));
        assertEquals(4, Air.pairs(78, 148));
    }

    @Test
    void a_short_command_and_a_short_answer_are_one_pair_of_frames() {
        // 14 + 3 bytes: 156 bits; 2 + 3 bytes: 48 bits.
        assertMicros((156 + 48) * 9_439_528L / 1_000 + PAUSES, Air.exchangeNanos(14, 2));
    }

    @Test
    void a_chained_answer_is_acknowledged_block_by_block() {
        // 127 bytes: two blocks of 64 (579 bits each) and one of 5 + 3 (75 bits); 13 + 3 out: 147 bits; two R(ACK) of 3
        // bytes (30 bits each). Three pairs of frames.
        long bits = 147 + 579 + 579 + 75 + 30 + 30;
        assertMicros(bits * 9_439_528 / 1_000 + 3 * PAUSES, Air.exchangeNanos(13, 127));
    }

    @Test
    void the_activation_is_four_pairs_of_frames() {
        // REQA 10 bits, ATQA 21; anticollision 21 and 48; SELECT 84, SAK 30; RATS 39, ATS of 5 + 10 with CRC 156.
        long bits = 10 + 21 + 21 + 48 + 84 + 30 + 39 + 156;
        assertMicros(bits * 9_439_528 / 1_000 + 4 * PAUSES, Air.activationNanos(10));
    }

    @Test
    void more_time_costs_two_short_frames() {
        assertMicros(2 * 39 * 9_439_528L / 1_000 + PAUSES, Air.waitingTimeNanos());
    }
}

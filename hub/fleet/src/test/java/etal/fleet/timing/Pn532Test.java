package etal.fleet.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Worked out by hand after NXP UM0701-02. */
class Pn532Test {
    @Test
    void a_frame_has_seven_bytes_around_its_data_and_ten_when_it_is_extended() {
        assertEquals(7 + 2, Pn532.frameBytes(2));
        assertEquals(7 + 255, Pn532.frameBytes(255));
        assertEquals(10 + 256, Pn532.frameBytes(256));
    }

    @Test
    void a_byte_is_ten_bits_on_the_line() {
        assertEquals(1_085_069, Pn532.FAST.lineNanos(100));
        assertEquals(8_680_555, Pn532.SLOW.lineNanos(100));
    }

    @Test
    void an_exchange_is_the_command_its_acknowledgement_and_the_answer() {
        // 13 bytes out: D4 40 01 and 7 around: 23. Acknowledgement 6. 127 bytes in: D5 41 00 and 7 around: 137.
        assertEquals(Pn532.FAST.lineNanos(23 + 6 + 137), Pn532.FAST.exchangeLineNanos(13, 127));
    }
}

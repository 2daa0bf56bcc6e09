package etal.applet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** 32-bit sums without {@code int}, against the sums of a machine that has it. */
class AmountTest {
    private static final int[] EDGES = {
        0,
        1,
        -1,
        127,
        128,
        255,
        256,
        -256,
        65_535,
        65_536,
        20_000,
        -20_000,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE - 1,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 1
    };

    private static byte[] bytes(int value) {
        return ByteBuffer.allocate(6).putShort((short) 0).putInt(value).array();
    }

    @Test
    void sums_and_signs_are_those_of_two_s_complement() {
        for (int a : EDGES) {
            for (int b : EDGES) {
                byte[] sum = new byte[6];
                Amount.add(bytes(a), (short) 2, bytes(b), (short) 2, sum, (short) 2);
                assertEquals(a + b, ByteBuffer.wrap(sum).getInt(2), a + " + " + b);
                Amount.subtract(bytes(a), (short) 2, bytes(b), (short) 2, sum, (short) 2);
                assertEquals(a - b, ByteBuffer.wrap(sum).getInt(2), a + " - " + b);
                assertEquals(
                        Integer.compareUnsigned(a, b) < 0,
                        Amount.isBelow(bytes(a), (short) 2, bytes(b), (short) 2),
                        a + " below " + b);
                byte[] inPlace = bytes(a);
                Amount.add(inPlace, (short) 2, inPlace, (short) 2, inPlace, (short) 2);
                assertEquals(a + a, ByteBuffer.wrap(inPlace).getInt(2), a + " twice");
            }
            assertEquals(a < 0, Amount.isNegative(bytes(a), (short) 2));
            assertEquals(a > 0, Amount.isPositive(bytes(a), (short) 2));
            assertEquals(a == 0, Amount.isZero(bytes(a), (short) 2));
            assertEquals(a == -1, Amount.isLast(bytes(a), (short) 2));
            byte[] next = bytes(a);
            Amount.increment(next, (short) 2);
            assertEquals(a + 1, ByteBuffer.wrap(next).getInt(2));
        }
    }

    @Test
    void sixteen_bits_are_compared_without_sign() {
        int[] edges = {0, 1, 63, 32_767, 32_768, 65_534, 65_535};
        for (int a : edges) {
            for (int b : edges) {
                assertEquals(a < b, Amount.isBelow((short) a, (short) b), a + " < " + b);
            }
        }
    }
}

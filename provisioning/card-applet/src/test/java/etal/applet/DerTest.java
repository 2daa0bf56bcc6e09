package etal.applet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Raw and DER signatures, over every length of either half. */
class DerTest {
    private static byte[] half(int zeros, int first) {
        byte[] half = new byte[32];
        for (int i = zeros; i < 32; i++) {
            half[i] = (byte) (i == zeros ? first : 0x80 + i);
        }
        return half;
    }

    private static byte[] der(byte[] half) {
        byte[] integer = new BigInteger(1, half).toByteArray();
        byte[] coded = new byte[integer.length + 2];
        coded[0] = 2;
        coded[1] = (byte) integer.length;
        System.arraycopy(integer, 0, coded, 2, integer.length);
        return coded;
    }

    private static void roundTrip(byte[] r, byte[] s) {
        byte[] raw = Arrays.copyOf(r, 64);
        System.arraycopy(s, 0, raw, 32, 32);
        byte[] a = der(r);
        byte[] b = der(s);
        byte[] expected = new byte[2 + a.length + b.length];
        expected[0] = 0x30;
        expected[1] = (byte) (a.length + b.length);
        System.arraycopy(a, 0, expected, 2, a.length);
        System.arraycopy(b, 0, expected, 2 + a.length, b.length);

        byte[] der = new byte[80];
        short length = Der.fromRaw(raw, (short) 0, der, (short) 3);
        assertEquals(expected.length, length);
        assertArrayEquals(expected, Arrays.copyOfRange(der, 3, 3 + length));

        byte[] back = new byte[70];
        Arrays.fill(back, (byte) 0x55);
        Der.toRaw(der, (short) 3, back, (short) 5);
        assertArrayEquals(raw, Arrays.copyOfRange(back, 5, 69));
        assertEquals(0x55, back[69]);
    }

    @Test
    void every_length_comes_back_as_it_went() {
        int[] firsts = {1, 0x7F, 0x80, 0xFF};
        for (int zeros = 0; zeros <= 32; zeros++) {
            for (int first : firsts) {
                roundTrip(half(zeros, first), half(0, 0xFF));
                roundTrip(half(0, 1), half(zeros, first));
                roundTrip(half(zeros, first), half(zeros, first));
            }
        }
    }
}

package etal.protocol.cbor;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/**
 * Crockford's base 32: digits and capital letters without I, L, O and U, so that people can read them to each other.
 * Most significant bit first, the last digit filled with zeros. Stateless; safe for use by any thread.
 */
public final class Crockford {
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private Crockford() {}

    /** The digits of {@code bytes}: 8 for each 5 bytes. */
    public static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = (buffer << 8 | (b & 0xff)) & 0xffff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(DIGITS.charAt(buffer >>> bits & 31));
            }
        }
        if (bits > 0) text.append(DIGITS.charAt(buffer << (5 - bits) & 31));
        return text.toString();
    }

    /** The bytes of such digits; small letters pass, and O, I and L are read as 0, 1 and 1, as Crockford says. */
    public static byte[] decode(String text) throws Malformed {
        String digits = text.toUpperCase(Locale.ROOT)
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int buffer = 0;
        int bits = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = DIGITS.indexOf(digits.charAt(i));
            if (digit < 0) throw new Malformed("not a digit of base 32 at " + i);
            buffer = (buffer << 5 | digit) & 0xffff;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.write(buffer >>> bits);
            }
        }
        if (bits >= 5 || (buffer & ((1 << bits) - 1)) != 0) throw new Malformed("bits left over at the end");
        return bytes.toByteArray();
    }
}

package etal.applet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javacard.security.Signature;
import javacardx.crypto.Cipher;
import org.junit.jupiter.api.Test;

/** AES-CMAC against the vectors of RFC 4493, section 4. */
class CmacTest {
    private static final String KEY = "2b7e151628aed2a6abf7158809cf4f3c";
    private static final String MESSAGE = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
            + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";

    private static final int LENGTH_MAX = 144;

    private final byte[] ram = Ram.allocate();
    private short at;

    /** On a chip that does all itself, and on those that lack one or both. */
    private List<Cmac> onEveryChip() {
        Signature macs = Objects.requireNonNull(Cmac.chipsMacs());
        Cipher counters = Objects.requireNonNull(Cmac.chipsCounters());
        return Arrays.asList(
                new Cmac(ram, macs, counters),
                new Cmac(ram, macs, null),
                new Cmac(ram, null, counters),
                new Cmac(ram, null, null));
    }

    private static byte[] hex(String text) {
        byte[] bytes = new BigInteger("01" + text, 16).toByteArray();
        return Arrays.copyOfRange(bytes, 1, bytes.length);
    }

    private byte[] mac(Cmac cmac, int length) {
        cmac.use(hex(KEY), (short) 0);
        System.arraycopy(hex(MESSAGE), 0, ram, Ram.MESSAGE, length);
        at = cmac.macOfMessage((short) length);
        return Arrays.copyOfRange(ram, at, at + 16);
    }

    @Test
    void macs_are_those_of_rfc_4493() {
        for (Cmac cmac : onEveryChip()) {
            assertArrayEquals(hex("070a16b46b4d4144f79bdd9dd04a287c"), mac(cmac, 16));
            assertArrayEquals(hex("dfa66747de9ae63030ca32611497c827"), mac(cmac, 40));
            assertArrayEquals(hex("51f0bebf7e3b9d92fc49741779363cfe"), mac(cmac, 64));
        }
    }

    @Test
    void a_mac_is_compared_in_all_its_8_bytes() {
        for (Cmac cmac : onEveryChip()) {
            byte[] mac = mac(cmac, 40);
            assertTrue(cmac.macIs(at, mac, (short) 0));
            for (int i = 0; i < 8; i++) {
                byte[] other = mac.clone();
                other[i] ^= (byte) 0x80;
                assertFalse(cmac.macIs(at, other, (short) 0));
            }
        }
    }

    @Test
    void every_chip_encrypts_alike_whatever_the_length_and_again_gives_the_plain_bytes() {
        for (short length : new short[] {1, 16, 17, 115, LENGTH_MAX}) {
            byte[] expected = null;
            for (Cmac cmac : onEveryChip()) {
                byte[] data = new byte[LENGTH_MAX + 4];
                Arrays.fill(data, (byte) 0x5A);
                cmac.use(hex(KEY), (short) 0);
                cmac.crypt(data, (short) 2, length, (byte) 0x10, new byte[] {0, 0, 1, 2}, (short) 0);
                assertEquals(0x5A, data[1]);
                assertEquals(0x5A, data[2 + length]);
                if (expected == null) {
                    expected = data.clone();
                }
                assertArrayEquals(expected, data);
                // After a MAC the stream is still that of the same block.
                System.arraycopy(hex(MESSAGE), 0, ram, Ram.MESSAGE, 40);
                cmac.macOfMessage((short) 40);
                cmac.crypt(data, (short) 2, length, (byte) 0x10, new byte[] {0, 0, 1, 2}, (short) 0);
                for (byte plain : data) {
                    assertEquals(0x5A, plain);
                }
            }
        }
    }
}

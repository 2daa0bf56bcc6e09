package etal.protocol.cose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.cbor.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A remembered verification is the verification. */
class RememberedTest {
    private static final byte[] SCALAR = Hash.sha256("a test secret".getBytes(StandardCharsets.US_ASCII));
    private static final byte[] OTHER = Hash.sha256("another test secret".getBytes(StandardCharsets.US_ASCII));
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.US_ASCII);

    @Test
    void each_bit_of_key_message_and_signature_counts_also_after_the_whole_has_verified() {
        byte[] key = P256.publicKey(SCALAR);
        byte[] signature = P256.sign(SCALAR, MESSAGE);
        var remembered = new Remembered(1_000);
        boolean sound = remembered.during(() -> {
            assertTrue(P256.verify(key, MESSAGE, signature));
            for (int bit = 0; bit < signature.length * Byte.SIZE; bit += 7) {
                assertFalse(P256.verify(key, MESSAGE, flipped(signature, bit)), "signature, bit " + bit);
            }
            for (int bit = 0; bit < MESSAGE.length * Byte.SIZE; bit++) {
                assertFalse(P256.verify(key, flipped(MESSAGE, bit), signature), "message, bit " + bit);
            }
            assertFalse(P256.verify(P256.publicKey(OTHER), MESSAGE, signature));
            return P256.verify(key, MESSAGE, signature);
        });
        assertTrue(sound);
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] other = bytes.clone();
        other[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return other;
    }

    @Test
    void what_two_keys_share_is_the_same_however_often_it_is_asked_and_nonsense_is_refused_each_time()
            throws Malformed {
        byte[] expected = P256.agree(SCALAR, P256.publicKey(OTHER));
        new Remembered(10).during(() -> {
            for (int time = 0; time < 3; time++) {
                byte[] shared = P256.agree(SCALAR, P256.publicKey(OTHER));
                assertArrayEquals(expected, shared);
                shared[0]++;
                assertThrows(Malformed.class, () -> P256.agree(SCALAR, new byte[65]));
            }
            return true;
        });
    }

    @Test
    void it_reckons_once_remembers_so_many_and_forgets_the_oldest() {
        var reckoned = new AtomicInteger();
        var remembered = new Remembered(2);
        remembered.during(() -> {
            for (byte key : new byte[] {1, 1, 2, 1, 3, 2, 1}) {
                assertTrue(
                        Remembered.verdict(() -> reckoned.incrementAndGet() > 0, new byte[] {key}, MESSAGE, MESSAGE));
            }
            return true;
        });
        assertEquals(4, reckoned.get());
        assertTrue(Remembered.verdict(() -> reckoned.incrementAndGet() > 0, new byte[] {1}, MESSAGE, MESSAGE));
        assertEquals(5, reckoned.get());
    }
}

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
    void what_was_signed_here_verifies_here_under_both_forms_of_the_key_and_nothing_else_does() {
        byte[] key = P256.publicKey(SCALAR);
        byte[] signature = P256.sign(SCALAR, MESSAGE);
        new Remembered(100).during(() -> {
            assertArrayEquals(signature, P256.sign(SCALAR, MESSAGE));
            assertArrayEquals(signature, P256.sign(SCALAR, MESSAGE), "and once more");
            assertTrue(Remembered.verdict(() -> false, key, MESSAGE, signature), "known without reckoning");
            assertTrue(Remembered.verdict(() -> false, P256.compress(key), MESSAGE, signature));
            byte[] beside = key.clone();
            beside[40] ^= 2;
            assertFalse(P256.verify(beside, MESSAGE, signature), "a key of the same compressed form, but no point");
            for (int bit = 0; bit < signature.length * Byte.SIZE; bit += 7) {
                assertFalse(P256.verify(key, MESSAGE, flipped(signature, bit)), "signature, bit " + bit);
            }
            assertFalse(P256.verify(P256.publicKey(OTHER), MESSAGE, signature));
            return true;
        });
    }

    @Test
    void a_secret_is_no_signature_though_it_is_of_the_same_bytes() throws Malformed {
        byte[] peer = P256.publicKey(OTHER);
        byte[] secret = P256.agree(SCALAR, peer);
        byte[] signature = P256.sign(SCALAR, peer);
        new Remembered(100).during(() -> {
            assertArrayEquals(secret, P256.agree(SCALAR, peer));
            assertArrayEquals(signature, P256.sign(SCALAR, peer));
            assertArrayEquals(secret, P256.agree(SCALAR, peer));
            return true;
        });
    }

    @Test
    void bytes_are_read_once_for_each_kind_of_value_and_outside_of_it_each_time() {
        var read = new AtomicInteger();
        var remembered = new Remembered(10);
        remembered.during(() -> {
            for (int time = 0; time < 3; time++) {
                assertEquals("1", Remembered.reading(String.class, () -> "" + read.incrementAndGet(), MESSAGE));
                assertEquals(2, Remembered.reading(Integer.class, read::incrementAndGet, MESSAGE));
            }
            return true;
        });
        assertEquals("3", Remembered.reading(String.class, () -> "" + read.incrementAndGet(), MESSAGE));
    }

    @Test
    void it_reckons_once_remembers_so_many_and_forgets_what_was_not_asked_for_longest() {
        var reckoned = new AtomicInteger();
        var remembered = new Remembered(2);
        remembered.during(() -> {
            for (byte key : new byte[] {1, 1, 2, 1, 3, 2, 1}) {
                assertTrue(
                        Remembered.verdict(() -> reckoned.incrementAndGet() > 0, new byte[] {key}, MESSAGE, MESSAGE));
            }
            return true;
        });
        assertEquals(5, reckoned.get());
        assertTrue(Remembered.verdict(() -> reckoned.incrementAndGet() > 0, new byte[] {1}, MESSAGE, MESSAGE));
        assertEquals(6, reckoned.get());
    }
}

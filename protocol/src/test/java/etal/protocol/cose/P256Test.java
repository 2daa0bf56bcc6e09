package etal.protocol.cose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.TestKeys;
import etal.protocol.cbor.Malformed;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class P256Test {
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    private static final byte[] MESSAGE = "pommes".getBytes(StandardCharsets.UTF_8);

    // RFC 6979, A.2.5, P-256 with SHA-256. The second one's s is above half the order there.
    @ParameterizedTest
    @CsvSource({
        "sample, efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716,"
                + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
        "test, f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367,"
                + "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083"
    })
    void signatures_are_those_of_rfc_6979_with_the_lower_s(String message, String r, String s) throws Malformed {
        byte[] scalar = Hash.unhex("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
        byte[] signature = P256.sign(scalar, message.getBytes(StandardCharsets.US_ASCII));
        BigInteger lower = new BigInteger(s, 16).min(ORDER.subtract(new BigInteger(s, 16)));
        assertEquals(r, Hash.hex(Arrays.copyOf(signature, 32)));
        assertEquals(lower, new BigInteger(1, signature, 32, 32));
    }

    @Test
    void the_public_key_is_that_of_rfc_6979() throws Malformed {
        byte[] key = P256.publicKey(Hash.unhex("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721"));
        assertEquals(
                "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
                        + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299",
                Hash.hex(key));
        assertArrayEquals(key, P256.decompress(P256.compress(key)));
    }

    @Test
    void nonsense_is_no_signature_and_no_accident() throws Malformed {
        byte[] key = TestKeys.publicKey("signer");
        byte[] good = TestKeys.signer("signer").apply(MESSAGE);
        assertTrue(P256.verifyLowS(key, MESSAGE, good));
        assertFalse(P256.verify(key, MESSAGE, new byte[0]));
        assertFalse(P256.verify(key, MESSAGE, new byte[64]));
        assertFalse(P256.verify(key, MESSAGE, Arrays.copyOf(good, 63)));
        assertFalse(P256.verify(key, MESSAGE, Arrays.copyOf(good, 65)));
        for (byte[] bad : new byte[][] {{}, {0}, new byte[65], new byte[33], Arrays.copyOf(key, 64)}) {
            assertFalse(P256.verify(bad, MESSAGE, good));
            assertThrows(Malformed.class, () -> P256.check(bad));
        }
        byte[] off = key.clone();
        off[64] ^= 1;
        assertFalse(P256.verify(off, MESSAGE, good));
        assertThrows(Malformed.class, () -> P256.agree(TestKeys.scalar("signer"), off));
        byte[] hybrid = key.clone();
        hybrid[0] = (byte) (6 + (key[64] & 1));
        assertFalse(P256.verify(hybrid, MESSAGE, good));
    }

    @Test
    void both_sides_agree_on_one_secret() throws Malformed {
        byte[] here = P256.agree(TestKeys.scalar("a"), TestKeys.publicKey("b"));
        byte[] there = P256.agree(TestKeys.scalar("b"), P256.compress(TestKeys.publicKey("a")));
        assertArrayEquals(here, there);
        assertEquals(32, here.length);
    }

    @Test
    void der_is_the_other_form_of_the_same_signature() throws Malformed {
        byte[] raw = TestKeys.signer("signer").apply(MESSAGE);
        byte[] der = P256.toDer(raw);
        assertArrayEquals(raw, P256.fromDer(der));
        byte[] longer = Arrays.copyOf(der, der.length + 1);
        assertThrows(Malformed.class, () -> P256.fromDer(longer));
        // SEQUENCE { INTEGER 00 01, INTEGER 01 }: a needless zero.
        byte[] padded = Hash.unhex("300702020001020101");
        assertThrows(Malformed.class, () -> P256.fromDer(padded));
    }

    @Test
    void the_jdks_keys_are_the_same_keys() throws Malformed {
        byte[] scalar = TestKeys.scalar("signer");
        assertArrayEquals(scalar, JcaKeys.scalar(P256.jcaPrivate(scalar)));
        byte[] key = P256.publicKey(scalar);
        assertArrayEquals(key, JcaKeys.point(P256.jcaPublic(key)));
        assertArrayEquals(key, JcaKeys.point(P256.jcaPublic(P256.compress(key))));
    }

    @Test
    void a_source_that_gives_no_scalar_is_told_apart_from_bad_luck() {
        assertThrows(IllegalStateException.class, () -> P256.newScalar(target -> {}));
    }
}

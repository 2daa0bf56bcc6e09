package etal.protocol.cose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.TestKeys;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class CoseSign1Test {
    private static final byte[] KID = Hash.sha256(new byte[] {1});
    private static final byte[] PAYLOAD = "chèvre".getBytes(StandardCharsets.UTF_8);

    private static byte[] signed() {
        return CoseSign1.sign("etal/entry", KID, PAYLOAD, TestKeys.signer("terminal"));
    }

    @Test
    void what_is_signed_is_read_and_verified() throws Malformed {
        CoseSign1 message = CoseSign1.decode(signed(), "etal/entry");
        assertArrayEquals(PAYLOAD, message.payload());
        assertArrayEquals(KID, message.kid());
        assertTrue(message.verify(TestKeys.publicKey("terminal")));
        assertFalse(message.verify(TestKeys.publicKey("another")));
        assertThrows(Malformed.class, () -> CoseSign1.decode(signed(), "etal/checkpoint"));
    }

    @Test
    void no_single_changed_bit_survives() {
        byte[] good = signed();
        byte[] key = TestKeys.publicKey("terminal");
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] changed = good.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(holds(changed, key), "bit " + bit);
        }
        assertTrue(holds(good, key));
    }

    private static boolean holds(byte[] bytes, byte[] key) {
        try {
            return CoseSign1.decode(bytes).verify(key);
        } catch (Malformed e) {
            return false;
        }
    }

    @Test
    void the_other_value_of_s_is_refused() throws Malformed {
        CoseSign1 good = CoseSign1.decode(signed());
        java.math.BigInteger order =
                new java.math.BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
        java.math.BigInteger s = order.subtract(new java.math.BigInteger(1, good.signature(), 32, 32));
        byte[] high = good.signature().clone();
        org.bouncycastle.util.BigIntegers.asUnsignedByteArray(s, high, 32, 32);
        byte[] key = TestKeys.publicKey("terminal");
        assertTrue(P256.verify(key, CoseSign1.toBeSigned(good.protectedBytes(), PAYLOAD), high));
        assertFalse(new CoseSign1(good.protectedBytes(), KID, good.type(), PAYLOAD, high).verify(key));
    }

    @Test
    void another_header_is_refused() {
        CBORObject header = CBORObject.NewMap().Add(1, -7).Add(4, KID).Add(16, "etal/entry");
        assertTrue(reads(header, CBORObject.NewMap()));
        assertFalse(reads(header, CBORObject.NewMap().Add(4, KID)), "an unprotected kid");
        assertFalse(reads(CBORObject.NewMap().Add(1, -35).Add(4, KID).Add(16, "etal/entry"), CBORObject.NewMap()));
        assertFalse(
                reads(CBORObject.NewMap().Add(1, -7).Add(4, new byte[31]).Add(16, "etal/entry"), CBORObject.NewMap()));
        assertFalse(reads(CBORObject.NewMap().Add(1, -7).Add(4, KID), CBORObject.NewMap()), "without a type");
        assertFalse(
                reads(CBORObject.NewMap().Add(1, -7).Add(3, 0).Add(4, KID).Add(16, "etal/entry"), CBORObject.NewMap()));
    }

    private static boolean reads(CBORObject protectedHeader, CBORObject unprotected) {
        CBORObject message = CBORObject.NewArray()
                .Add(Cbor.encode(protectedHeader))
                .Add(unprotected)
                .Add(PAYLOAD)
                .Add(new byte[64]);
        try {
            CoseSign1.decode(Cbor.encode(message.WithTag(18)));
            return true;
        } catch (Malformed e) {
            return false;
        }
    }
}

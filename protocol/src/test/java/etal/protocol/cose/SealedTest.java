package etal.protocol.cose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.TestKeys;
import etal.protocol.cbor.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SealedTest {
    private static final byte[] KID = Hash.sha256(new byte[] {7});
    private static final byte[] RECORD = "the record of a card, 80 bytes in life".getBytes(StandardCharsets.UTF_8);

    private static byte[] sealed() {
        return Sealed.seal(RECORD, TestKeys.publicKey("hub seal"), KID, TestKeys.stream("entropy"));
    }

    @Test
    void only_the_recipient_opens_it() throws Malformed {
        byte[] sealed = sealed();
        assertArrayEquals(RECORD, Sealed.open(sealed, TestKeys.scalar("hub seal")));
        assertArrayEquals(KID, Sealed.recipientKid(sealed));
        assertThrows(Malformed.class, () -> Sealed.open(sealed, TestKeys.scalar("another")));
    }

    @Test
    void an_empty_text_is_sealed_too() throws Malformed {
        byte[] sealed = Sealed.seal(new byte[0], TestKeys.publicKey("hub seal"), KID, TestKeys.stream("entropy"));
        assertEquals(0, Sealed.open(sealed, TestKeys.scalar("hub seal")).length);
    }

    @Test
    void the_same_text_is_never_sealed_alike_twice() {
        var entropy = TestKeys.stream("entropy");
        byte[] key = TestKeys.publicKey("hub seal");
        assertFalse(Arrays.equals(Sealed.seal(RECORD, key, KID, entropy), Sealed.seal(RECORD, key, KID, entropy)));
    }

    @Test
    void no_single_changed_bit_survives() {
        byte[] good = sealed();
        byte[] scalar = TestKeys.scalar("hub seal");
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] changed = good.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(Malformed.class, () -> Sealed.open(changed, scalar), "bit " + bit);
        }
    }

    // RFC 9052, C.3.1, "Direct ECDH". It carries key and nonce unprotected, so our reader refuses it whole; what is
    // checked is the way from the shared secret to the content's key, and the content's encryption.
    @Test
    void the_content_key_is_that_of_the_rfcs_example() throws Malformed {
        byte[] whole = Hash.unhex(
                "d8608443a10101a1054cc9cf4df2fe6c632bf788641358247adbe2709ca818fb415f1e5df66f4e1a51053ba6"
                        + "d65a1a0c52a357da7a644b8070a151b0818344a1013818a220a40102200121582098f50a4ff6c05861c8860d13a638ea56c3f5ad7590"
                        + "bbfbf054e1c7b4d91d628022f50458246d65726961646f632e6272616e64796275636b406275636b6c616e642e6578616d706c6540");
        byte[] scalar = Hash.unhex("aff907c99f9ad3aae6c4cdf21122bce2bd68b5283e6907154ad911840fa208cf");
        CBORObject message = CBORObject.DecodeFromBytes(whole);
        byte[] iv = message.get(1).get(CBORObject.FromObject(5)).GetByteString();
        CBORObject recipient = message.get(3).get(0);
        CBORObject ephemeral = recipient.get(1).get(CBORObject.FromObject(-1));
        byte[] x = ephemeral.get(CBORObject.FromObject(-2)).GetByteString();
        byte[] key = Sealed.contentKey(
                scalar, Hash.unhex("03" + Hash.hex(x)), recipient.get(0).GetByteString());
        byte[] text = Sealed.gcm(
                false, key, iv, message.get(0).GetByteString(), message.get(2).GetByteString());
        assertEquals("This is the content.", new String(text, StandardCharsets.UTF_8));
        assertThrows(Malformed.class, () -> Sealed.open(whole, scalar));
    }
}

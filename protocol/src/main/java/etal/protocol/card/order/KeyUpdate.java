package etal.protocol.card.order;

import etal.protocol.card.Layout;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.P256;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * A new key of the fund for all its cards, signed by the root: 137 bytes, "Key update" in docs/card.md. Cards take them in
 * the order of their generations. Immutable; equal when the bytes are.
 *
 * @param fund 32 bits unsigned
 * @param slot which key it replaces; never the root
 * @param generation the key generation of a card that has taken it, 2 to 255
 * @param publicKey65 the new key, uncompressed
 * @param signature of the root key, raw {@code r || s}, 64 bytes
 */
public record KeyUpdate(long fund, KeySlot slot, int generation, byte[] publicKey65, byte[] signature) {
    /** Length of the whole, in bytes. */
    public static final int LENGTH = 137;

    /** The generation of a card that has never taken one. */
    public static final int FIRST_GENERATION = 1;

    /** The last that a card can count. */
    public static final int LAST_GENERATION = 255;

    private static final int SIGNED_LENGTH = 73;
    private static final int TAG = 0x564B;
    private static final KeySlot[] SLOTS = KeySlot.values();

    /** @throws IllegalArgumentException for lengths that do not fit, the root's slot, or a generation that is no update's */
    public KeyUpdate {
        publicKey65 = Layout.copy(publicKey65, 65, "public key");
        signature = Layout.copy(signature, 64, "signature");
        if (slot == KeySlot.ROOT || generation <= FIRST_GENERATION || generation > LAST_GENERATION) {
            throw new IllegalArgumentException("no key update: " + slot + ", generation " + generation);
        }
    }

    /** Makes and signs one. @param root message in, raw low-S signature out */
    public static KeyUpdate sign(
            long fund, KeySlot slot, int generation, byte[] publicKey65, UnaryOperator<byte[]> root) {
        KeyUpdate unsigned = new KeyUpdate(fund, slot, generation, publicKey65, new byte[64]);
        return new KeyUpdate(fund, slot, generation, publicKey65, root.apply(unsigned.signedBytes()));
    }

    /** Reads the layout; says nothing yet about the signature. */
    public static KeyUpdate decode(byte[] bytes) throws Malformed {
        Layout in = Layout.reading(bytes, LENGTH, "key update");
        if (in.uint16() != TAG) {
            throw new Malformed("not a key update");
        }
        long fund = in.uint32();
        int slot = in.uint8();
        int generation = in.uint8();
        if (slot >= KeySlot.ROOT.ordinal() || generation <= FIRST_GENERATION) {
            throw new Malformed("key update: slot " + slot + ", generation " + generation);
        }
        byte[] key = in.bytes(65);
        if (key[0] != 4) {
            throw new Malformed("key update: the key is not uncompressed");
        }
        return new KeyUpdate(fund, SLOTS[slot], generation, key, in.bytes(64));
    }

    /** The 137 bytes. */
    public byte[] encode() {
        return Layout.writing(LENGTH).bytes(signedBytes()).bytes(signature).written();
    }

    /** The 73 bytes under the signature. */
    public byte[] signedBytes() {
        return Layout.writing(SIGNED_LENGTH)
                .uint16(TAG)
                .uint32(fund)
                .uint8(slot.ordinal())
                .uint8(generation)
                .bytes(publicKey65)
                .written();
    }

    /** Whether the root (33 or 65 bytes) signed this; a high-S signature is refused. */
    public boolean verify(byte[] rootPublic) {
        return P256.verifyLowS(rootPublic, signedBytes(), signature);
    }

    @Override
    public byte[] publicKey65() {
        return publicKey65.clone();
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyUpdate that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }
}

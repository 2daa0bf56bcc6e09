package etal.protocol.card;

import etal.protocol.cbor.Malformed;
import etal.protocol.cose.P256;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * The fund's word that a key is a card's: 114 bytes, "Card certificate" in docs/card.md. Immutable; equal when
 * the bytes are.
 *
 * @param fund the fund, 32 bits unsigned
 * @param caKey number of the card CA's key, 0 to 255
 * @param cardId 8 bytes
 * @param publicKey33 the card's P-256 key, compressed (X9.62), 33 bytes
 * @param lastPeriod last period of validity, see {@link Period}
 * @param flags bit 0: test card
 * @param signature raw {@code r || s}, 64 bytes
 */
public record CardCertificate(
        long fund, int caKey, byte[] cardId, byte[] publicKey33, int lastPeriod, int flags, byte[] signature) {
    /** Length of the whole, in bytes. */
    public static final int LENGTH = 114;

    /** The flag of a card that buys nothing. */
    public static final int FLAG_TEST = 1;

    private static final int SIGNED_LENGTH = 50;
    private static final int TAG = 0x01;

    /** @throws IllegalArgumentException if an array has another length than said */
    public CardCertificate {
        cardId = Layout.copy(cardId, 8, "card id");
        publicKey33 = Layout.copy(publicKey33, 33, "card key");
        signature = Layout.copy(signature, 64, "signature");
    }

    /**
     * Makes and signs a certificate.
     *
     * @param signer the card CA: message in, raw low-S signature of 64 bytes out
     */
    public static CardCertificate sign(
            long fund,
            int caKey,
            byte[] cardId,
            byte[] publicKey33,
            int lastPeriod,
            int flags,
            UnaryOperator<byte[]> signer) {
        CardCertificate unsigned =
                new CardCertificate(fund, caKey, cardId, publicKey33, lastPeriod, flags, new byte[64]);
        byte[] signature = signer.apply(unsigned.signedBytes());
        return new CardCertificate(fund, caKey, cardId, publicKey33, lastPeriod, flags, signature);
    }

    /** Reads the layout; says nothing yet about the signature. */
    public static CardCertificate decode(byte[] bytes) throws Malformed {
        Layout in = Layout.reading(bytes, LENGTH, "card certificate");
        if (in.uint8() != TAG) {
            throw new Malformed("not a card certificate");
        }
        CardCertificate read = new CardCertificate(
                in.uint32(), in.uint8(), in.bytes(8), in.bytes(33), in.uint16(), in.uint8(), in.bytes(64));
        if (read.publicKey33[0] != 2 && read.publicKey33[0] != 3) {
            throw new Malformed("card certificate: the key is not compressed");
        }
        if ((read.flags & ~FLAG_TEST) != 0) {
            throw new Malformed("card certificate: unknown flags");
        }
        return read;
    }

    /** The 114 bytes. */
    public byte[] encode() {
        return Layout.writing(LENGTH).bytes(signedBytes()).bytes(signature).written();
    }

    /** The 50 bytes under the signature. */
    public byte[] signedBytes() {
        return Layout.writing(SIGNED_LENGTH)
                .uint8(TAG)
                .uint32(fund)
                .uint8(caKey)
                .bytes(cardId)
                .bytes(publicKey33)
                .uint16(lastPeriod)
                .uint8(flags)
                .written();
    }

    /** Whether the card CA's key (33 or 65 bytes) signed this; a high-S signature is refused. */
    public boolean verify(byte[] caPublic) {
        return P256.verifyLowS(caPublic, signedBytes(), signature);
    }

    /** Whether this is a test card. */
    public boolean test() {
        return (flags & FLAG_TEST) != 0;
    }

    @Override
    public byte[] cardId() {
        return cardId.clone();
    }

    @Override
    public byte[] publicKey33() {
        return publicKey33.clone();
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CardCertificate that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }
}

package etal.protocol.card;

import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * The hub's word that a month has begun: 77 bytes, "Period token" in docs/card.md. One for the whole fund; every
 * card loads its own entitlement with it, once. Immutable; equal when the bytes are.
 *
 * @param fund the fund, 32 bits unsigned
 * @param period the month, see {@link Period}
 * @param slot issuing key slot, 0 or 1
 * @param issuedAtSeconds time of issue, Unix seconds, 32 bits unsigned
 * @param signature raw {@code r || s}, 64 bytes
 */
public record PeriodToken(long fund, int period, int slot, long issuedAtSeconds, byte[] signature) {
    /** Length of the whole, in bytes. */
    public static final int LENGTH = 77;

    private static final int SIGNED_LENGTH = 13;
    private static final int TAG = 0x4550;

    /** @throws IllegalArgumentException if the signature has not 64 bytes */
    public PeriodToken {
        signature = Layout.copy(signature, 64, "signature");
    }

    /**
     * Makes and signs a token.
     *
     * @param signer the issuing key of that slot: message in, raw low-S signature of 64 bytes out
     */
    public static PeriodToken sign(
            long fund, int period, int slot, long issuedAtSeconds, UnaryOperator<byte[]> signer) {
        PeriodToken unsigned = new PeriodToken(fund, period, slot, issuedAtSeconds, new byte[64]);
        return new PeriodToken(fund, period, slot, issuedAtSeconds, signer.apply(unsigned.signedBytes()));
    }

    /** Reads the layout; says nothing yet about the signature. */
    public static PeriodToken decode(byte[] bytes) throws Malformed {
        Layout in = Layout.reading(bytes, LENGTH, "period token");
        if (in.uint16() != TAG) {
            throw new Malformed("not a period token");
        }
        PeriodToken read = new PeriodToken(in.uint32(), in.uint16(), in.uint8(), in.uint32(), in.bytes(64));
        if (read.slot > 1) {
            throw new Malformed("period token: no such issuing slot");
        }
        return read;
    }

    /** The 77 bytes. */
    public byte[] encode() {
        return Layout.writing(LENGTH).bytes(signedBytes()).bytes(signature).written();
    }

    /** The 13 bytes under the signature. */
    public byte[] signedBytes() {
        return Layout.writing(SIGNED_LENGTH)
                .uint16(TAG)
                .uint32(fund)
                .uint16(period)
                .uint8(slot)
                .uint32(issuedAtSeconds)
                .written();
    }

    /** Whether the issuing key (33 or 65 bytes) signed this; a high-S signature is refused. */
    public boolean verify(byte[] issuingPublic) {
        return P256.verifyLowS(issuingPublic, signedBytes(), signature);
    }

    /** SHA-256 of the 77 bytes, as a load's record names it. */
    public byte[] hash() {
        return Hash.sha256(encode());
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeriodToken that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }
}

package etal.protocol.card;

import etal.protocol.cbor.Malformed;
import etal.protocol.cose.P256;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * What a terminal shows a card to be introduced: 146 bytes, "Terminal certificate for cards" in docs/card.md.
 * Immutable; equal when the bytes are.
 *
 * @param fund the fund, 32 bits unsigned
 * @param caKey number of the terminal CA's key, 0 to 255
 * @param terminal the terminal, 32 bits unsigned
 * @param epoch the terminal's epoch, 32 bits unsigned
 * @param agreementKey65 the terminal's key agreement key, P-256, uncompressed, 65 bytes
 * @param lastPeriod last period of validity, see {@link Period}
 * @param flags 0
 * @param signature raw {@code r || s}, 64 bytes
 */
public record TerminalCertificate(
        long fund,
        int caKey,
        long terminal,
        long epoch,
        byte[] agreementKey65,
        int lastPeriod,
        int flags,
        byte[] signature) {
    /** Length of the whole, in bytes. */
    public static final int LENGTH = 146;

    private static final int SIGNED_LENGTH = 82;
    private static final int TAG = 0x02;

    /** @throws IllegalArgumentException if an array has another length than said */
    public TerminalCertificate {
        agreementKey65 = Layout.copy(agreementKey65, 65, "key agreement key");
        signature = Layout.copy(signature, 64, "signature");
    }

    /**
     * Makes and signs a certificate.
     *
     * @param signer the terminal CA: message in, raw low-S signature of 64 bytes out
     */
    public static TerminalCertificate sign(
            long fund,
            int caKey,
            long terminal,
            long epoch,
            byte[] agreementKey65,
            int lastPeriod,
            UnaryOperator<byte[]> signer) {
        TerminalCertificate unsigned =
                new TerminalCertificate(fund, caKey, terminal, epoch, agreementKey65, lastPeriod, 0, new byte[64]);
        byte[] signature = signer.apply(unsigned.signedBytes());
        return new TerminalCertificate(fund, caKey, terminal, epoch, agreementKey65, lastPeriod, 0, signature);
    }

    /** Reads the layout; says nothing yet about the signature. */
    public static TerminalCertificate decode(byte[] bytes) throws Malformed {
        Layout in = Layout.reading(bytes, LENGTH, "terminal certificate");
        if (in.uint8() != TAG) {
            throw new Malformed("not a terminal certificate");
        }
        TerminalCertificate read = new TerminalCertificate(
                in.uint32(), in.uint8(), in.uint32(), in.uint32(), in.bytes(65), in.uint16(), in.uint8(), in.bytes(64));
        if (read.agreementKey65[0] != 4) {
            throw new Malformed("terminal certificate: the key is not uncompressed");
        }
        if (read.flags != 0) {
            throw new Malformed("terminal certificate: unknown flags");
        }
        return read;
    }

    /** The 146 bytes. */
    public byte[] encode() {
        return Layout.writing(LENGTH).bytes(signedBytes()).bytes(signature).written();
    }

    /** The 82 bytes under the signature. */
    public byte[] signedBytes() {
        return Layout.writing(SIGNED_LENGTH)
                .uint8(TAG)
                .uint32(fund)
                .uint8(caKey)
                .uint32(terminal)
                .uint32(epoch)
                .bytes(agreementKey65)
                .uint16(lastPeriod)
                .uint8(flags)
                .written();
    }

    /** Whether the terminal CA's key (33 or 65 bytes) signed this; a high-S signature is refused. */
    public boolean verify(byte[] caPublic) {
        return P256.verifyLowS(caPublic, signedBytes(), signature);
    }

    @Override
    public byte[] agreementKey65() {
        return agreementKey65.clone();
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TerminalCertificate that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }
}

package etal.applet;

import javacard.framework.Util;

/**
 * Signatures between the chip's DER ({@code SEQUENCE} of two {@code INTEGER}, 8 to 72 bytes) and the raw 64 bytes
 * {@code r || s} of the contract.
 */
final class Der {
    private static final byte SEQUENCE = 0x30;
    private static final byte INTEGER = 0x02;
    private static final short HALF = 32;

    private Der() {}

    /** Writes 64 bytes. The DER comes from this chip and is not outside input. */
    static void toRaw(byte[] der, short derAt, byte[] raw, short rawAt) {
        short at = integerToHalf(der, (short) (derAt + 2), raw, rawAt);
        integerToHalf(der, at, raw, (short) (rawAt + HALF));
    }

    private static short integerToHalf(byte[] der, short at, byte[] raw, short rawAt) {
        short length = (short) (der[(short) (at + 1)] & 0xFF);
        short from = (short) (at + 2);
        short end = (short) (from + length);
        if (length > HALF) {
            // A leading zero byte that only keeps the number positive.
            from = (short) (end - HALF);
            length = HALF;
        }
        short pad = (short) (HALF - length);
        Util.arrayFillNonAtomic(raw, rawAt, pad, (byte) 0);
        Util.arrayCopyNonAtomic(der, from, raw, (short) (rawAt + pad), length);
        return end;
    }

    /** Writes the DER form of any 64 bytes and returns its length. */
    static short fromRaw(byte[] raw, short rawAt, byte[] der, short derAt) {
        short at = halfToInteger(raw, rawAt, der, (short) (derAt + 2));
        at = halfToInteger(raw, (short) (rawAt + HALF), der, at);
        der[derAt] = SEQUENCE;
        der[(short) (derAt + 1)] = (byte) (at - derAt - 2);
        return (short) (at - derAt);
    }

    private static short halfToInteger(byte[] raw, short rawAt, byte[] der, short at) {
        short skip = 0;
        while (skip < (short) (HALF - 1) && raw[(short) (rawAt + skip)] == 0) {
            skip++;
        }
        short length = (short) (HALF - skip);
        short pad = (short) (raw[(short) (rawAt + skip)] < 0 ? 1 : 0);
        der[at] = INTEGER;
        der[(short) (at + 1)] = (byte) (length + pad);
        der[(short) (at + 2)] = 0;
        return Util.arrayCopyNonAtomic(raw, (short) (rawAt + skip), der, (short) (at + 2 + pad), length);
    }
}

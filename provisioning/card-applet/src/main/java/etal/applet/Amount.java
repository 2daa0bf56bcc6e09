package etal.applet;

/**
 * Big-endian 32-bit two's complement in byte arrays. Java Card's {@code int} is optional and most cards lack it, so the
 * sums go byte by byte; every intermediate fits a short.
 */
final class Amount {
    static final short LENGTH = 4;

    private Amount() {}

    /** Writes {@code a + b}, wrapped to 32 bits; the caller judges the sign. */
    static void add(byte[] a, short aAt, byte[] b, short bAt, byte[] sum, short sumAt) {
        short carry = 0;
        for (short i = 3; i >= 0; i--) {
            short digit = (short) ((a[(short) (aAt + i)] & 0xFF) + (b[(short) (bAt + i)] & 0xFF) + carry);
            sum[(short) (sumAt + i)] = (byte) digit;
            carry = (short) (digit >> 8);
        }
    }

    /** Writes {@code a - b}, wrapped to 32 bits; the caller judges the sign. */
    static void subtract(byte[] a, short aAt, byte[] b, short bAt, byte[] difference, short differenceAt) {
        short borrow = 0;
        for (short i = 3; i >= 0; i--) {
            short digit = (short) ((a[(short) (aAt + i)] & 0xFF) - (b[(short) (bAt + i)] & 0xFF) - borrow);
            difference[(short) (differenceAt + i)] = (byte) digit;
            borrow = (short) (digit < 0 ? 1 : 0);
        }
    }

    /** Adds one. The caller has made sure that the number is not all ones. */
    static void increment(byte[] a, short at) {
        for (short i = (short) (at + 3); i >= at; i--) {
            a[i]++;
            if (a[i] != 0) {
                return;
            }
        }
    }

    static boolean isNegative(byte[] a, short at) {
        return a[at] < 0;
    }

    static boolean isZero(byte[] a, short at, short length) {
        byte seen = 0;
        for (short i = 0; i < length; i++) {
            seen |= a[(short) (at + i)];
        }
        return seen == 0;
    }

    static boolean isPositive(byte[] a, short at) {
        return !isNegative(a, at) && !isZero(a, at, LENGTH);
    }

    /** True when all bits are ones: the counter that cannot be counted on. */
    static boolean isLast(byte[] a, short at) {
        byte seen = (byte) 0xFF;
        for (short i = 0; i < LENGTH; i++) {
            seen &= a[(short) (at + i)];
        }
        return seen == (byte) 0xFF;
    }

    /** Compares two unsigned 16-bit numbers. */
    static boolean isBelow(short a, short b) {
        return (short) (a ^ (short) 0x8000) < (short) (b ^ (short) 0x8000);
    }
}

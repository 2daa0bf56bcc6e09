package etal.applet;

import javacard.framework.Util;

/**
 * Big-endian 32-bit two's complement in byte arrays. Java Card's {@code int} is optional and most cards lack it, so the
 * sums go by halves of 16 bits; what a half carries over is seen by comparing it as an unsigned number.
 */
final class Amount {
    static final short LENGTH = 4;

    private Amount() {}

    /** Writes {@code a + b}, wrapped to 32 bits; the caller judges the sign. */
    static void add(byte[] a, short aAt, byte[] b, short bAt, byte[] sum, short sumAt) {
        short aLow = Util.getShort(a, (short) (aAt + 2));
        short low = (short) (aLow + Util.getShort(b, (short) (bAt + 2)));
        short high = (short) (Util.getShort(a, aAt) + Util.getShort(b, bAt));
        if (isBelow(low, aLow)) {
            high++;
        }
        Util.setShort(sum, sumAt, high);
        Util.setShort(sum, (short) (sumAt + 2), low);
    }

    /** Writes {@code a - b}, wrapped to 32 bits; the caller judges the sign. */
    static void subtract(byte[] a, short aAt, byte[] b, short bAt, byte[] difference, short differenceAt) {
        short aLow = Util.getShort(a, (short) (aAt + 2));
        short bLow = Util.getShort(b, (short) (bAt + 2));
        short high = (short) (Util.getShort(a, aAt) - Util.getShort(b, bAt));
        if (isBelow(aLow, bLow)) {
            high--;
        }
        Util.setShort(difference, differenceAt, high);
        Util.setShort(difference, (short) (differenceAt + 2), (short) (aLow - bLow));
    }

    /** Adds one, wrapped to 32 bits. */
    static void increment(byte[] a, short at) {
        short low = (short) (Util.getShort(a, (short) (at + 2)) + 1);
        Util.setShort(a, (short) (at + 2), low);
        if (low == 0) {
            Util.setShort(a, at, (short) (Util.getShort(a, at) + 1));
        }
    }

    static boolean isNegative(byte[] a, short at) {
        return a[at] < 0;
    }

    static boolean isZero(byte[] a, short at) {
        return (short) (Util.getShort(a, at) | Util.getShort(a, (short) (at + 2))) == 0;
    }

    /** True when three numbers in a row, 12 bytes, are all zero. */
    static boolean areZero(byte[] three, short at) {
        return isZero(three, at) && isZero(three, (short) (at + 4)) && isZero(three, (short) (at + 8));
    }

    static boolean isPositive(byte[] a, short at) {
        return !isNegative(a, at) && !isZero(a, at);
    }

    /** True when all bits are ones: the counter that cannot be counted on. */
    static boolean isLast(byte[] a, short at) {
        return (short) (Util.getShort(a, at) & Util.getShort(a, (short) (at + 2))) == (short) -1;
    }

    /** Compares two unsigned 16-bit numbers. */
    static boolean isBelow(short a, short b) {
        return (short) (a ^ (short) 0x8000) < (short) (b ^ (short) 0x8000);
    }

    /** Compares two unsigned 32-bit numbers. {@code Util.arrayCompare} does not promise to take bytes as unsigned. */
    static boolean isBelow(byte[] a, short aAt, byte[] b, short bAt) {
        short aHigh = Util.getShort(a, aAt);
        short bHigh = Util.getShort(b, bAt);
        if (aHigh != bHigh) {
            return isBelow(aHigh, bHigh);
        }
        return isBelow(Util.getShort(a, (short) (aAt + 2)), Util.getShort(b, (short) (bAt + 2)));
    }
}

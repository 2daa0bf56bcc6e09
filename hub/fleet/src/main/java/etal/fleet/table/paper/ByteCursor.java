package etal.fleet.table.paper;

import java.util.Arrays;

/** Goes through bytes and never past their end: what is missing reads as zero. One thread. */
final class ByteCursor {
    private final byte[] bytes;
    private int at;

    ByteCursor(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean hasMore() {
        return at < bytes.length;
    }

    int next() {
        return hasMore() ? bytes[at++] & 0xFF : 0;
    }

    /** Two bytes, the low one first. */
    int nextTwo() {
        int low = next();
        return low | next() << 8;
    }

    /** Four bytes, the low one first. */
    long nextFour() {
        long low = nextTwo();
        return low | (long) nextTwo() << 16;
    }

    /** So many bytes, or as many as there are. */
    byte[] take(int count) {
        int until = Math.min(bytes.length, at + count);
        byte[] taken = Arrays.copyOfRange(bytes, at, until);
        at = until;
        return taken;
    }

    void skip(long count) {
        at = (int) Math.min(bytes.length, at + count);
    }

    /** Skips up to and with the first zero. */
    void skipPastZero() {
        while (hasMore() && next() != 0) {
            // The loop's condition does the work.
        }
    }
}

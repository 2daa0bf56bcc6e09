package etal.hub.trace;

import org.jspecify.annotations.Nullable;

/**
 * A few bytes of something signed, and what they say. The array is not copied: nobody may change it.
 *
 * @param offset of the first byte in the whole
 * @param depth how deep it lies within other pieces, from 0
 * @param bytes these bytes, without those of the pieces within
 * @param name of the field, such as {@code entry.3}: key 3 of the map {@code entry} of etal.cddl
 * @param says what the bytes mean: a {@link Long}, a {@link Boolean}, a {@link String}, or null where they are themselves
 * @param as how a number is meant
 */
public record Piece(
        int offset,
        int depth,
        byte[] bytes,
        String name,
        @Nullable Object says,
        As as) {
    /** How a number is meant. */
    public enum As {
        /** A number, a text, or bytes that mean themselves. */
        PLAIN,
        /** An amount, in the unit's smallest part. */
        CENTS,
        /** Milliseconds since 1970. */
        MILLIS,
        /** Seconds since 1970. */
        SECONDS,
        /** A month, see {@link etal.protocol.card.Period}. */
        MONTH,
        /** A rate in per mille. */
        PERMILLE,
        /** A share in per cent. */
        PERCENT,
        /** How many items lie within. */
        ITEMS,
        /** How many bytes lie within. */
        BYTES
    }
}

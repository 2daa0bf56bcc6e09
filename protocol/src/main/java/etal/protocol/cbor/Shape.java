package etal.protocol.cbor;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks one CBOR item and refuses every form but the deterministic one of RFC 8949, 4.2.1, within our subset: integers,
 * byte and text strings, arrays, maps with strictly ascending keys, true and false; the tags 18 and 96 outermost.
 *
 * <p>It stands before the library, because the library's canonical mode allows no tags and four levels only. It reads
 * nothing beyond the array, allocates nothing that a length field asks for, and recurses at most {@link #DEPTH_MAX} deep.
 */
final class Shape {
    static final int DEPTH_MAX = 8;

    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;

    private final byte[] in;
    private int at;

    private Shape(byte[] in, int start) {
        this.in = in;
        this.at = start;
    }

    /** Checks the item that begins at {@code start}; returns the index after it. */
    static int end(byte[] in, int start) throws Malformed {
        Shape shape = new Shape(in, start);
        shape.item(0);
        return shape.at;
    }

    private void item(int depth) throws Malformed {
        if (depth > DEPTH_MAX) throw new Malformed("nested deeper than " + DEPTH_MAX);
        int start = at;
        int initial = next();
        int major = initial >>> 5;
        if (major > TAG) {
            if (initial != 0xf4 && initial != 0xf5) throw at(start, "a float, null or other simple value");
            return;
        }
        long argument = argument(initial & 0x1f, start);
        switch (major) {
            case UNSIGNED, NEGATIVE -> {
                if (argument < 0) throw at(start, "an integer beyond 63 bits");
            }
            case BYTES -> skip(argument, start);
            case TEXT -> text(argument, start);
            case ARRAY -> array(argument, depth, start);
            case MAP -> map(argument, depth, start);
            default -> {
                if (depth > 0 || (argument != 18 && argument != 96)) throw at(start, "a tag");
                item(1);
            }
        }
    }

    private void array(long count, int depth, int start) throws Malformed {
        bounded(count, 1, start);
        for (long i = 0; i < count; i++) item(depth + 1);
    }

    private void map(long count, int depth, int start) throws Malformed {
        bounded(count, 2, start);
        int keyStart = -1;
        int keyEnd = -1;
        for (long i = 0; i < count; i++) {
            int from = at;
            if (from < in.length && (in[from] & 0xff) >>> 5 > TEXT)
                throw at(from, "a key that is no integer or string");
            item(depth + 1);
            if (keyStart >= 0 && Arrays.compareUnsigned(in, keyStart, keyEnd, in, from, at) >= 0) {
                throw at(from, "a key repeated or out of order");
            }
            keyStart = from;
            keyEnd = at;
            item(depth + 1);
        }
    }

    private void text(long length, int start) throws Malformed {
        int from = at;
        skip(length, start);
        try {
            // A new decoder reports malformed input, where String would replace it.
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in, from, at - from));
        } catch (CharacterCodingException e) {
            throw new Malformed("text that is not UTF-8 at byte " + start, e);
        }
    }

    /** The argument of a head; negative where it needs the 64th bit. Only the shortest form passes. */
    private long argument(int info, int start) throws Malformed {
        if (info < 24) return info;
        if (info > 27) throw at(start, "an indefinite or reserved length");
        int bytes = 1 << (info - 24);
        long value = 0;
        for (int i = 0; i < bytes; i++) value = value << 8 | next();
        boolean shorter = bytes == 1 ? value < 24 : value >>> (bytes * 4) == 0;
        if (shorter) throw at(start, "a head that is longer than needed");
        return value;
    }

    private void bounded(long count, int bytesEach, int start) throws Malformed {
        // Each element takes a byte at least, so a greater count can never be served.
        if (count < 0 || count > (in.length - at) / bytesEach) throw at(start, "a length beyond the end");
    }

    private void skip(long length, int start) throws Malformed {
        bounded(length, 1, start);
        at += (int) length;
    }

    private int next() throws Malformed {
        if (at >= in.length) throw new Malformed("ends within an item");
        return in[at++] & 0xff;
    }

    private static Malformed at(int index, String what) {
        return new Malformed(what + " at byte " + index);
    }
}

package etal.fsck.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads one deterministic CBOR item (RFC 8949, 4.2.1): shortest heads, definite lengths, sorted keys, no floats, no tag
 * but 18 and that only outermost, nothing behind the end. Whatever two encodings could mean the same, one is refused, so
 * that no byte can be changed without changing a value.
 */
public final class CborReader {
    private static final int DEPTH_MAX = 8;

    private final byte[] bytes;
    private int at;

    private CborReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The value that {@code bytes} are. */
    public static Value read(byte[] bytes) throws Damage {
        CborReader reader = new CborReader(bytes);
        Value value = reader.value(0);
        if (reader.at != bytes.length) {
            throw new Damage("bytes behind the end of an item");
        }
        return value;
    }

    private Value value(int depth) throws Damage {
        if (depth > DEPTH_MAX) {
            throw new Damage("nested too deeply");
        }
        int first = next();
        long argument = argument(first & 31);
        return switch (first >> 5) {
            case 0 -> new Value.Whole(argument);
            case 1 -> new Value.Whole(-1 - argument);
            case 2 -> new Value.Bytes(take(argument));
            case 3 -> new Value.Text(text(take(argument)));
            case 4 -> items(argument, depth);
            case 5 -> fields(argument, depth);
            case 6 -> signed(argument, depth);
            default -> truth(first);
        };
    }

    private long argument(int low) throws Damage {
        if (low < 24) {
            return low;
        }
        if (low > 27) {
            throw new Damage("a length that CBOR here does not have");
        }
        int width = 1 << (low - 24);
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | next();
        }
        long least = width == 1 ? 24 : 1L << (width * 4);
        if (value < 0) {
            throw new Damage("a number beyond 63 bits");
        }
        if (value < least) {
            throw new Damage("a number not in its shortest form");
        }
        return value;
    }

    private Value items(long count, int depth) throws Damage {
        bound(count);
        List<Value> values = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            values.add(value(depth + 1));
        }
        return new Value.Items(List.copyOf(values));
    }

    private Value fields(long count, int depth) throws Damage {
        bound(count);
        TreeMap<Long, Value> values = new TreeMap<>();
        byte[] before = new byte[0];
        for (long i = 0; i < count; i++) {
            int start = at;
            if (!(value(depth + 1) instanceof Value.Whole key)) {
                throw new Damage("a key that is not a number");
            }
            byte[] encoded = Arrays.copyOfRange(bytes, start, at);
            if (Arrays.compareUnsigned(before, encoded) >= 0) {
                throw new Damage("keys out of order or twice");
            }
            before = encoded;
            values.put(key.value(), value(depth + 1));
        }
        return new Value.Fields(values);
    }

    private Value signed(long tag, int depth) throws Damage {
        if (tag != 18 || depth != 0) {
            throw new Damage("a tag that has no place here");
        }
        return new Value.Signed(value(depth + 1));
    }

    private static Value truth(int first) throws Damage {
        return switch (first) {
            case 0xf4 -> new Value.Truth(false);
            case 0xf5 -> new Value.Truth(true);
            default -> throw new Damage("a simple value or float that has no place here");
        };
    }

    private static String text(byte[] utf8) throws Damage {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException invalid) {
            throw new Damage("text that is not UTF-8");
        }
    }

    private byte[] take(long length) throws Damage {
        bound(length);
        at += (int) length;
        return Arrays.copyOfRange(bytes, at - (int) length, at);
    }

    private void bound(long count) throws Damage {
        // Every element has at least one byte, so a count beyond what is left is false whatever follows.
        if (count > bytes.length - at) {
            throw new Damage("cut short");
        }
    }

    private int next() throws Damage {
        bound(1);
        return bytes[at++] & 0xff;
    }
}

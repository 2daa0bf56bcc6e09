package etal.protocol.cbor;

import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import java.util.Arrays;

/**
 * Deterministic CBOR: one way to write a value, and only that way is read (RFC 8949, 4.2.1). Without floats, nulls,
 * indefinite lengths; tags 18 and 96 outermost only. Stateless; safe for use by any thread.
 */
public final class Cbor {
    /** The longest item that is read: 1 MiB. */
    public static final int LENGTH_MAX = 1 << 20;

    /** One above the greatest unsigned integer we use; what every language's numbers hold exactly. */
    public static final long UINT_LIMIT = 1L << 53;

    private Cbor() {}

    /** The one encoding of {@code value}. A value outside the subset is a bug of the caller. */
    public static byte[] encode(CBORObject value) {
        byte[] bytes = value.EncodeToBytes();
        try {
            if (Shape.end(bytes, 0) != bytes.length) throw new IllegalStateException("encoded more than one item");
        } catch (Malformed e) {
            throw new IllegalStateException("not in our subset of CBOR", e);
        }
        return bytes;
    }

    /** Reads exactly one item of at most {@link #LENGTH_MAX} bytes in its deterministic form. */
    public static CBORObject decode(byte[] bytes) throws Malformed {
        if (bytes.length > LENGTH_MAX) throw new Malformed("longer than " + LENGTH_MAX + " bytes");
        int end = Shape.end(bytes, 0);
        if (end != bytes.length) throw new Malformed("bytes after the item, from " + end);
        try {
            return CBORObject.DecodeFromBytes(bytes);
        } catch (CBORException e) {
            throw new Malformed("not CBOR", e);
        }
    }

    /** Like {@link #decode}, and the item must be a map. */
    public static CBORObject decodeMap(byte[] bytes) throws Malformed {
        CBORObject map = decode(bytes);
        if (map.isTagged() || map.getType() != CBORType.Map) throw new Malformed("not a map");
        return map;
    }

    /** The unsigned integer at {@code key}, below 2^53. */
    public static long uint(CBORObject map, int key) throws Malformed {
        return asUint(value(map, key), "key " + key);
    }

    /** The unsigned integer at {@code key}, {@code min} to {@code max}, both included. */
    public static long uint(CBORObject map, int key, long min, long max) throws Malformed {
        return within(uint(map, key), min, max, "key " + key);
    }

    /** {@code value} as an unsigned integer below 2^53; {@code what} names it in the complaint. */
    public static long asUint(CBORObject value, String what) throws Malformed {
        return asInt(value, 0, UINT_LIMIT - 1, what);
    }

    /** {@code value} as an integer, {@code min} to {@code max}, both included. */
    public static long asInt(CBORObject value, long min, long max, String what) throws Malformed {
        if (value.getType() != CBORType.Integer || !value.CanValueFitInInt64()) {
            throw new Malformed(what + " is not an integer");
        }
        return within(value.AsInt64Value(), min, max, what);
    }

    /** The byte string at {@code key}; a copy. */
    public static byte[] bytes(CBORObject map, int key) throws Malformed {
        return asBytes(value(map, key), "key " + key);
    }

    /** The byte string at {@code key}, of this length. */
    public static byte[] bytes(CBORObject map, int key, int exactLength) throws Malformed {
        return asBytes(value(map, key), exactLength, "key " + key);
    }

    /** {@code value} as a byte string; a copy. */
    public static byte[] asBytes(CBORObject value, String what) throws Malformed {
        if (value.getType() != CBORType.ByteString) throw new Malformed(what + " is not a byte string");
        return value.GetByteString().clone();
    }

    /** {@code value} as a byte string of this length; a copy. */
    public static byte[] asBytes(CBORObject value, int exactLength, String what) throws Malformed {
        byte[] bytes = asBytes(value, what);
        if (bytes.length != exactLength) {
            throw new Malformed(what + " has " + bytes.length + " bytes, not " + exactLength);
        }
        return bytes;
    }

    /** The text at {@code key}, of any length. */
    public static String text(CBORObject map, int key) throws Malformed {
        return asText(value(map, key), LENGTH_MAX, "key " + key);
    }

    /** The text at {@code key}: at least one character and at most {@code charsMax}, none of them a control. */
    public static String text(CBORObject map, int key, int charsMax) throws Malformed {
        return asLine(value(map, key), charsMax, "key " + key);
    }

    /** {@code value} as one line of text: 1 to {@code charsMax} characters, none of them a control. */
    public static String asLine(CBORObject value, int charsMax, String what) throws Malformed {
        String text = asText(value, charsMax, what);
        if (text.isEmpty()) throw new Malformed(what + " is empty");
        if (text.chars().anyMatch(Character::isISOControl)) throw new Malformed(what + " holds a control character");
        return text;
    }

    private static String asText(CBORObject value, int charsMax, String what) throws Malformed {
        if (value.getType() != CBORType.TextString) throw new Malformed(what + " is not text");
        String text = value.AsString();
        if (text.length() > charsMax) throw new Malformed(what + " is longer than " + charsMax);
        return text;
    }

    /** The truth value at {@code key}. */
    public static boolean bool(CBORObject map, int key) throws Malformed {
        CBORObject value = value(map, key);
        if (value.getType() != CBORType.Boolean) throw new Malformed("key " + key + " is not true or false");
        return value.isTrue();
    }

    /** The array at {@code key}. */
    public static CBORObject array(CBORObject map, int key) throws Malformed {
        CBORObject value = value(map, key);
        if (value.getType() != CBORType.Array) throw new Malformed("key " + key + " is not an array");
        return value;
    }

    /** The array at {@code key}, with {@code min} to {@code max} elements. */
    public static CBORObject array(CBORObject map, int key, int min, int max) throws Malformed {
        CBORObject array = array(map, key);
        within(array.size(), min, max, "the count at key " + key);
        return array;
    }

    /** {@code value} as an array of exactly {@code count} elements. */
    public static CBORObject asArray(CBORObject value, int count, String what) throws Malformed {
        if (value.getType() != CBORType.Array || value.size() != count) {
            throw new Malformed(what + " is not an array of " + count);
        }
        return value;
    }

    /** Whether {@code map} holds {@code key}. */
    public static boolean has(CBORObject map, int key) throws Malformed {
        if (map.getType() != CBORType.Map) throw new Malformed("not a map");
        return map.ContainsKey(CBORObject.FromObject(key));
    }

    /** The value at {@code key}, which must be there. */
    public static CBORObject value(CBORObject map, int key) throws Malformed {
        if (!has(map, key)) throw new Malformed("key " + key + " is missing");
        return map.get(CBORObject.FromObject(key));
    }

    /** Refuses a map that holds any other key than these; they need not all be there. */
    public static void onlyKeys(CBORObject map, int... keys) throws Malformed {
        // Asked of the value itself, because an empty list of keys asks nothing below.
        if (map.getType() != CBORType.Map) throw new Malformed("not a map");
        long held = 0;
        for (int key : keys) held += has(map, key) ? 1 : 0;
        if (held != map.size()) throw new Malformed("keys other than " + Arrays.toString(keys));
    }

    private static long within(long value, long min, long max, String what) throws Malformed {
        if (value < min || value > max) throw new Malformed(what + " is " + value + ", not " + min + ".." + max);
        return value;
    }
}

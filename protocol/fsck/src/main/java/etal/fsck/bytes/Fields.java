package etal.fsck.bytes;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The fields of a map by number, each of the type the contract gives it; a field too many or of another type is damage. */
public final class Fields {
    private final String what;
    private final SortedMap<Long, Value> values;

    private Fields(String what, SortedMap<Long, Value> values) {
        this.what = what;
        this.values = values;
    }

    /**
     * The fields of {@code value}.
     *
     * @param what what the map is, for the reason of a damage
     * @param required the keys that must be there
     * @param optional the keys that may be there
     */
    public static Fields of(String what, Value value, List<Integer> required, List<Integer> optional) throws Damage {
        if (!(value instanceof Value.Fields map)) {
            throw new Damage(what + " is not a map");
        }
        for (int key : required) {
            if (!map.values().containsKey((long) key)) {
                throw new Damage(what + " lacks field " + key);
            }
        }
        for (long key : map.values().keySet()) {
            if (key > Integer.MAX_VALUE || !(required.contains((int) key) || optional.contains((int) key))) {
                throw new Damage(what + " has a field " + key + " that nobody knows");
            }
        }
        return new Fields(what, map.values());
    }

    /** Whether an optional field is there. */
    public boolean has(int key) {
        return values.containsKey((long) key);
    }

    /** A field as it is. */
    public Value value(int key) throws Damage {
        Value value = values.get((long) key);
        if (value == null) {
            throw new Damage(what + " lacks field " + key);
        }
        return value;
    }

    /** A number from 0. */
    public long uint(int key) throws Damage {
        return uint(name(key), value(key));
    }

    /** A byte string. */
    public byte[] bytes(int key) throws Damage {
        if (value(key) instanceof Value.Bytes bytes) {
            return bytes.value();
        }
        throw new Damage(name(key) + " is not a byte string");
    }

    /** A byte string of a fixed length. */
    public byte[] bytes(int key, int length) throws Damage {
        byte[] bytes = bytes(key);
        if (bytes.length != length) {
            throw new Damage(name(key) + " has " + bytes.length + " bytes instead of " + length);
        }
        return bytes;
    }

    /** A hash. */
    public Digest digest(int key) throws Damage {
        return Digest.read(bytes(key, Digest.BYTES));
    }

    /** A text. */
    public String text(int key) throws Damage {
        if (value(key) instanceof Value.Text text) {
            return text.value();
        }
        throw new Damage(name(key) + " is not a text");
    }

    /** True or false. */
    public boolean truth(int key) throws Damage {
        if (value(key) instanceof Value.Truth truth) {
            return truth.value();
        }
        throw new Damage(name(key) + " is neither true nor false");
    }

    /** An array. */
    public List<Value> items(int key) throws Damage {
        return items(name(key), value(key));
    }

    /** An array of a fixed length. */
    public List<Value> items(int key, int length) throws Damage {
        return items(name(key), value(key), length);
    }

    /** A value as an array of a fixed length. */
    public static List<Value> items(String what, Value value, int length) throws Damage {
        List<Value> items = items(what, value);
        if (items.size() != length) {
            throw new Damage(what + " has " + items.size() + " elements instead of " + length);
        }
        return items;
    }

    /** A value as a number from 0. */
    public static long uint(String what, @Nullable Value value) throws Damage {
        if (value instanceof Value.Whole whole && whole.value() >= 0) {
            return whole.value();
        }
        throw new Damage(what + " is not a number from 0");
    }

    public static List<Value> items(String what, Value value) throws Damage {
        if (value instanceof Value.Items items) {
            return items.values();
        }
        throw new Damage(what + " is not an array");
    }

    private String name(int key) {
        return what + ", field " + key + ",";
    }
}

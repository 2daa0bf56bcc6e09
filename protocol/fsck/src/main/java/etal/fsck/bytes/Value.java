package etal.fsck.bytes;

import java.util.List;
import java.util.SortedMap;

/** A CBOR value of the kinds a ledger may hold; everything else is refused on reading. */
public sealed interface Value {
    /** An integer, major types 0 and 1, within 64 bits with sign. */
    record Whole(long value) implements Value {}

    /** A byte string. */
    record Bytes(byte[] value) implements Value {}

    /** A text string, valid UTF-8. */
    record Text(String value) implements Value {}

    /** An array. */
    record Items(List<Value> values) implements Value {}

    /** A map with integer keys. */
    record Fields(SortedMap<Long, Value> values) implements Value {}

    /** True or false. */
    record Truth(boolean value) implements Value {}

    /** Tag 18, a COSE_Sign1, around its content. */
    record Signed(Value content) implements Value {}
}

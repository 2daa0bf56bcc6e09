package etal.protocol.sync;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries on their way up, with the terminal's certificates. It may come any number of times; what it holds carries its
 * own signatures, so it has none. Arrays are not copied: nobody may change them.
 *
 * @param terminal the terminal, 32 bits
 * @param epoch its epoch, 32 bits
 * @param certificates the terminal's chain, leaf first, root not included, DER
 * @param entries whole signed entries in order without gaps; what they say is for the receiver to check
 */
public record Batch(long terminal, long epoch, List<byte[]> certificates, List<byte[]> entries) {
    /** The most entries of one batch. */
    public static final int ENTRIES_MAX = 1_000;

    /** The most bytes of the entries of one batch together, so that the whole stays below {@link Cbor#LENGTH_MAX}. */
    public static final int ENTRY_BYTES_MAX = 900_000;

    private static final int CERTIFICATES_MAX = 4;

    public Batch {
        certificates = List.copyOf(certificates);
        entries = List.copyOf(entries);
    }

    /** The bytes to send. */
    public byte[] encode() {
        return Cbor.encode(CBORObject.NewMap()
                .Add(1, terminal)
                .Add(2, epoch)
                .Add(3, array(certificates))
                .Add(4, array(entries)));
    }

    /** Reads a batch. */
    public static Batch decode(byte[] bytes) throws Malformed {
        CBORObject map = Cbor.decodeMap(bytes);
        Cbor.onlyKeys(map, 1, 2, 3, 4);
        return new Batch(
                Cbor.uint(map, 1, 0, Topics.TERMINAL_MAX),
                Cbor.uint(map, 2, 0, Topics.TERMINAL_MAX),
                list(Cbor.array(map, 3, 1, CERTIFICATES_MAX)),
                list(Cbor.array(map, 4, 1, ENTRIES_MAX)));
    }

    private static CBORObject array(List<byte[]> items) {
        CBORObject array = CBORObject.NewArray();
        for (byte[] item : items) array.Add(item);
        return array;
    }

    private static List<byte[]> list(CBORObject array) throws Malformed {
        List<byte[]> items = new ArrayList<>();
        for (CBORObject item : array.getValues()) items.add(Cbor.asBytes(item, "an item of the batch"));
        return items;
    }
}

package etal.protocol.cbor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CBOR sequences (RFC 8742): items one after another, each in its deterministic form and of at most
 * {@link Cbor#LENGTH_MAX} bytes. Stateless; safe for use by any thread.
 */
public final class CborSequence {
    private CborSequence() {}

    /** The bytes of each item, in order; an empty array is an empty sequence. */
    public static List<byte[]> split(byte[] sequence) throws Malformed {
        List<byte[]> items = new ArrayList<>();
        int at = 0;
        while (at < sequence.length) {
            int end = Shape.end(sequence, at);
            if (end - at > Cbor.LENGTH_MAX) throw new Malformed("an item longer than " + Cbor.LENGTH_MAX + " bytes");
            items.add(Arrays.copyOfRange(sequence, at, end));
            at = end;
        }
        return items;
    }

    /**
     * The bytes of the next item, or null where the stream ends. What ends within an item is {@link Malformed}: the torn
     * tail of a medium. Reads no byte beyond the item.
     */
    public static byte @Nullable [] next(InputStream in) throws IOException, Malformed {
        int initial = in.read();
        if (initial < 0) return null;
        ByteArrayOutputStream item = new ByteArrayOutputStream();
        long pending = head(initial, in, item);
        while (pending > 0) {
            initial = in.read();
            if (initial < 0) throw new Malformed("ends within an item");
            pending += head(initial, in, item) - 1;
            if (pending > Cbor.LENGTH_MAX) throw new Malformed("an item longer than " + Cbor.LENGTH_MAX + " bytes");
        }
        byte[] bytes = item.toByteArray();
        if (Shape.end(bytes, 0) != bytes.length) throw new Malformed("not one item");
        return bytes;
    }

    /** Copies one head, and a string's bytes; returns how many items it announces. */
    private static long head(int initial, InputStream in, ByteArrayOutputStream item) throws IOException, Malformed {
        item.write(initial);
        int major = initial >>> 5;
        int info = initial & 0x1f;
        long argument = info;
        if (info > 27) throw new Malformed("an indefinite or reserved length");
        if (info >= 24) {
            argument = 0;
            for (byte b : copy(1 << (info - 24), in, item)) argument = argument << 8 | (b & 0xff);
        }
        if (major < 2 || major == 7) return 0;
        if (major == 6) return 1;
        if (argument < 0 || argument > Cbor.LENGTH_MAX - item.size()) {
            throw new Malformed("an item longer than " + Cbor.LENGTH_MAX + " bytes");
        }
        if (major < 4) copy((int) argument, in, item);
        return switch (major) {
            case 4 -> argument;
            case 5 -> 2 * argument;
            default -> 0;
        };
    }

    private static byte[] copy(int length, InputStream in, ByteArrayOutputStream item) throws IOException, Malformed {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) throw new Malformed("ends within an item");
        item.writeBytes(bytes);
        return bytes;
    }
}

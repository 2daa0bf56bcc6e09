package etal.fsck.bytes;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a CBOR sequence (RFC 8742) into its items while reading, one in memory at a time: a file may be larger than
 * memory. It looks at lengths only; {@link CborReader} judges the items.
 */
public final class ItemStream implements Closeable {
    /** The longest item of a ledger. */
    public static final int ITEM_BYTES_MAX = 1 << 20;

    private static final int DEPTH_MAX = 16;

    private final InputStream in;
    private ByteArrayOutputStream item = new ByteArrayOutputStream();

    /** Reads from {@code in} and closes it. */
    public ItemStream(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /** The bytes of the next item, or null at the end. */
    public byte @Nullable [] next() throws IOException, Damage {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        item = new ByteArrayOutputStream(512);
        item.write(first);
        follow(first, 0);
        return item.toByteArray();
    }

    /** Refuses bytes that are not exactly one well-formed item, deterministic or not. */
    public static void requireOne(byte[] bytes) throws Damage {
        try (ItemStream items = new ItemStream(new ByteArrayInputStream(bytes))) {
            if (items.next() == null || items.next() != null) {
                throw new Damage("not one CBOR item");
            }
        } catch (IOException impossible) {
            throw new IllegalStateException("memory can always be read", impossible);
        }
    }

    private void follow(int first, int depth) throws IOException, Damage {
        if (depth > DEPTH_MAX) {
            throw new Damage("nested too deeply");
        }
        int major = first >> 5;
        long argument = argument(first & 31);
        switch (major) {
            case 2, 3 -> copy(argument);
            case 4 -> follow(argument, depth);
            case 5 -> follow(Math.min(argument, ITEM_BYTES_MAX) * 2, depth);
            case 6 -> follow(1L, depth);
            default -> {
                if (major == 7 && (first < 0xf4 || first > 0xf6)) {
                    throw new Damage("a simple value or float that has no place here");
                }
            }
        }
    }

    private void follow(long count, int depth) throws IOException, Damage {
        for (long i = 0; i < count; i++) {
            follow(nextByte(), depth + 1);
        }
    }

    private long argument(int low) throws IOException, Damage {
        if (low < 24) {
            return low;
        }
        if (low > 27) {
            throw new Damage("a length that CBOR here does not have");
        }
        long value = 0;
        for (int i = 0; i < 1 << (low - 24); i++) {
            value = value << 8 | nextByte();
        }
        // A number with all 64 bits is no length that could follow: as a number it is for the reader to judge.
        return value < 0 ? Long.MAX_VALUE : value;
    }

    private int nextByte() throws IOException, Damage {
        int next = in.read();
        if (next < 0) {
            throw new Damage("cut short");
        }
        grow(1);
        item.write(next);
        return next;
    }

    private void copy(long length) throws IOException, Damage {
        grow(length);
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length != length) {
            throw new Damage("cut short");
        }
        item.writeBytes(bytes);
    }

    private void grow(long by) throws Damage {
        if (by > ITEM_BYTES_MAX - item.size()) {
            throw new Damage("an item longer than any entry");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

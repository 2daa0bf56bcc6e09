package etal.fsck.bytes;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 hash, compared by value. */
public record Digest(long a, long b, long c, long d) {
    /** The hash before the first entry. */
    public static final Digest ZERO = new Digest(0, 0, 0, 0);

    /** How many bytes a hash has. */
    public static final int BYTES = 32;

    /** The hash of {@code bytes}. */
    public static Digest of(byte[] bytes) {
        try {
            return read(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** A hash from its 32 bytes. */
    public static Digest read(byte[] hash) {
        if (hash.length != BYTES) {
            throw new IllegalArgumentException("a hash has 32 bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(hash);
        return new Digest(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    /** The 32 bytes. */
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(a)
                .putLong(b)
                .putLong(c)
                .putLong(d)
                .array();
    }

    /** 64 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}

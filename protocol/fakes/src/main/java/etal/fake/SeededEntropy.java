package etal.fake;

import etal.port.Entropy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Bytes that follow from a seed: SHA-256 of a key and a counter.
 *
 * <p>The whole seed counts (a {@link java.util.Random} would keep 48 bits of it), and {@link #fork} gives streams that do
 * not shift when another one is drawn from more often. Safe for use by any thread, but only one thread gives a
 * repeatable order.
 */
public final class SeededEntropy implements Entropy {
    private final byte[] key;
    private long block;
    private byte[] ready = new byte[0];

    /** The stream of a seed. */
    public SeededEntropy(long seed) {
        this(sha256(ByteBuffer.allocate(Long.BYTES).putLong(seed).array()));
    }

    private SeededEntropy(byte[] key) {
        this.key = key;
    }

    /** A stream of its own that follows from this one's seed and {@code name}, however much of this one is used. */
    public SeededEntropy fork(String name) {
        byte[] label = name.getBytes(StandardCharsets.UTF_8);
        return new SeededEntropy(sha256(ByteBuffer.allocate(key.length + label.length)
                .put(key)
                .put(label)
                .array()));
    }

    @Override
    public synchronized void fill(byte[] target) {
        int filled = 0;
        while (filled < target.length) {
            if (ready.length == 0) {
                ready = nextBlock();
            }
            int taken = Math.min(ready.length, target.length - filled);
            System.arraycopy(ready, 0, target, filled, taken);
            ready = Arrays.copyOfRange(ready, taken, ready.length);
            filled += taken;
        }
    }

    /** A number from 0 to {@code bound - 1}, each as likely as the others. */
    public long below(long bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("nothing lies below " + bound);
        }
        // Numbers beyond the last whole multiple of the bound are drawn again: they would favour the small ones.
        long limit = Long.MAX_VALUE - Long.MAX_VALUE % bound;
        while (true) {
            long drawn = ByteBuffer.wrap(bytes(Long.BYTES)).getLong() & Long.MAX_VALUE;
            if (drawn < limit) {
                return drawn % bound;
            }
        }
    }

    private byte[] nextBlock() {
        return sha256(ByteBuffer.allocate(key.length + Long.BYTES)
                .put(key)
                .putLong(block++)
                .array());
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

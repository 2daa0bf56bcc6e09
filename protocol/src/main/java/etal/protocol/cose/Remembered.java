package etal.protocol.cose;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What verifications and agreements have given, for somebody who meets the same ones again and again: both are functions of
 * their bytes alone, so that a remembered result is the result. It holds for what runs within {@link #during} and for
 * nothing else. It keeps secrets that two keys share: not for a process that must not keep them. Bounded; for one thread.
 */
public final class Remembered {
    private static final ScopedValue<Remembered> NOW = ScopedValue.newInstance();

    private final int entriesMost;
    private final Map<ByteBuffer, byte[]> results;

    /** Remembers at most so many results, the newest. */
    public Remembered(int entriesMost) {
        this.entriesMost = entriesMost;
        this.results = new Newest();
    }

    @SuppressWarnings("serial")
    private final class Newest extends LinkedHashMap<ByteBuffer, byte[]> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, byte[]> eldest) {
            return size() > entriesMost;
        }
    }

    /** Runs {@code work}; what it verifies and agrees on is looked up here first. */
    public <T, X extends Throwable> T during(ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(NOW, this).call(work);
    }

    /** Whether a signature verifies, by {@code reckon} unless that is remembered. */
    static boolean verdict(BooleanSupplier reckon, byte[] key, byte[] message, byte[] signature) {
        return NOW.isBound()
                ? NOW.get()
                                .recall(
                                        () -> new byte[] {(byte) (reckon.getAsBoolean() ? 1 : 0)},
                                        key,
                                        message,
                                        signature)[0]
                        == 1
                : reckon.getAsBoolean();
    }

    /** What two keys share, by {@code reckon} unless that is remembered. */
    static byte[] secret(Supplier<byte[]> reckon, byte[] scalar, byte[] peer) {
        return NOW.isBound() ? NOW.get().recall(reckon, scalar, peer) : reckon.get();
    }

    private byte[] recall(Supplier<byte[]> reckon, byte[]... of) {
        ByteBuffer key = ByteBuffer.wrap(named(of));
        byte[] known = results.get(key);
        if (known == null) {
            known = reckon.get();
            results.put(key, known);
        }
        return known.clone();
    }

    /** A hash over all parts and their lengths, so that no two questions are one. */
    private static byte[] named(byte[]... of) {
        ByteBuffer lengths = ByteBuffer.allocate(Integer.BYTES * of.length);
        byte[][] parts = new byte[of.length + 1][];
        for (int part = 0; part < of.length; part++) {
            lengths.putInt(of[part].length);
            parts[part + 1] = of[part];
        }
        parts[0] = lengths.array();
        return Hash.sha256(parts);
    }
}

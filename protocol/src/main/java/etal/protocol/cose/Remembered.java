package etal.protocol.cose;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What signatures, verifications, agreements and readings have given, for somebody who meets the same ones again and again: all are
 * functions of their bytes alone, so that a remembered result is the result. A signature that was made here is known to
 * verify under its key. It holds for what runs within {@link #during} and for nothing else. It keeps secrets that two keys
 * share: not for a process that must not keep them. Bounded; safe for use by any thread.
 */
public final class Remembered {
    private static final ScopedValue<Remembered> NOW = ScopedValue.newInstance();
    private static final byte[] FALSE = {0};
    private static final byte[] TRUE = {1};

    private final int entriesMost;
    private final LinkedHashMap<ByteBuffer, Object> results = new LinkedHashMap<>();
    /** What two keys share is asked for again when they meet again, be it months later; a signature is soon done with. */
    private final LinkedHashMap<ByteBuffer, Object> lasting = new LinkedHashMap<>();

    /** Remembers at most so many results of keys, and as many others, those that were met last. */
    public Remembered(int entriesMost) {
        this.entriesMost = entriesMost;
    }

    /** What a result is of: the same bytes may be asked for several things. */
    private enum What {
        VERDICT,
        SECRET,
        PUBLIC_KEY,
        SIGNATURE,
        READING;

        private boolean lasts() {
            return this == SECRET || this == PUBLIC_KEY || this == READING;
        }
    }

    /** A hash over what is asked and all its parts. */
    private record Question(What what, ByteBuffer hash) {}

    /** Runs {@code work}; what it signs, verifies and agrees on is looked up here first. */
    public <T, X extends Throwable> T during(ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(NOW, this).call(work);
    }

    /** Whether a signature verifies, by {@code reckon} unless that is remembered. */
    static boolean verdict(BooleanSupplier reckon, byte[] key, byte[] message, byte[] signature) {
        if (!NOW.isBound()) {
            return reckon.getAsBoolean();
        }
        Supplier<byte[]> verdict = () -> reckon.getAsBoolean() ? TRUE : FALSE;
        return NOW.get().recall(What.VERDICT, verdict, key, message, signature)[0] == 1;
    }

    /** What two keys share, by {@code reckon} unless that is remembered. */
    static byte[] secret(Supplier<byte[]> reckon, byte[] scalar, byte[] peer) {
        return NOW.isBound() ? NOW.get().recall(What.SECRET, reckon, scalar, peer) : reckon.get();
    }

    /** The signature of a private key, by {@code reckon} unless that is remembered. */
    static byte[] signature(Supplier<byte[]> reckon, Supplier<byte[]> publicKey, byte[] scalar, byte[] message) {
        return NOW.isBound() ? NOW.get().signed(reckon, publicKey, scalar, message) : reckon.get();
    }

    /**
     * What reading some bytes has given, by {@code read} unless that is remembered.
     *
     * @param type of what is read: immutable, and a function of the bytes alone
     */
    public static <T> T reading(Class<T> type, Supplier<T> read, byte[]... of) {
        return NOW.isBound() ? NOW.get().once(type, read, of) : read.get();
    }

    private <T> T once(Class<T> type, Supplier<T> read, byte[]... of) {
        byte[][] asked = Arrays.copyOf(of, of.length + 1);
        asked[of.length] = type.getName().getBytes(StandardCharsets.UTF_8);
        Question question = question(What.READING, asked);
        Object known = known(question);
        if (known != null) {
            return type.cast(known);
        }
        T fresh = read.get();
        keep(question, fresh);
        return fresh;
    }

    private byte[] signed(Supplier<byte[]> reckon, Supplier<byte[]> publicKey, byte[] scalar, byte[] message) {
        Question question = question(What.SIGNATURE, scalar, message);
        byte[] known = (byte[]) known(question);
        byte[] signature = known == null ? reckon.get() : known;
        if (known == null) {
            keep(question, signature);
        }
        byte[] key = recall(What.PUBLIC_KEY, publicKey, scalar);
        keep(question(What.VERDICT, key, message, signature), TRUE);
        keep(question(What.VERDICT, P256.compress(key), message, signature), TRUE);
        return signature.clone();
    }

    private byte[] recall(What what, Supplier<byte[]> reckon, byte[]... of) {
        Question question = question(what, of);
        byte[] known = (byte[]) known(question);
        if (known == null) {
            known = reckon.get();
            keep(question, known);
        }
        return known.clone();
    }

    private synchronized @Nullable Object known(Question question) {
        LinkedHashMap<ByteBuffer, Object> table = table(question);
        Object result = table.get(question.hash());
        if (result != null) {
            table.putLast(question.hash(), result);
        }
        return result;
    }

    private synchronized void keep(Question question, Object result) {
        LinkedHashMap<ByteBuffer, Object> table = table(question);
        table.putLast(question.hash(), result);
        if (table.size() > entriesMost) {
            table.pollFirstEntry();
        }
    }

    private LinkedHashMap<ByteBuffer, Object> table(Question question) {
        return question.what().lasts() ? lasting : results;
    }

    /** A hash over what is asked and all parts with their lengths, so that no two questions are one. */
    private static Question question(What what, byte[]... of) {
        ByteBuffer lengths = ByteBuffer.allocate(Integer.BYTES * (1 + of.length));
        lengths.putInt(what.ordinal());
        byte[][] parts = new byte[of.length + 1][];
        for (int part = 0; part < of.length; part++) {
            lengths.putInt(of[part].length);
            parts[part + 1] = of[part];
        }
        parts[0] = lengths.array();
        return new Question(what, ByteBuffer.wrap(Hash.sha256(parts)));
    }
}

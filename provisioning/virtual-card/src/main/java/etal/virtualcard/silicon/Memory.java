package etal.virtualcard.silicon;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The memory of one card: it knows which arrays are persistent, counts every write to them, keeps what a transaction has
 * overwritten, and can cut the power at any write. The simulator's own transactions only toggle a flag. Not thread-safe.
 */
final class Memory {
    /** Published size of the commit buffer of a J3R180, in bytes. */
    private static final int COMMIT_BUFFER_BYTES = 5_120;

    private enum Kind {
        PERSISTENT,
        TRANSIENT
    }

    private final Map<Object, Kind> kinds = new IdentityHashMap<>();
    private final List<byte[]> bytes = new ArrayList<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private boolean inTransaction;
    private int journalBytes;
    private int cutAtWrite;
    private boolean cut;
    private int writes;
    private int allocations;

    void commandBegins() {
        writes = 0;
        allocations = 0;
        cut = false;
    }

    void cutAtWrite(int n) {
        cutAtWrite = n;
    }

    boolean cut() {
        return cut;
    }

    int writes() {
        return writes;
    }

    int allocations() {
        return allocations;
    }

    void allocatedObject() {
        allocations++;
    }

    void allocatedPersistent(Object array) {
        allocations++;
        kinds.put(array, Kind.PERSISTENT);
        if (array instanceof byte[] ofBytes) {
            bytes.add(ofBytes);
        }
    }

    /** A copy of every persistent array of bytes, in the order in which they were allocated. */
    List<byte[]> copy() {
        return bytes.stream().map(byte[]::clone).toList();
    }

    /** Puts such a copy in their place. */
    void restore(List<byte[]> copy) {
        if (copy.size() != bytes.size()) {
            throw new IllegalStateException("a copy of another applet's memory");
        }
        for (int i = 0; i < copy.size(); i++) {
            System.arraycopy(copy.get(i), 0, bytes.get(i), 0, bytes.get(i).length);
        }
    }

    void knownTransient(Object array) {
        kinds.put(array, Kind.TRANSIENT);
    }

    /** Refuses the applet's write to memory that nobody has accounted for, such as a constant in the code. */
    boolean isPersistent(Object array) {
        Kind kind = kinds.get(array);
        if (kind == null) {
            throw new IllegalStateException("the applet writes to memory that is neither its own nor a buffer");
        }
        return kind == Kind.PERSISTENT;
    }

    /** Whether it is known to be memory that power loss clears. */
    boolean isTransient(Object array) {
        return kinds.get(array) == Kind.TRANSIENT;
    }

    void begin() {
        inTransaction = true;
    }

    /** The commit itself is a write: power lost at it takes the whole transaction back. */
    void commit() {
        countWrite();
        endTransaction();
    }

    void rollBack() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
        endTransaction();
    }

    private void endTransaction() {
        undo.clear();
        journalBytes = 0;
        inTransaction = false;
    }

    boolean inTransaction() {
        return inTransaction;
    }

    /**
     * A write that takes part in the transaction, if one is open, and is whole or not at all.
     *
     * @param restore puts back what stood there
     */
    void atomicWrite(int bytes, Runnable restore, Runnable write) {
        countWrite();
        if (inTransaction) {
            journalBytes += bytes;
            if (journalBytes > COMMIT_BUFFER_BYTES) {
                throw new IllegalStateException("the transaction does not fit the card's commit buffer");
            }
            undo.push(restore);
        }
        write.run();
    }

    /** A write that the card may leave half done, and that no transaction takes back: each half is a point of its own. */
    void plainWrite(Runnable firstHalf, Runnable secondHalf) {
        countWrite();
        firstHalf.run();
        countWrite();
        secondHalf.run();
    }

    /**
     * A change of a key object. Chips do not promise that it is atomic: power lost in it leaves the key as it was, or in any
     * of the torn states, each of which is a point of its own. It has no place in a transaction.
     */
    void keyWrite(Runnable write, List<Runnable> tornStates) {
        if (inTransaction) {
            throw new IllegalStateException("a key is written within a transaction: its outcome is not defined");
        }
        countWrite();
        for (Runnable torn : tornStates) {
            try {
                countWrite();
            } catch (PowerCut lost) {
                torn.run();
                throw lost;
            }
        }
        write.run();
    }

    private void countWrite() {
        if (cut) {
            throw new PowerCut();
        }
        writes++;
        if (writes == cutAtWrite) {
            cut = true;
            throw new PowerCut();
        }
    }
}

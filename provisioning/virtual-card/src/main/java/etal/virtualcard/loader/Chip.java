package etal.virtualcard.loader;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The seam between the outer world and the one that {@link CardWorld} loads: its only implementation is a class of that
 * inner world. Not thread-safe.
 */
public interface Chip {
    /**
     * Executes one well-formed short command.
     *
     * @return the answer with its status word, or null when the power was cut at the write asked for
     */
    byte @Nullable [] transmit(byte[] apdu);

    /** Loses power: an open transaction is rolled back, transient memory is cleared, no applet is selected. */
    void powerOff();

    /** Arms a power cut at the n-th persistent write (from 1) of the next command; 0 disarms. */
    void cutAtWrite(int n);

    /** A copy of every persistent array of bytes; keys and counters of its objects are not in it. The chip is off. */
    List<byte[]> memoryCopy();

    /** Puts such a copy back, of this chip or of one with the same applet. The chip is off. */
    void restoreMemory(List<byte[]> copy);

    /** Persistent writes of the latest command, commits included. */
    int writes();

    /** Objects and arrays that the applet allocated during the latest command: none, on a sound applet. */
    int allocations();

    /** What the latest command had the chip do. */
    Tally tally();

    /** All that the chip holds while it is off, to be put back into this very chip by {@link #putBack}. */
    Object keep();

    /** The chip, off, holds again what it held then; its randomness goes on from {@code random}. */
    void putBack(Object kept, byte[] random);

    /** SHA-256 of what the chip holds while it is off: arrays, fields and keys, without its randomness. */
    byte[] fingerprint();
}

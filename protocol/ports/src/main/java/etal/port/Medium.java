package etal.port;

import java.util.List;
import java.util.stream.Stream;

/** The second medium (a USB stick): whole ledger entries, appended after the commit, read at the start. */
public interface Medium {
    /**
     * Appends one whole entry.
     *
     * @throws StorageFailed when it cannot be written; the caller sells on and says so
     */
    void append(byte[] entry) throws StorageFailed;

    /**
     * Appends whole entries in this order. When it throws, the first ones may be there.
     *
     * @throws StorageFailed when one cannot be written; the caller sells on and says so
     */
    default void append(List<byte[]> entries) throws StorageFailed {
        for (byte[] entry : entries) {
            append(entry);
        }
    }

    /**
     * All whole entries, in the order of writing. A torn last one is left out.
     *
     * @throws StorageFailed when the medium cannot be read
     */
    Stream<byte[]> read() throws StorageFailed;
}

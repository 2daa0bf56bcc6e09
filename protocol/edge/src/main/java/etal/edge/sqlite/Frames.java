package etal.edge.sqlite;

import etal.port.StorageFailed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Entries in a file, so that a torn tail and damage are told apart.
 *
 * <p>A frame is: the entry's length in 4 bytes; CRC-32C (RFC 3720, appendix B.4) of those 4 bytes; the entry; CRC-32C of the
 * entry. The length has a sum of its own: else a flipped bit in it would look like a tail that was torn off. The sums find
 * accidents; against intent the entries are signed.
 */
final class Frames {
    /** No entry is longer; a longer length is damage. */
    static final int ENTRY_BYTES_MAX = 1 << 20;

    private static final int HEAD_BYTES = 8;
    private static final int TAIL_BYTES = 4;

    /** The whole entries of a file, and up to where they reach. */
    record Scan(List<byte[]> entries, long wholeBytes) {}

    private Frames() {}

    static byte[] frame(byte[] entry) {
        if (entry.length == 0 || entry.length > ENTRY_BYTES_MAX) {
            throw new IllegalArgumentException("an entry of " + entry.length + " bytes");
        }
        byte[] length = ByteBuffer.allocate(4).putInt(entry.length).array();
        return ByteBuffer.allocate(HEAD_BYTES + entry.length + TAIL_BYTES)
                .put(length)
                .putInt(sum(length))
                .put(entry)
                .putInt(sum(entry))
                .array();
    }

    /**
     * Reads all whole frames; a last one that is not whole is left out.
     *
     * @throws StorageFailed when a frame is damaged that is not the last
     */
    static Scan scan(byte[] file, String name) throws StorageFailed {
        List<byte[]> entries = new ArrayList<>();
        return new Scan(entries, scan(file, name, entries));
    }

    /** What is whole before the first damage, if there is any. */
    static List<byte[]> salvage(byte[] file, String name) {
        List<byte[]> entries = new ArrayList<>();
        try {
            var unused = scan(file, name, entries);
        } catch (StorageFailed damaged) {
            // What was whole before the damage is in the list, and whoever asks compares it with the ledger it is of.
            return entries;
        }
        return entries;
    }

    /** Fills the list with whole entries; up to where they reach. */
    private static long scan(byte[] file, String name, List<byte[]> entries) throws StorageFailed {
        ByteBuffer rest = ByteBuffer.wrap(file);
        while (rest.remaining() >= HEAD_BYTES) {
            int start = rest.position();
            byte[] length = new byte[4];
            rest.get(length);
            int sum = rest.getInt();
            int entryBytes = ByteBuffer.wrap(length).getInt();
            if (sum != sum(length) || entryBytes <= 0 || entryBytes > ENTRY_BYTES_MAX) {
                // After a pulled plug the file may have its new length and not yet its new bytes.
                if (onlyZeros(file, start)) {
                    return start;
                }
                throw damaged(name, entries.size(), start);
            }
            if (rest.remaining() < entryBytes + TAIL_BYTES) {
                return start;
            }
            byte[] entry = new byte[entryBytes];
            rest.get(entry);
            if (rest.getInt() != sum(entry)) {
                if (rest.hasRemaining() && !onlyZeros(file, rest.position())) {
                    throw damaged(name, entries.size(), start);
                }
                return start;
            }
            entries.add(entry);
        }
        return file.length - rest.remaining();
    }

    private static StorageFailed damaged(String name, int entriesBefore, int start) {
        return new StorageFailed(
                name + ": the second medium is damaged at byte " + start + ", after " + entriesBefore + " entries");
    }

    private static boolean onlyZeros(byte[] file, int from) {
        for (int at = from; at < file.length; at++) {
            if (file[at] != 0) {
                return false;
            }
        }
        return true;
    }

    private static int sum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}

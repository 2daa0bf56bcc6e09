package etal.provisioning.ca;

import etal.edge.keys.PrivateFile;
import etal.port.StorageFailed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * An append-only text file of which every line is whole and durable, or absent.
 *
 * <p>A line ends with a CRC-32 of its text. A torn last line (a process killed while writing) was never answered to anyone
 * and is cut off by the next writer; damage anywhere else stops. Several processes may share one file: each step runs under
 * a lock of the file and first reads what others have added. Within one process use one instance for a file.
 *
 * <p>Safe for use by any thread.
 */
public final class Journal {
    private static final int CHECKSUM_LENGTH = 9;
    private static final int BYTES_MAX = 256 << 20;

    private static final Set<StandardOpenOption> OPTIONS =
            EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path file;
    private final List<String> lines = new ArrayList<>();
    private long readTo;

    private Journal(Path file) {
        this.file = file;
    }

    /**
     * Opens or creates the file.
     *
     * @throws StorageFailed when it cannot be read, or a line other than the last is damaged
     */
    public static Journal open(Path file) throws StorageFailed {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            PrivateFile.directory(parent);
        }
        var journal = new Journal(file);
        int known = journal.step(step -> step.lines().size());
        assert known >= 0;
        return journal;
    }

    /** One step: what is known so far comes in, {@link Known#append} makes more of it durable. */
    @FunctionalInterface
    public interface Step<T> {
        /** Does it. */
        T run(Known known) throws StorageFailed;
    }

    /** The journal as one step sees it. Valid only within the step. */
    public interface Known {
        /** All lines, oldest first, without their checksums; a view. */
        List<String> lines();

        /**
         * Adds a line; it is durable when this returns.
         *
         * @param line printable, without line breaks
         */
        void append(String line) throws StorageFailed;
    }

    /**
     * Runs {@code step} while nobody else writes.
     *
     * @throws StorageFailed when the file cannot be read or written
     */
    public synchronized <T> T step(Step<T> step) throws StorageFailed {
        try (FileChannel channel = FileChannel.open(file, OPTIONS, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
                FileLock lock = channel.lock()) {
            assert lock.isValid();
            readNew(channel);
            return step.run(new Writing(channel));
        } catch (IOException e) {
            throw new StorageFailed("Cannot read or write the journal " + file + ".", e);
        }
    }

    private void readNew(FileChannel channel) throws IOException, StorageFailed {
        long size = channel.size();
        if (size < readTo || size > BYTES_MAX) {
            throw new StorageFailed("The journal " + file + " has shrunk or grown beyond all bounds.");
        }
        var fresh = ByteBuffer.allocate((int) (size - readTo));
        while (fresh.hasRemaining() && channel.read(fresh, readTo + fresh.position()) >= 0) {
            continue;
        }
        byte[] bytes = fresh.array();
        int start = 0;
        for (int i = 0; i < fresh.position(); i++) {
            if (bytes[i] == '\n') {
                lines.add(checked(new String(bytes, start, i - start, StandardCharsets.UTF_8)));
                start = i + 1;
            }
        }
        readTo += start;
        if (readTo < size) {
            channel.truncate(readTo);
            channel.force(true);
        }
    }

    private String checked(String written) throws StorageFailed {
        int end = written.length() - CHECKSUM_LENGTH;
        if (end < 0 || !written.substring(end).equals(checksum(written.substring(0, end)))) {
            throw new StorageFailed("Line " + (lines.size() + 1) + " of the journal " + file + " is damaged.");
        }
        return written.substring(0, end);
    }

    private static String checksum(String line) {
        var crc = new CRC32();
        crc.update(line.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, " %08x", crc.getValue());
    }

    private final class Writing implements Known {
        private final FileChannel channel;

        private Writing(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public List<String> lines() {
            return Collections.unmodifiableList(lines);
        }

        @Override
        public void append(String line) throws StorageFailed {
            if (line.chars().anyMatch(c -> c < ' ')) {
                throw new IllegalStateException("A journal line is one line.");
            }
            var bytes = ByteBuffer.wrap((line + checksum(line) + "\n").getBytes(StandardCharsets.UTF_8));
            try {
                long at = readTo;
                while (bytes.hasRemaining()) {
                    at += channel.write(bytes, at);
                }
                // Data and length suffice; the file's times may be older after a power cut.
                channel.force(false);
                readTo = at;
                lines.add(line);
            } catch (IOException e) {
                throw new StorageFailed("Cannot write the journal " + file + ".", e);
            }
        }
    }
}

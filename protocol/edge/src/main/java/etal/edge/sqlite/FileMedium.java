package etal.edge.sqlite;

import etal.port.Medium;
import etal.port.StorageFailed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The second medium as one file of {@link Frames}, appended to and synced.
 *
 * <p>A torn tail is cut off before the next entry is written. When the stick was away, the next append opens it anew; the
 * caller reads first what it holds and extends that, or there is a hole. One thread at a time; a second one waits.
 */
public final class FileMedium implements Medium, AutoCloseable {
    private final Path file;
    private final boolean syncEach;
    private @Nullable FileChannel channel;

    /**
     * The medium in {@code file}, which is made (0600) at the first append; its directory is not made, for a missing
     * directory is a stick that was pulled out.
     *
     * @param syncEach whether what was appended is on the medium when {@code append} returns
     */
    public FileMedium(Path file, boolean syncEach) {
        this.file = file;
        this.syncEach = syncEach;
    }

    @Override
    public void append(byte[] entry) throws StorageFailed {
        append(List.of(entry));
    }

    /** Synced once, at the end: a stick takes its time for each. */
    @Override
    public synchronized void append(List<byte[]> entries) throws StorageFailed {
        if (entries.isEmpty()) {
            return;
        }
        try {
            FileChannel open = channel != null ? channel : openedAtEnd();
            channel = open;
            for (byte[] entry : entries) {
                ByteBuffer frame = ByteBuffer.wrap(Frames.frame(entry));
                while (frame.hasRemaining()) {
                    open.write(frame);
                }
            }
            if (syncEach) {
                open.force(false);
            }
        } catch (IOException e) {
            drop();
            throw new StorageFailed(file + ": the second medium cannot be written: " + e, e);
        }
    }

    @Override
    public synchronized Stream<byte[]> read() throws StorageFailed {
        return scanned().entries().stream();
    }

    private FileChannel openedAtEnd() throws StorageFailed, IOException {
        long wholeBytes = scanned().wholeBytes();
        FileChannel open = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            open.truncate(wholeBytes);
            open.position(wholeBytes);
            return open;
        } catch (IOException e) {
            open.close();
            throw e;
        }
    }

    private Frames.Scan scanned() throws StorageFailed {
        try {
            return Frames.scan(Files.readAllBytes(file), file.toString());
        } catch (NoSuchFileException e) {
            return new Frames.Scan(List.of(), 0);
        } catch (IOException e) {
            throw new StorageFailed(file + ": the second medium cannot be read: " + e, e);
        }
    }

    /** After a failed write the file may end in a part of a frame; opening it anew cuts that off. */
    private void drop() {
        try (FileChannel failed = channel) {
            channel = null;
        } catch (IOException e) {
            // The caller hears of the failed write itself; a close that fails on top of it changes nothing.
            channel = null;
        }
    }

    @Override
    public synchronized void close() throws StorageFailed {
        try (FileChannel open = channel) {
            channel = null;
            if (open != null) {
                open.force(true);
            }
        } catch (IOException e) {
            throw new StorageFailed(file + ": the second medium cannot be closed: " + e, e);
        }
    }
}

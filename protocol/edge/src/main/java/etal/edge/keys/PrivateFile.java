package etal.edge.keys;

import etal.port.StorageFailed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Small files for their owner alone: 0600 in directories of 0700, written whole or not at all. */
public final class PrivateFile {
    private PrivateFile() {}

    /**
     * Puts {@code content} in the place of what the file held. When this returns it survives a pulled plug; before, the
     * file is what it was.
     */
    public static void write(Path file, byte[] content) throws StorageFailed {
        Path whole = file.toAbsolutePath();
        Path directory = whole.getParent();
        if (directory == null) {
            throw new StorageFailed(file + ": is no file");
        }
        directory(directory);
        Path part = whole.resolveSibling("." + whole.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            writeSynced(part, content);
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
        } catch (IOException e) {
            throw new StorageFailed(file + ": cannot be written: " + e, e);
        }
    }

    /** Makes a directory (0700) with those above it, if it is not there. */
    public static void directory(Path directory) throws StorageFailed {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new StorageFailed(directory + ": the directory cannot be made: " + e, e);
        }
    }

    private static void writeSynced(Path part, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                part,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}

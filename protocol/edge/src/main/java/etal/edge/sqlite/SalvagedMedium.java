package etal.edge.sqlite;

import etal.port.Medium;
import etal.port.StorageFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A second medium that is only read, as far as it is whole: the one of a terminal that is no more. Damage ends what is read
 * and is no failure. Safe for use by any thread.
 */
public final class SalvagedMedium implements Medium {
    private final Path file;

    /** The file that a {@link FileMedium} has written; it is never written to. */
    public SalvagedMedium(Path file) {
        this.file = file;
    }

    @Override
    public void append(byte[] entry) throws StorageFailed {
        throw new StorageFailed(file + ": this medium is only read");
    }

    /** @throws StorageFailed when there is no such file, or the medium cannot be read at all */
    @Override
    public Stream<byte[]> read() throws StorageFailed {
        try {
            return Frames.salvage(Files.readAllBytes(file), file.toString()).stream();
        } catch (IOException unreadable) {
            throw new StorageFailed(file + ": the second medium cannot be read: " + unreadable, unreadable);
        }
    }
}

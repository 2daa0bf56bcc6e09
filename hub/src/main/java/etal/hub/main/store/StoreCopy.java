package etal.hub.main.store;

import etal.edge.sqlite.SqliteDatabase;
import etal.hub.books.Sql;
import etal.port.StorageFailed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * What a store says of itself when it is looked at, beside whatever works on it.
 *
 * @param fund 0 when no hub has ever run on it
 * @param generation of that hub
 * @param entries it holds
 * @param knownMillis the newest that it knows of, milliseconds since 1970
 * @param version of its tables
 */
public record StoreCopy(long fund, long generation, long entries, long knownMillis, long version) {
    /** Looks at a store, every page of it. @throws StorageFailed when it is damaged or none */
    public static StoreCopy of(Path file) throws StorageFailed {
        try (SqliteDatabase database = SqliteDatabase.openToLook(file)) {
            Optional<String> damage = database.damage();
            if (damage.isPresent()) {
                throw new StorageFailed(file + ": the database is damaged: " + damage.get());
            }
            int version = database.version();
            return database.inTransaction(connection -> new StoreCopy(
                    Sql.number(connection, "SELECT fund FROM hub"),
                    Sql.number(connection, "SELECT generation FROM hub"),
                    Sql.number(connection, "SELECT COUNT(*) FROM entry"),
                    Math.max(
                            Sql.number(connection, "SELECT COALESCE(MAX(received_millis), 0) FROM entry"),
                            Sql.number(connection, "SELECT COALESCE(MAX(booked_millis), 0) FROM event")),
                    version));
        }
    }

    /** An empty file for its owner alone, in the place of one that was left half written. */
    static void make(Path part) throws StorageFailed {
        try {
            Files.deleteIfExists(part);
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException | UnsupportedOperationException e) {
            throw new StorageFailed(part + ": cannot be made: " + e.getMessage(), e);
        }
    }

    /** Waits until a file, or the names in a directory, are on the medium. */
    static void sync(Path path) throws StorageFailed {
        try (FileChannel channel =
                FileChannel.open(path, Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (IOException e) {
            throw new StorageFailed(path + ": cannot be written through: " + e.getMessage(), e);
        }
    }
}

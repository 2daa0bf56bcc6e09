package etal.hub.main.store;

import etal.edge.sqlite.SqliteDatabase;
import etal.port.StorageFailed;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A copy of the hub's store as of one moment, made while the hub runs and looked through when it is written. It is there
 * whole, under its name, or not at all. The keys are not in it.
 */
public final class Backup {
    private Backup() {}

    /** Makes it; nothing that is there is ever overwritten. */
    public static Told make(Path directory, Path file) throws StorageFailed {
        Path store = directory.resolve("hub.db");
        Path target = file.toAbsolutePath().normalize();
        if (!Files.exists(store)) {
            return Told.refused("backup.nostore", store);
        }
        if (Files.exists(target)) {
            return Told.refused("backup.there", target);
        }
        Path part = target.resolveSibling(target.getFileName() + ".part");
        StoreCopy.make(part);
        try (SqliteDatabase source = SqliteDatabase.openToCopy(store)) {
            source.copyTo(part);
        }
        StoreCopy copy = StoreCopy.of(part);
        if (copy.fund() == 0) {
            return forget(part, Told.refused("backup.empty", store));
        }
        StoreCopy.sync(part);
        try {
            Files.move(part, target);
        } catch (FileAlreadyExistsException e) {
            return forget(part, Told.refused("backup.there", target));
        } catch (IOException e) {
            throw new StorageFailed(target + ": cannot be named: " + e.getMessage(), e);
        }
        StoreCopy.sync(directoryOf(target));
        return Told.done("backup.done", target, copy.entries(), Instant.ofEpochMilli(copy.knownMillis()));
    }

    private static Told forget(Path part, Told refused) throws StorageFailed {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new StorageFailed(part + ": cannot be deleted: " + e.getMessage(), e);
        }
        return refused;
    }

    static Path directoryOf(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        return directory == null ? file.toAbsolutePath() : directory;
    }
}

package etal.hub.main.store;

import etal.edge.sqlite.SqliteDatabase;
import etal.hub.restore.Restored;
import etal.port.StorageFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Puts a backup in the place of the hub's store. The store that was there stays beside it; the new one is marked as restored
 * before it has its name, so that no hub ever runs on an unmarked one. Whenever it is interrupted, one of the two is there.
 */
public final class Restore {
    private final Path directory;
    private final long fund;
    private final boolean driven;
    private final Path store;
    private final boolean evenIfNewer;

    /**
     * Into the directory of that fund's hub.
     *
     * @param driven whether the hub's time is set from outside
     * @param evenIfNewer also where a store lies that knows more than the backup
     */
    public Restore(Path directory, long fund, boolean driven, boolean evenIfNewer) {
        this.directory = directory;
        this.fund = fund;
        this.driven = driven;
        store = directory.resolve("hub.db");
        this.evenIfNewer = evenIfNewer;
    }

    /** Restores it. {@code systemMillis} is the machine's time; a hub whose clock is driven counts on from its store's. */
    public Told from(Path backup, long systemMillis) throws StorageFailed {
        if (!Files.isRegularFile(backup)) {
            return Told.refused("restore.nofile", backup);
        }
        Optional<StoreLock> lock = StoreLock.take(directory);
        if (lock.isEmpty()) {
            return Told.refused("restore.running", directory);
        }
        try (StoreLock held = lock.get()) {
            return locked(backup, systemMillis);
        } catch (IOException e) {
            throw new StorageFailed(store + ": " + e.getMessage(), e);
        }
    }

    private Told locked(Path backup, long systemMillis) throws StorageFailed, IOException {
        StoreCopy copy = StoreCopy.of(backup);
        if (copy.fund() != fund) {
            return Told.refused("restore.otherfund", backup, copy.fund(), fund);
        }
        Optional<StoreCopy> there = there();
        if (!evenIfNewer && there.isPresent() && there.get().knownMillis() > copy.knownMillis()) {
            return Told.refused(
                    "restore.newer",
                    store,
                    Instant.ofEpochMilli(there.get().knownMillis()),
                    Instant.ofEpochMilli(copy.knownMillis()));
        }
        Path fresh = store.resolveSibling("hub.db.restoring");
        StoreCopy.make(fresh);
        Files.copy(backup, fresh, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        long generation = mark(fresh, copy, there, systemMillis);
        Optional<Path> before = keepBeside();
        Files.move(fresh, store, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        StoreCopy.sync(Backup.directoryOf(store));
        return before.isEmpty()
                ? Told.done("restore.done", backup, generation, copy.entries())
                : Told.done("restore.done.kept", backup, generation, copy.entries(), before.get());
    }

    /** A store that cannot be read any more is no reason not to restore: it is why people do. */
    private Optional<StoreCopy> there() {
        if (!Files.exists(store)) {
            return Optional.empty();
        }
        try {
            return Optional.of(StoreCopy.of(store));
        } catch (StorageFailed damaged) {
            return Optional.empty();
        }
    }

    private long mark(Path fresh, StoreCopy copy, Optional<StoreCopy> there, long systemMillis) throws StorageFailed {
        long knownMillis =
                Math.max(copy.knownMillis(), there.map(StoreCopy::knownMillis).orElse(0L));
        long nowMillis = driven ? knownMillis : Math.max(systemMillis, knownMillis);
        try (SqliteDatabase database = SqliteDatabase.open(fresh)) {
            return Restored.mark(database, there.map(StoreCopy::generation).orElse(0L), nowMillis);
        } finally {
            StoreCopy.sync(fresh);
        }
    }

    /** With what its log has not merged: a log left behind would be read into the new store. */
    private Optional<Path> keepBeside() throws IOException, StorageFailed {
        if (!Files.exists(store)) {
            return Optional.empty();
        }
        Path kept = free();
        for (String part : List.of("-wal", "-shm")) {
            Path log = store.resolveSibling("hub.db" + part);
            if (Files.exists(log)) {
                Files.move(log, kept.resolveSibling(kept.getFileName() + part));
            }
        }
        Files.copy(store, kept, StandardCopyOption.COPY_ATTRIBUTES);
        StoreCopy.sync(kept);
        return Optional.of(kept);
    }

    private Path free() {
        int number = 1;
        while (Files.exists(store.resolveSibling("hub.db.before-" + number))) {
            number++;
        }
        return store.resolveSibling("hub.db.before-" + number);
    }
}

package etal.fleet.bench;

import etal.edge.sqlite.FileMedium;
import etal.edge.sqlite.SqliteDatabase;
import etal.port.StorageFailed;
import java.nio.file.Path;
import java.util.List;

/** What a sale cannot do without: durable commits of one row and one synced entry, and nothing else. */
final class BareCommits implements AutoCloseable {
    private static final int ROW_BYTES = 600;

    private final SqliteDatabase database;
    private final FileMedium medium;

    /** On the disk of that directory, beside the till's files. */
    BareCommits(Path directory) throws StorageFailed {
        database = SqliteDatabase.open(directory.resolve("bare.db"));
        database.migrate(List.of("CREATE TABLE row(number INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT"));
        medium = new FileMedium(directory.resolve("bare.entries"), true);
    }

    /** What a payment by card needs: what is intended, and what has become of it; how long it took. */
    long nanos() throws StorageFailed {
        return nanos(2);
    }

    /** So many commits, and the entry; how long it took. */
    long nanos(int commits) throws StorageFailed {
        byte[] row = new byte[ROW_BYTES];
        long begin = System.nanoTime();
        for (int each = 0; each < commits; each++) {
            insert(row);
        }
        medium.append(row);
        return System.nanoTime() - begin;
    }

    private void insert(byte[] row) throws StorageFailed {
        database.inTransaction(connection -> {
            try (var insert = connection.prepareStatement("INSERT INTO row(bytes) VALUES(?)")) {
                insert.setBytes(1, row);
                return insert.executeUpdate();
            }
        });
    }

    @Override
    public void close() throws StorageFailed {
        database.close();
        medium.close();
    }
}

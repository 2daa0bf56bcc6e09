package etal.hub.main;

import etal.edge.config.ConfigFault;
import etal.edge.config.YamlConfig;
import etal.edge.postgres.PostgresDatabase;
import etal.edge.sqlite.SqliteDatabase;
import etal.port.Database;
import etal.port.StorageFailed;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Where a hub keeps its books. Immutable. */
sealed interface Store {
    /** Opens it; whatever must be closed later is handed to {@code opened} as soon as it is open. */
    Database open(Consumer<AutoCloseable> opened) throws StorageFailed;

    /** A file of its own. */
    record Sqlite(Path file) implements Store {
        @Override
        public Database open(Consumer<AutoCloseable> opened) throws StorageFailed {
            SqliteDatabase database = SqliteDatabase.open(file);
            opened.accept(database);
            return database;
        }
    }

    /** A database server on this machine, which several hubs may share. The file holds the password, for its owner alone. */
    record Postgres(URI uri, Path password) implements Store {
        private static final Set<PosixFilePermission> OWNER =
                EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

        @Override
        public Database open(Consumer<AutoCloseable> opened) throws StorageFailed {
            PostgresDatabase database = PostgresDatabase.open(uri, secret());
            opened.accept(database);
            return database;
        }

        private String secret() throws StorageFailed {
            try {
                if (!OWNER.containsAll(Files.getPosixFilePermissions(password))) {
                    throw new StorageFailed(password + ": others than its owner may read this password");
                }
                return Files.readString(password, StandardCharsets.UTF_8).strip();
            } catch (IOException e) {
                throw new StorageFailed(password + ": the password of the store cannot be read: " + e.getMessage(), e);
            }
        }
    }

    /**
     * Reads it from hub.yaml: hub.db in the hub's directory, unless a store is named.
     *
     * <pre>
     * store: postgres://USER@127.0.0.1:5432/DATABASE
     * storePassword: keys/store.password
     * </pre>
     */
    static Store read(YamlConfig config) throws ConfigFault {
        if (!config.has("store")) {
            return new Sqlite(config.path("directory").resolve("hub.db"));
        }
        URI uri = config.uri("store", "postgres");
        boolean here = List.of("127.0.0.1", "localhost", "[::1]").contains(uri.getHost());
        String user = uri.getUserInfo();
        String database = String.valueOf(uri.getPath());
        if (!here || user == null || !user.matches("\\w+") || !database.matches("/\\w+") || uri.getQuery() != null) {
            throw config.fault(
                    "store", uri.toString(), "postgres://USER@127.0.0.1:PORT/DATABASE, without the password");
        }
        return new Postgres(uri, config.path("storePassword"));
    }
}

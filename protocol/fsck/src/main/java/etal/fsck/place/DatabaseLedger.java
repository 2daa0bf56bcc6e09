package etal.fsck.place;

import etal.fsck.bytes.Damage;
import etal.fsck.bytes.ItemStream;
import etal.fsck.check.LedgerItems;
import etal.fsck.ledger.LedgerName;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One ledger in a database: rows instead of a sequence, read in order, one at a time. */
final class DatabaseLedger implements LedgerItems {
    private final DatabaseFile database;
    private final @Nullable LedgerName only;
    private Kind kind = Kind.CERTIFICATE;
    private @Nullable PreparedStatement query;
    private @Nullable ResultSet rows;

    /** The ledger {@code only} of several, or the one that the database holds. */
    DatabaseLedger(DatabaseFile database, @Nullable LedgerName only) {
        this.database = database;
        this.only = only;
    }

    @Override
    public @Nullable Item next() throws Damage, IOException {
        try {
            while (true) {
                ResultSet current = rows == null ? start() : rows;
                if (current.next()) {
                    return item(current);
                }
                end();
                if (kind == Kind.ENTRY) {
                    return null;
                }
                kind = kind == Kind.CERTIFICATE ? Kind.CHECKPOINT : Kind.ENTRY;
            }
        } catch (SQLException unreadable) {
            throw new Damage("unreadable: " + DatabaseFile.sentence(unreadable));
        }
    }

    private Item item(ResultSet row) throws SQLException, Damage {
        byte[] bytes = row.getBytes(2);
        if (bytes == null) {
            throw new Damage("not stored as bytes, or longer than any entry");
        }
        return new Item(kind, kind == Kind.CERTIFICATE ? -1 : row.getLong(1), bytes);
    }

    private ResultSet start() throws SQLException {
        String table = switch (kind) {
            case CERTIFICATE ->
                "SELECT position, %s FROM certificate %s ORDER BY position".formatted(blob("der"), where());
            case CHECKPOINT -> "SELECT number, %s FROM checkpoint %s ORDER BY number".formatted(blob("bytes"), where());
            case ENTRY -> "SELECT number, %s FROM entry %s ORDER BY number".formatted(blob("bytes"), where());
        };
        PreparedStatement prepared = database.prepare(table);
        query = prepared;
        if (only != null) {
            prepared.setLong(1, only.terminal());
            prepared.setLong(2, only.epoch());
        }
        ResultSet started = prepared.executeQuery();
        rows = started;
        return started;
    }

    private static String blob(String column) {
        return "CASE WHEN typeof(%1$s) = 'blob' AND length(%1$s) <= %2$d THEN %1$s END"
                .formatted(column, ItemStream.ITEM_BYTES_MAX);
    }

    private String where() {
        return only == null ? "" : "WHERE terminal = ? AND epoch = ?";
    }

    private void end() throws SQLException {
        if (query != null) {
            query.close();
        }
        query = null;
        rows = null;
    }

    @Override
    public void close() throws IOException {
        try {
            end();
        } catch (SQLException failure) {
            throw new IOException(DatabaseFile.sentence(failure), failure);
        }
    }
}

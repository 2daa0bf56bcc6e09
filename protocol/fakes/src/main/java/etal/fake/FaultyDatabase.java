package etal.fake;

import etal.port.Database;
import etal.port.StorageFailed;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A database whose n-th transaction fails at its end, with everything it did undone: the full disk, the worn card.
 *
 * <p>Wrap a real one (in memory) and count n up until no failure happens any more.
 */
public final class FaultyDatabase implements Database {
    private final Database inner;
    private long transactions;
    private long failAt;
    private long fullAt = Long.MAX_VALUE;

    /** Fails never, until told. */
    public FaultyDatabase(Database inner) {
        this.inner = inner;
    }

    /** The transaction number {@code n} from now on fails, counted from 1; only that one. */
    public void failAt(long n) {
        failAt = transactions + n;
    }

    /**
     * From the transaction number {@code n} from now on, counted from 1, the disk is full: whatever changes anything fails
     * at its end, and all reads go on.
     */
    public void fullFrom(long n) {
        fullAt = transactions + n;
    }

    /** There is room again. */
    public void room() {
        fullAt = Long.MAX_VALUE;
    }

    /** How many transactions were begun. */
    public long transactions() {
        return transactions;
    }

    @Override
    public <T> T inTransaction(Work<T> work) throws StorageFailed {
        transactions++;
        if (transactions >= fullAt) {
            return inner.inTransaction(connection -> {
                long before = changes(connection);
                T result = work.run(connection);
                if (changes(connection) != before) {
                    throw new SQLException("database or disk is full");
                }
                return result;
            });
        }
        if (transactions != failAt) {
            return inner.inTransaction(work);
        }
        return inner.inTransaction(connection -> {
            work.run(connection);
            throw new SQLException("the disk is full (as asked of transaction " + transactions + ")");
        });
    }

    private static long changes(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT total_changes()")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}

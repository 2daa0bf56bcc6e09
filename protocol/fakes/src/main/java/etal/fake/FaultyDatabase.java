package etal.fake;

import etal.port.Database;
import etal.port.StorageFailed;
import java.sql.SQLException;

/**
 * A database whose n-th transaction fails at its end, with everything it did undone: the full disk, the worn card.
 *
 * <p>Wrap a real one (in memory) and count n up until no failure happens any more.
 */
public final class FaultyDatabase implements Database {
    private final Database inner;
    private long transactions;
    private long failAt;

    /** Fails never, until told. */
    public FaultyDatabase(Database inner) {
        this.inner = inner;
    }

    /** The transaction number {@code n} from now on fails, counted from 1; only that one. */
    public void failAt(long n) {
        failAt = transactions + n;
    }

    /** How many transactions were begun. */
    public long transactions() {
        return transactions;
    }

    @Override
    public <T> T inTransaction(Work<T> work) throws StorageFailed {
        transactions++;
        if (transactions != failAt) {
            return inner.inTransaction(work);
        }
        return inner.inTransaction(connection -> {
            work.run(connection);
            throw new SQLException("the disk is full (as asked of transaction " + transactions + ")");
        });
    }
}

package etal.port;

import java.io.Serial;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Real SQL in real transactions, in production on a file, in the simulation in memory.
 *
 * <p>When {@link #inTransaction} has returned, what it wrote survives a pulled plug. Used from the loop only.
 */
public interface Database {
    /**
     * Runs {@code work} in one transaction: all of it is durable, or none.
     *
     * @throws StorageFailed when the store cannot read or commit; nothing of {@code work} has happened
     */
    <T> T inTransaction(Work<T> work) throws StorageFailed;

    /** What is done within one transaction. It neither commits nor closes the connection. */
    @FunctionalInterface
    interface Work<T> {
        /** Does it. */
        T run(Connection connection) throws SQLException;
    }

    /**
     * What lies in the store is not what was written there: a disk has rotted, or somebody has changed it. Thrown within {@link
     * Work}, so that the transaction is rolled back and its caller hears {@link StorageFailed} with this sentence.
     */
    final class Damaged extends SQLException {
        @Serial
        private static final long serialVersionUID = 1;

        /** With what was looked for, and what is wrong with it. */
        public Damaged(String message) {
            super("the store is damaged: " + message);
        }

        /** The same with what lies behind it. */
        public Damaged(String message, Throwable cause) {
            super("the store is damaged: " + message, cause);
        }
    }
}

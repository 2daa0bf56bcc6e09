package etal.fleet.world.cards.fault;

import etal.port.Database;
import etal.port.StorageFailed;
import java.sql.Connection;
import java.sql.SQLException;

/** A node's database, on a machine whose plug may be pulled before or after any commit, and whose disk may be full. */
public final class ShakyDatabase implements Database {
    private static final int FULL_MOST = 8;

    private final Database inner;
    private final Weather weather;
    private final Story story;
    private final String where;
    private final Kinds kinds;
    private int full;

    /** Which faults are this node's. */
    public enum Kinds {
        /** A till's. */
        TILL(Fault.PLUG_BEFORE_COMMIT, Fault.PLUG_AFTER_COMMIT, Fault.TILL_DISK_FULL),
        /** The hub's. */
        HUB(Fault.HUB_PLUG_BEFORE_COMMIT, Fault.HUB_PLUG_AFTER_COMMIT, Fault.HUB_DISK_FULL);

        private final Fault before;
        private final Fault after;
        private final Fault full;

        Kinds(Fault before, Fault after, Fault full) {
            this.before = before;
            this.after = after;
            this.full = full;
        }
    }

    /** On a real database; {@code where} names the node in the story. */
    public ShakyDatabase(Database inner, Weather weather, Story story, String where, Kinds kinds) {
        this.inner = inner;
        this.weather = weather;
        this.story = story;
        this.where = where;
        this.kinds = kinds;
    }

    @Override
    public <T> T inTransaction(Work<T> work) throws StorageFailed {
        if (weather.brings(kinds.before)) {
            story.fault(kinds.before, "", where);
            undo(work);
            throw new PlugOut();
        }
        if (weather.brings(kinds.full)) {
            story.fault(kinds.full, "", where);
            full = 1 + weather.draw(FULL_MOST);
        }
        T done = inner.inTransaction(
                connection -> full > 0 && !weather.calm() ? read(work, connection) : work.run(connection));
        if (weather.brings(kinds.after)) {
            story.fault(kinds.after, "", where);
            throw new PlugOut();
        }
        return done;
    }

    /** On a full disk all can be read, and nothing written. */
    private <T> T read(Work<T> work, Connection connection) throws SQLException {
        long before = changes(connection);
        T done = work.run(connection);
        if (changes(connection) > before) {
            full--;
            throw new SQLException("the disk is full");
        }
        return done;
    }

    private static long changes(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT total_changes()")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private <T> void undo(Work<T> work) {
        try {
            inner.inTransaction(connection -> {
                work.run(connection);
                throw new SQLException("the plug is pulled before the commit");
            });
        } catch (StorageFailed undone) {
            story.count("transactions undone");
        }
    }
}

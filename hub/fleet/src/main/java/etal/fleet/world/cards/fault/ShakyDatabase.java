package etal.fleet.world.cards.fault;

import etal.port.Database;
import etal.port.StorageFailed;
import java.sql.SQLException;

/** A till's database, on a machine whose plug may be pulled before or after any commit. */
public final class ShakyDatabase implements Database {
    private final Database inner;
    private final Weather weather;
    private final Story story;
    private final String where;

    /** On a real database; {@code where} names the till in the story. */
    public ShakyDatabase(Database inner, Weather weather, Story story, String where) {
        this.inner = inner;
        this.weather = weather;
        this.story = story;
        this.where = where;
    }

    @Override
    public <T> T inTransaction(Work<T> work) throws StorageFailed {
        if (weather.brings(Fault.PLUG_BEFORE_COMMIT)) {
            story.fault(Fault.PLUG_BEFORE_COMMIT, "", where);
            undo(work);
            throw new PlugOut();
        }
        T done = inner.inTransaction(work);
        if (weather.brings(Fault.PLUG_AFTER_COMMIT)) {
            story.fault(Fault.PLUG_AFTER_COMMIT, "", where);
            throw new PlugOut();
        }
        return done;
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

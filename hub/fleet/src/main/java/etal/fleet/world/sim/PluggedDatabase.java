package etal.fleet.world.sim;

import etal.fleet.world.sim.Moment.Fault;
import etal.port.Database;
import etal.port.StorageFailed;
import java.sql.SQLException;
import java.util.Optional;

/** The till's database, on a machine whose plug may be pulled before or after any commit. */
final class PluggedDatabase implements Database {
    private final Database inner;
    private final Fate fate;

    PluggedDatabase(Database inner, Fate fate) {
        this.inner = inner;
        this.fate = fate;
    }

    @Override
    public <T> T inTransaction(Work<T> work) throws StorageFailed {
        Optional<Moment> moment = fate.atTransaction();
        if (moment.isEmpty()) {
            return inner.inTransaction(work);
        }
        Moment now = moment.get();
        if (now.fault() instanceof Fault.PlugAfterCommit) {
            inner.inTransaction(work);
            throw new PlugPulled(now);
        }
        try {
            inner.inTransaction(connection -> {
                work.run(connection);
                throw new SQLException("the plug is pulled before the commit");
            });
        } catch (StorageFailed undone) {
            // The way out of a real transaction without its commit; the till never sees it.
            throw new PlugPulled(now);
        }
        throw new PlugPulled(now);
    }
}

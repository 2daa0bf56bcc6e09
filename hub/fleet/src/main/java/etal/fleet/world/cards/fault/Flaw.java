package etal.fleet.world.cards.fault;

import etal.port.Database;
import etal.port.StorageFailed;

/** A deliberate fault of the programs, by which the audit shows that it can fail. */
public enum Flaw {
    /** None: the programs as they are. */
    NONE,
    /** A till that forgets at its start what it has asked cards to pay. */
    TILL_FORGETS;

    /** What the flaw does to a till's store before it starts. */
    public void beforeStart(Database store) throws StorageFailed {
        if (this == TILL_FORGETS) {
            store.inTransaction(connection -> {
                try (var statement = connection.createStatement();
                        var tables = statement.executeQuery(
                                "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'intention'")) {
                    if (!tables.next()) {
                        return 0;
                    }
                }
                try (var statement = connection.createStatement()) {
                    return statement.executeUpdate("UPDATE intention SET state = 'CLOSED'");
                }
            });
        }
    }
}

package etal.fleet.world.crash;

import etal.fleet.world.sim.fund.MadeCard;
import etal.port.Database;
import etal.port.StorageFailed;
import etal.virtualcard.VirtualCard;

/** A deliberate fault of the programs, by which the enumeration shows that it can fail. */
enum Flaw {
    /** None: the programs as they are. */
    NONE,
    /** A till whose open intentions do not survive. */
    INTENTION_NOT_STORED,
    /** A card whose transactions are none. */
    CARD_NOT_ATOMIC;

    /** The chip of a card. */
    VirtualCard chip(MadeCard made) {
        return this == CARD_NOT_ATOMIC ? made.chipWithoutTransactions() : made.chip();
    }

    /** What the flaw does to a till's store before it starts. */
    void beforeStart(Database store) throws StorageFailed {
        if (this != INTENTION_NOT_STORED) {
            return;
        }
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement();
                    var tables = statement.executeQuery(
                            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'intention'")) {
                if (!tables.next()) {
                    return 0;
                }
            }
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("DELETE FROM intention WHERE state <> 'CLOSED'");
            }
        });
    }
}

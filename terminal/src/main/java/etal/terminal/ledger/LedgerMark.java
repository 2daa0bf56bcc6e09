package etal.terminal.ledger;

import etal.port.StorageFailed;

/**
 * Remembers beside the keys, away from database and second medium, that the ledger was begun: a terminal that lost both must
 * not begin it a second time. Used from the loop only.
 */
public interface LedgerMark {
    /** Whether the ledger was begun. */
    boolean begun() throws StorageFailed;

    /** Notes it; durable when this returns. Again is no harm. */
    void begin() throws StorageFailed;

    /** No mark: for a till whose stores cannot get lost. */
    static LedgerMark none() {
        return new LedgerMark() {
            @Override
            public boolean begun() {
                return false;
            }

            @Override
            public void begin() {
                // Nothing is remembered.
            }
        };
    }
}

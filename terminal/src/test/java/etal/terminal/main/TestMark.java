package etal.terminal.main;

import etal.port.StorageFailed;
import etal.terminal.ledger.LedgerMark;

/** The mark beside the keys, in memory; a test may let it fail once. */
public final class TestMark implements LedgerMark {
    private boolean begun;
    private boolean failing;

    /** The next try to set it fails. */
    public void failNext() {
        failing = true;
    }

    @Override
    public boolean begun() {
        return begun;
    }

    @Override
    public void begin() throws StorageFailed {
        if (failing) {
            failing = false;
            throw new StorageFailed("the mark cannot be written");
        }
        begun = true;
    }
}

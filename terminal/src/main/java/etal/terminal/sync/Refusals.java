package etal.terminal.sync;

import etal.port.StorageFailed;
import etal.protocol.ledger.Body;
import etal.terminal.ledger.Ledger;
import java.util.Set;
import java.util.TreeSet;

/**
 * Messages that were refused, each reason recorded once per run: whoever can write to the broker must not be able to fill
 * the ledger. Used from the loop only.
 */
final class Refusals {
    private static final int REASONS_MAX = 50;

    private final Ledger ledger;
    private final Set<String> noted = new TreeSet<>();

    Refusals(Ledger ledger) {
        this.ledger = ledger;
    }

    void note(String reason) throws StorageFailed {
        if (noted.size() < REASONS_MAX && noted.add(reason)) {
            ledger.commit(
                    writing -> writing.append(new Body.TechnicalEvent(Body.TechnicalEvent.MESSAGE_REFUSED, reason)));
        }
    }
}

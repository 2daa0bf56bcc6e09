package etal.terminal.main;

import etal.protocol.ledger.Body;
import etal.terminal.ledger.Ledger;

/** The first entry of a ledger. Stateless. */
final class Genesis {
    private Genesis() {}

    /** One ledger is one seller's and one fund's: what began it goes on. */
    static boolean isOf(Setup setup, Ledger ledger) {
        return ledger.genesis()
                .map(first -> first.fund() == setup.fund()
                        && first.seller().equals(setup.seller().siren()))
                .orElse(true);
    }

    static Body.Genesis of(Setup setup) {
        return new Body.Genesis(
                setup.fund(),
                setup.identity().certificateHashes(),
                setup.seller().siren(),
                setup.software(),
                null);
    }
}

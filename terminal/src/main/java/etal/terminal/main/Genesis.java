package etal.terminal.main;

import etal.protocol.ledger.Body;
import etal.protocol.ledger.Succession;
import etal.terminal.ledger.Ledger;
import org.jspecify.annotations.Nullable;

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

    /** Of a rebuilt terminal it names where the epoch before ended, as far as anyone knows. */
    static Body.Genesis of(Setup setup, @Nullable Succession succession) {
        return new Body.Genesis(
                setup.fund(),
                setup.identity().certificateHashes(),
                setup.seller().siren(),
                setup.software(),
                succession);
    }
}

package etal.terminal.main;

import etal.protocol.ledger.Body;

/** The first entry of a ledger. Stateless. */
final class Genesis {
    private Genesis() {}

    static Body.Genesis of(Setup setup) {
        return new Body.Genesis(
                setup.fund(),
                setup.identity().certificateHashes(),
                setup.seller().siren(),
                setup.software(),
                null);
    }
}

package etal.fleet.world.sim.fund;

import etal.protocol.card.TerminalCertificate;
import etal.terminal.ledger.Identity;

/**
 * A terminal as the registrar let it in. Immutable.
 *
 * @param introduction what it shows to cards
 * @param agreementScalar its key towards cards: a TEST SECRET
 */
public record MadeTerminal(Identity identity, TerminalCertificate introduction, byte[] agreementScalar) {
    @Override
    public String toString() {
        return "made " + identity.id();
    }
}

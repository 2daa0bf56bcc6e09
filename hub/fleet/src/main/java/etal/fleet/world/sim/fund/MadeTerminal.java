package etal.fleet.world.sim.fund;

import etal.protocol.card.TerminalCertificate;
import etal.protocol.trust.TrustFile;
import etal.terminal.ledger.Identity;
import etal.terminal.main.Setup;
import etal.terminal.sale.Seller;
import java.util.Locale;

/**
 * A terminal as the registrar let it in. Immutable.
 *
 * @param introduction what it shows to cards
 * @param agreementScalar its key towards cards: a TEST SECRET
 */
public record MadeTerminal(Identity identity, TerminalCertificate introduction, byte[] agreementScalar) {
    /** What a till is told that runs on it. */
    public Setup setup(long fund, Seller seller, TrustFile trust) {
        return new Setup(fund, seller, Locale.FRENCH, "sim", identity, introduction, agreementScalar, trust);
    }

    @Override
    public String toString() {
        return "made " + identity.id();
    }
}

package etal.terminal.enrol;

import etal.port.Signer;
import etal.protocol.card.TerminalCertificate;
import etal.protocol.ledger.LedgerId;
import java.util.List;

/**
 * What an enrolled terminal has. Its text form holds no secret.
 *
 * @param chain X.509, DER, leaf first, the root left out
 * @param signer of entries, batches and the broker's handshake
 * @param introduction the compact certificate that cards are shown
 * @param agreementScalar the private half of its key, 32 bytes
 */
public record Credentials(
        LedgerId ledger, List<byte[]> chain, Signer signer, TerminalCertificate introduction, byte[] agreementScalar) {
    public Credentials {
        chain = List.copyOf(chain);
    }

    @Override
    public String toString() {
        return "credentials of " + ledger;
    }
}

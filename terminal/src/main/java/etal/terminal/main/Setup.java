package etal.terminal.main;

import etal.protocol.card.TerminalCertificate;
import etal.protocol.trust.TrustFile;
import etal.terminal.ledger.Identity;
import etal.terminal.sale.Seller;
import java.util.Locale;

/**
 * Everything a till is, apart from the outside world.
 *
 * @param fund the fund's number
 * @param seller who sells here
 * @param language of screen and receipts, French or English
 * @param software version of the software, as the genesis names it
 * @param identity ledger, certificates and signer
 * @param introduction the certificate shown to cards
 * @param agreementScalar the private key that belongs to it, 32 bytes; never printed
 * @param trust what the fund's root vouches for
 */
public record Setup(
        long fund,
        Seller seller,
        Locale language,
        String software,
        Identity identity,
        TerminalCertificate introduction,
        byte[] agreementScalar,
        TrustFile trust) {
    @Override
    public String toString() {
        return "till " + identity.id();
    }
}

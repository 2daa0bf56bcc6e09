package etal.terminal.main;

import etal.protocol.card.TerminalCertificate;
import etal.protocol.trust.TrustFile;
import etal.terminal.ledger.Identity;
import etal.terminal.sale.Seller;
import etal.terminal.succession.Predecessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
 * @param before in a rebuilt terminal, what there is of the epoch before; null in every other
 */
public record Setup(
        long fund,
        Seller seller,
        Locale language,
        String software,
        Identity identity,
        TerminalCertificate introduction,
        byte[] agreementScalar,
        TrustFile trust,
        @Nullable Predecessor before) {
    // Written out, because a compact constructor's class file loses @Nullable for callers elsewhere.
    public Setup(
            long fund,
            Seller seller,
            Locale language,
            String software,
            Identity identity,
            TerminalCertificate introduction,
            byte[] agreementScalar,
            TrustFile trust,
            @Nullable Predecessor before) {
        if (before != null && !follows(identity, before)) {
            throw new IllegalArgumentException(identity.id() + " does not follow " + before.ledger());
        }
        this.fund = fund;
        this.seller = seller;
        this.language = language;
        this.software = software;
        this.identity = identity;
        this.introduction = introduction;
        this.agreementScalar = agreementScalar;
        this.trust = trust;
        this.before = before;
    }

    private static boolean follows(Identity identity, Predecessor before) {
        return before.ledger().terminal() == identity.id().terminal()
                && before.ledger().epoch() < identity.id().epoch();
    }

    /** A terminal that nothing came before. */
    public Setup(
            long fund,
            Seller seller,
            Locale language,
            String software,
            Identity identity,
            TerminalCertificate introduction,
            byte[] agreementScalar,
            TrustFile trust) {
        this(fund, seller, language, software, identity, introduction, agreementScalar, trust, null);
    }

    /** The same till, which follows another. */
    public Setup after(Predecessor predecessor) {
        return new Setup(fund, seller, language, software, identity, introduction, agreementScalar, trust, predecessor);
    }

    @Override
    public String toString() {
        return "till " + identity.id();
    }
}

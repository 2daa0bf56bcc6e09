package etal.fleet.world.sim.fund;

import etal.edge.keys.SoftwareSigner;
import etal.hub.members.HubKeys;
import etal.port.Clock;
import etal.port.Entropy;
import etal.port.StorageFailed;
import etal.protocol.card.TerminalCertificate;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import etal.protocol.ledger.LedgerId;
import etal.protocol.trust.Role;
import etal.protocol.trust.TrustFile;
import etal.protocol.trust.X509Chain;
import etal.provisioning.ca.Authority;
import etal.provisioning.ca.TerminalIssue;
import etal.provisioning.ca.TerminalRequest;
import etal.terminal.ledger.Identity;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The keys of a fund that nobody is a member of, made by the real authority: TEST SECRETS, the same from the same entropy. For
 * one thread.
 *
 * @param trust what its terminals and cards trust
 * @param hub what its hub signs and opens with
 */
public record FundOffice(Authority authority, TrustFile trust, HubKeys hub) {
    /** Makes them; the authority keeps its files in {@code directory}, which it makes. */
    public static FundOffice make(Path directory, long fund, Clock clock, Entropy entropy)
            throws StorageFailed, Malformed {
        Authority authority = Authority.init(directory, fund, clock, entropy);
        byte[] acknowledging = P256.newScalar(entropy::fill);
        byte[] documents = P256.newScalar(entropy::fill);
        byte[] seal = P256.newScalar(entropy::fill);
        List<byte[]> acknowledgingChain = authority.issueService(Role.HUB_ACK, P256.publicKey(acknowledging));
        List<byte[]> documentsChain = authority.issueService(Role.HUB_DOCUMENTS, P256.publicKey(documents));
        authority.issueService(Role.HUB_SEAL, P256.publicKey(seal));
        TrustFile trust = TrustFile.read(authority.trustPem());
        var hub = new HubKeys(
                trust.root(),
                trust.cardCaKeys(),
                new SoftwareSigner(acknowledging),
                acknowledgingChain,
                new SoftwareSigner(documents),
                documentsChain,
                seal);
        return new FundOffice(authority, trust, hub);
    }

    /** Lets a terminal in that has these keys, at that time. */
    public Enrolled enrol(long fund, LedgerId ledger, byte[] signing, byte[] agreement, String serial, long nowMillis)
            throws StorageFailed, Malformed {
        var request = new TerminalRequest(
                fund, ledger, P256.publicKey(signing), P256.publicKey(agreement), Hash.sha256(signing, agreement));
        if (!(authority.issueTerminal(request, serial) instanceof TerminalIssue.Issued issued)) {
            throw new IllegalStateException("a terminal of a new fund was not let in");
        }
        byte[] introduction =
                X509Chain.verify(issued.chain(), trust.root(), nowMillis).cardCertificate();
        return new Enrolled(
                new Identity(ledger, issued.chain(), new SoftwareSigner(signing)),
                TerminalCertificate.decode(Objects.requireNonNull(introduction)),
                agreement);
    }

    /** A terminal that was let in. */
    public record Enrolled(Identity identity, TerminalCertificate introduction, byte[] agreementScalar) {
        @Override
        public String toString() {
            return "enrolled " + identity.id();
        }
    }
}

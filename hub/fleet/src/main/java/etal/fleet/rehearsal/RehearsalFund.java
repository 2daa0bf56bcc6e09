package etal.fleet.rehearsal;

import etal.edge.keys.KeyFile;
import etal.edge.keys.Pem;
import etal.edge.keys.PrivateFile;
import etal.edge.keys.SoftwareSigner;
import etal.fake.ManualClock;
import etal.fake.SeededEntropy;
import etal.hub.members.HubKeys;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** A fund that nobody is a member of: TEST SECRETS, made from a seed, the same every time. For one thread. */
final class RehearsalFund {
    static final long FUND = 1;
    static final LedgerId LEDGER = new LedgerId(1, 1);
    private static final long SEED = 7;
    private static final Instant MADE = Instant.parse("2025-03-01T08:00:00Z");

    private final SeededEntropy entropy = new SeededEntropy(SEED);
    private final Authority authority;
    private final HubKeys hubKeys;
    private final TrustFile trust;

    /** Makes it in a directory of its own. */
    RehearsalFund(Path directory) throws StorageFailed, Malformed {
        authority = Authority.init(directory.resolve("ca"), FUND, new ManualClock(MADE), entropy);
        byte[] acknowledging = P256.newScalar(entropy::fill);
        byte[] documents = P256.newScalar(entropy::fill);
        byte[] seal = P256.newScalar(entropy::fill);
        List<byte[]> acknowledgingChain = authority.issueService(Role.HUB_ACK, P256.publicKey(acknowledging));
        List<byte[]> documentsChain = authority.issueService(Role.HUB_DOCUMENTS, P256.publicKey(documents));
        authority.issueService(Role.HUB_SEAL, P256.publicKey(seal));
        trust = TrustFile.read(authority.trustPem());
        hubKeys = new HubKeys(
                trust.root(),
                trust.cardCaKeys(),
                new SoftwareSigner(acknowledging),
                acknowledgingChain,
                new SoftwareSigner(documents),
                documentsChain,
                seal);
    }

    HubKeys hubKeys() {
        return hubKeys;
    }

    TrustFile trust() {
        return trust;
    }

    /** What a till has to be given in files: what to trust, its keys, its certificates. */
    Enrolled enrol(Path stall) throws StorageFailed, Malformed, IOException {
        Files.writeString(stall.resolve("trust.pem"), authority.trustPem(), StandardCharsets.US_ASCII);
        byte[] signing = KeyFile.readOrMake(stall.resolve("keys").resolve("signing.key"), entropy);
        byte[] agreement = KeyFile.readOrMake(stall.resolve("keys").resolve("agreement.key"), entropy);
        var request = new TerminalRequest(
                FUND, LEDGER, P256.publicKey(signing), P256.publicKey(agreement), Hash.sha256(signing, agreement));
        if (!(authority.issueTerminal(request, "rehearsal") instanceof TerminalIssue.Issued issued)) {
            throw new IllegalStateException("a terminal of a new fund was not let in");
        }
        PrivateFile.write(
                stall.resolve("keys").resolve("chain.pem"),
                Pem.certificates(issued.chain()).getBytes(StandardCharsets.US_ASCII));
        byte[] introduction = X509Chain.verify(issued.chain(), trust.root(), MADE.toEpochMilli())
                .cardCertificate();
        return new Enrolled(
                new Identity(LEDGER, issued.chain(), new SoftwareSigner(signing)),
                TerminalCertificate.decode(Objects.requireNonNull(introduction)),
                agreement);
    }

    /** A terminal that was let in. */
    record Enrolled(Identity identity, TerminalCertificate introduction, byte[] agreementScalar) {
        @Override
        public String toString() {
            return "enrolled " + identity.id();
        }
    }
}

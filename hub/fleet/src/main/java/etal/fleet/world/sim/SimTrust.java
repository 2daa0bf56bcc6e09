package etal.fleet.world.sim;

import etal.edge.keys.SoftwareSigner;
import etal.fake.ManualClock;
import etal.fake.SeededEntropy;
import etal.fleet.world.sim.fund.SimFund;
import etal.hub.members.HubKeys;
import etal.port.CardChannel;
import etal.port.CardGone;
import etal.port.ReaderBroken;
import etal.port.StorageFailed;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.Period;
import etal.protocol.card.TerminalCertificate;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import etal.protocol.ledger.LedgerId;
import etal.protocol.scheme.file.ShippedSchemes;
import etal.protocol.trust.Role;
import etal.protocol.trust.TrustFile;
import etal.protocol.trust.X509Chain;
import etal.provisioning.ca.Authority;
import etal.provisioning.ca.TerminalIssue;
import etal.provisioning.ca.TerminalRequest;
import etal.provisioning.cards.CardIssuer;
import etal.provisioning.cards.CardList;
import etal.provisioning.cards.CardOutcome;
import etal.terminal.ledger.Identity;
import etal.virtualcard.Torn;
import etal.virtualcard.VirtualCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The fund's keys, certificates and two personalised cards, made once from a seed by the real authority and the real desk, in
 * a temporary directory.
 *
 * @param fund whose rules hold
 * @param agreementScalar the till's key towards cards
 * @param denied a card as genuine as the other, that was reported lost
 */
record SimTrust(
        SimFund fund,
        TrustFile trust,
        HubKeys hubKeys,
        Identity identity,
        TerminalCertificate introduction,
        byte[] agreementScalar,
        SimCard.Template card,
        SimCard.Template denied) {
    static final long FUND = 1;
    static final LedgerId LEDGER = new LedgerId(1, 1);
    /** What a card of Dieulefit loads each month. */
    static final long ENTITLEMENT_CENTS = 15_000;

    private static final Instant MADE = Instant.parse("2025-03-01T08:00:00Z");
    private static final int PERIOD = Period.of(2025, 4);

    /** Dieulefit's. */
    static SimTrust make(long seed) throws IOException {
        return make(SimFund.of(ShippedSchemes.DIEULEFIT, FUND), seed);
    }

    static SimTrust make(SimFund fund, long seed) throws IOException {
        Path directory = Files.createTempDirectory("etal-sim");
        try {
            return new Maker(fund, directory, seed).make();
        } catch (StorageFailed | Malformed | CardGone | ReaderBroken e) {
            throw new IOException("the simulated fund cannot be made: " + e.getMessage(), e);
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> below = Files.walk(directory)) {
            for (Path path : below.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static final class Maker {
        private final SimFund fund;
        private final Path directory;
        private final SeededEntropy entropy;
        private final ManualClock clock = new ManualClock(MADE);
        private final Authority authority;

        private Maker(SimFund fund, Path directory, long seed) throws StorageFailed {
            this.fund = fund;
            this.directory = directory;
            this.entropy = new SeededEntropy(seed);
            this.authority = Authority.init(directory.resolve("ca"), FUND, clock, entropy);
        }

        private SimTrust make() throws StorageFailed, Malformed, CardGone, ReaderBroken {
            byte[] acknowledging = scalar();
            byte[] documents = scalar();
            byte[] seal = scalar();
            List<byte[]> acknowledgingChain = service(Role.HUB_ACK, acknowledging);
            List<byte[]> documentsChain = service(Role.HUB_DOCUMENTS, documents);
            service(Role.HUB_SEAL, seal);
            TrustFile trust = TrustFile.read(authority.trustPem());
            var hubKeys = new HubKeys(
                    trust.root(),
                    trust.cardCaKeys(),
                    new SoftwareSigner(acknowledging),
                    acknowledgingChain,
                    new SoftwareSigner(documents),
                    documentsChain,
                    seal);
            byte[] signing = scalar();
            byte[] agreement = scalar();
            List<byte[]> chain = terminal(signing, agreement);
            byte[] introduction =
                    X509Chain.verify(chain, trust.root(), MADE.toEpochMilli()).cardCertificate();
            return new SimTrust(
                    fund,
                    trust,
                    hubKeys,
                    new Identity(LEDGER, chain, new SoftwareSigner(signing)),
                    TerminalCertificate.decode(java.util.Objects.requireNonNull(introduction)),
                    agreement,
                    card(),
                    card());
        }

        private byte[] scalar() {
            return P256.newScalar(entropy::fill);
        }

        private List<byte[]> service(Role role, byte[] scalar) throws StorageFailed {
            return authority.issueService(role, P256.publicKey(scalar));
        }

        private List<byte[]> terminal(byte[] signing, byte[] agreement) throws StorageFailed {
            byte[] hash = Hash.sha256(signing, agreement);
            var request = new TerminalRequest(FUND, LEDGER, P256.publicKey(signing), P256.publicKey(agreement), hash);
            return switch (authority.issueTerminal(request, "sim")) {
                case TerminalIssue.Issued(List<byte[]> chain, boolean again) -> chain;
                case TerminalIssue.TicketUsed used -> throw new IllegalStateException(used.toString());
                case TerminalIssue.LedgerTaken taken -> throw new IllegalStateException(taken.toString());
            };
        }

        private SimCard.Template card() throws StorageFailed, CardGone, ReaderBroken {
            byte[] seed = entropy.bytes(32);
            VirtualCard chip = VirtualCard.create(seed);
            var history = new ArrayList<byte[]>();
            CardChannel desk = command -> {
                history.add(command);
                try {
                    return chip.transmit(command);
                } catch (Torn e) {
                    throw new CardGone("torn", e);
                }
            };
            var issuer = new CardIssuer(authority, CardList.open(directory.resolve("cards")), clock, entropy);
            if (issuer.personalise(desk, fund.entitlement(), PERIOD + 48, false) instanceof CardOutcome.Issued issued) {
                CardCertificate certificate = issued.card().certificate();
                return new SimCard.Template(seed, List.copyOf(history), certificate);
            }
            throw new IllegalStateException("the card was not issued");
        }
    }
}

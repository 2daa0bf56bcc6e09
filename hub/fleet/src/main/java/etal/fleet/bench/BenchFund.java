package etal.fleet.bench;

import etal.edge.keys.SoftwareSigner;
import etal.fake.ManualClock;
import etal.fake.SeededEntropy;
import etal.fleet.world.sim.fund.SimFund;
import etal.hub.members.HubKeys;
import etal.port.CardGone;
import etal.port.ReaderBroken;
import etal.port.StorageFailed;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.Period;
import etal.protocol.card.PeriodToken;
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
import etal.terminal.card.CardAccess;
import etal.terminal.ledger.Identity;
import etal.virtualcard.VirtualCard;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A fund with its keys, made by the real authority from a seed, and cards from the real desk. For one thread. */
final class BenchFund {
    static final long FUND = 1;
    static final int PERIOD = Period.of(2025, 4);

    private static final Instant MADE = Instant.parse("2025-03-01T08:00:00Z");
    private static final int YEARS_MONTHS = 48;

    private final SimFund rules = SimFund.of(ShippedSchemes.DIEULEFIT, FUND);
    private final SeededEntropy entropy;
    private final ManualClock clock = new ManualClock(MADE);
    private final Authority authority;
    private final CardIssuer desk;
    private final HubKeys hubKeys;
    private final TrustFile trust;

    /** What a terminal holds. */
    record TerminalKeys(Identity identity, CardAccess access) {}

    /** Makes it below the directory, which exists. */
    BenchFund(Path directory, long seed) throws StorageFailed, Malformed {
        entropy = new SeededEntropy(seed);
        authority = Authority.init(directory.resolve("ca"), FUND, clock, entropy);
        byte[] acknowledging = scalar();
        byte[] documents = scalar();
        byte[] seal = scalar();
        List<byte[]> acknowledgingChain = service(Role.HUB_ACK, acknowledging);
        List<byte[]> documentsChain = service(Role.HUB_DOCUMENTS, documents);
        service(Role.HUB_SEAL, seal);
        trust = TrustFile.read(authority.trustPem());
        hubKeys = new HubKeys(
                trust.root(),
                trust.cardCaKeys(),
                new SoftwareSigner(acknowledging),
                acknowledgingChain,
                new SoftwareSigner(documents),
                documentsChain,
                seal);
        desk = new CardIssuer(authority, CardList.open(directory.resolve("cards")), clock, entropy);
    }

    private byte[] scalar() {
        return P256.newScalar(entropy::fill);
    }

    private List<byte[]> service(Role role, byte[] scalar) throws StorageFailed {
        return authority.issueService(role, P256.publicKey(scalar));
    }

    SimFund rules() {
        return rules;
    }

    HubKeys hubKeys() {
        return hubKeys;
    }

    TrustFile trust() {
        return trust;
    }

    /** The month's token, as the hub would publish it. */
    PeriodToken token() {
        return PeriodToken.sign(FUND, PERIOD, 0, MADE.getEpochSecond(), hubKeys.documents()::sign);
    }

    /** A terminal of that number, enrolled. */
    TerminalKeys terminal(long number) throws StorageFailed, Malformed {
        LedgerId ledger = new LedgerId(number, 1);
        byte[] signing = scalar();
        byte[] agreement = scalar();
        var request = new TerminalRequest(
                FUND, ledger, P256.publicKey(signing), P256.publicKey(agreement), Hash.sha256(signing, agreement));
        if (!(authority.issueTerminal(request, "bench" + number) instanceof TerminalIssue.Issued issued)) {
            throw new IllegalStateException("terminal " + number + " was not enrolled");
        }
        byte[] introduction = X509Chain.verify(issued.chain(), trust.root(), MADE.toEpochMilli())
                .cardCertificate();
        return new TerminalKeys(
                new Identity(ledger, issued.chain(), new SoftwareSigner(signing)),
                new CardAccess(
                        FUND,
                        trust.cardCaKeys(),
                        TerminalCertificate.decode(Objects.requireNonNull(introduction)),
                        agreement));
    }

    /** So many personalised cards, nothing loaded. */
    List<BenchCard> cards(int count) throws StorageFailed, CardGone, ReaderBroken {
        List<BenchCard> cards = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            VirtualCard chip = VirtualCard.create(entropy.bytes(32));
            if (!(desk.personalise(BenchCard.channel(chip), rules.entitlement(), PERIOD + YEARS_MONTHS, false)
                    instanceof CardOutcome.Issued issued)) {
                throw new IllegalStateException("a card was not issued");
            }
            CardCertificate certificate = issued.card().certificate();
            chip.powerOff();
            cards.add(new BenchCard(chip, certificate));
        }
        return cards;
    }
}

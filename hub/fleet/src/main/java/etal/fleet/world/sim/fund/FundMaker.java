package etal.fleet.world.sim.fund;

import etal.edge.keys.KeyFile;
import etal.edge.keys.SoftwareSigner;
import etal.fake.ManualClock;
import etal.fake.SeededEntropy;
import etal.hub.members.HubKeys;
import etal.port.CardChannel;
import etal.port.CardGone;
import etal.port.ReaderBroken;
import etal.port.StorageFailed;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Period;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.card.TerminalCertificate;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.KeyUpdates;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Makes a fund's keys, certificates and personalised cards from a seed, by the real authority and the real desk, in a
 * temporary directory that is gone when it is closed. For one thread.
 */
public final class FundMaker implements AutoCloseable {
    /** The authority is older than what it certifies now: what it certified then ends sooner. */
    private static final Instant SINCE = Instant.parse("2020-03-01T08:00:00Z");

    private static final Duration TERMINALS_LAST = Duration.ofDays(5 * 365);
    private static final Instant MADE = Instant.parse("2025-03-01T08:00:00Z");
    private static final int CARDS_LAST_PERIOD = Period.of(2025, 4) + 48;

    private static final Path MEMORY = Path.of("/dev/shm");

    private final long fund;
    private final Path directory;
    private final SeededEntropy entropy;
    private final ManualClock clock = new ManualClock(SINCE);
    private final Authority authority;
    private final FundKeys keys;
    private byte[] nextDocuments = new byte[0];

    private FundMaker(long fund, Path directory, long seed) throws StorageFailed, Malformed {
        this.fund = fund;
        this.directory = directory;
        this.entropy = new SeededEntropy(seed);
        this.authority = Authority.init(directory.resolve("ca"), fund, clock, entropy);
        clock.set(MADE);
        this.keys = makeKeys();
    }

    /** An authority of the fund of that number. */
    public static FundMaker open(long fund, long seed) throws IOException {
        Path directory = temporary();
        try {
            return new FundMaker(fund, directory, seed);
        } catch (StorageFailed | Malformed e) {
            delete(directory);
            throw new IOException("the simulated fund cannot be made: " + e.getMessage(), e);
        }
    }

    /** Where there is one, a folder in memory: the authority syncs each step, and nothing of it has to outlast the process. */
    private static Path temporary() throws IOException {
        return Files.isWritable(MEMORY)
                ? Files.createTempDirectory(MEMORY, "etal-sim")
                : Files.createTempDirectory("etal-sim");
    }

    private FundKeys makeKeys() throws StorageFailed, Malformed {
        byte[] acknowledging = scalar();
        byte[] documents = scalar();
        byte[] seal = scalar();
        nextDocuments = scalar();
        List<byte[]> acknowledgingChain = service(Role.HUB_ACK, acknowledging);
        List<byte[]> documentsChain = service(Role.HUB_DOCUMENTS, documents);
        List<byte[]> nextChain = service(Role.HUB_DOCUMENTS, nextDocuments);
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
        var exchanged = new HubKeys(
                trust.root(),
                trust.cardCaKeys(),
                hubKeys.acknowledging(),
                acknowledgingChain,
                new SoftwareSigner(nextDocuments),
                nextChain,
                seal,
                1,
                List.of(P256.publicKey(documents)));
        return new FundKeys(trust, hubKeys, exchanged);
    }

    /** What everyone trusts, and the hub's keys. */
    public FundKeys keys() {
        return keys;
    }

    /** The trust file, for whoever reads it from a disk. */
    public String trustPem() throws IOException {
        try {
            return authority.trustPem();
        } catch (StorageFailed e) {
            throw new IOException("the authority cannot be read: " + e.getMessage(), e);
        }
    }

    /** Lets a terminal in. */
    public MadeTerminal terminal(LedgerId ledger) throws IOException {
        return terminal(ledger, MADE);
    }

    private MadeTerminal terminal(LedgerId ledger, Instant now) throws IOException {
        byte[] signing = scalar();
        byte[] agreement = scalar();
        try {
            List<byte[]> chain = chain(ledger, signing, agreement);
            byte[] introduction = X509Chain.verify(chain, keys.trust().root(), now.toEpochMilli())
                    .cardCertificate();
            return new MadeTerminal(
                    new Identity(ledger, chain, new SoftwareSigner(signing)),
                    TerminalCertificate.decode(Objects.requireNonNull(introduction)),
                    agreement);
        } catch (StorageFailed | Malformed e) {
            throw new IOException("terminal " + ledger + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** Lets a terminal in whose certificate ends at that time. */
    public MadeTerminal terminalUntil(LedgerId ledger, Instant until) throws IOException {
        clock.set(until.minus(TERMINALS_LAST));
        try {
            return terminal(ledger, clock.now());
        } finally {
            clock.set(MADE);
        }
    }

    private List<byte[]> chain(LedgerId ledger, byte[] signing, byte[] agreement) throws StorageFailed {
        byte[] hash = Hash.sha256(signing, agreement);
        var request = new TerminalRequest(fund, ledger, P256.publicKey(signing), P256.publicKey(agreement), hash);
        return switch (authority.issueTerminal(request, "sim-" + ledger)) {
            case TerminalIssue.Issued(List<byte[]> chain, boolean again) -> chain;
            case TerminalIssue.TicketUsed used -> throw new IllegalStateException(used.toString());
            case TerminalIssue.LedgerTaken taken -> throw new IllegalStateException(taken.toString());
        };
    }

    /** Personalises a card. */
    public MadeCard card(Entitlement entitlement) throws IOException {
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
        try {
            var issuer = new CardIssuer(authority, CardList.open(directory.resolve("cards")), clock, entropy);
            if (issuer.personalise(desk, entitlement, CARDS_LAST_PERIOD, false) instanceof CardOutcome.Issued issued) {
                return new MadeCard(seed, List.copyOf(history), issued.card().certificate());
            }
        } catch (StorageFailed | CardGone | ReaderBroken e) {
            throw new IOException("a card cannot be made: " + e.getMessage(), e);
        }
        throw new IllegalStateException("the card was not issued");
    }

    /**
     * New keys for the issuing slot that the hub does not use, one generation after the other, signed by the root; the last one
     * is the hub's next.
     */
    public KeyUpdates keyUpdates(int count) throws IOException {
        try {
            byte[] root = KeyFile.read(directory.resolve("ca").resolve("root").resolve("root.key"));
            var updates = new ArrayList<KeyUpdate>();
            for (int each = 0; each < count; each++) {
                int generation = KeyUpdate.FIRST_GENERATION + 1 + each;
                byte[] key = P256.publicKey(each == count - 1 ? nextDocuments : scalar());
                updates.add(
                        KeyUpdate.sign(fund, KeySlot.ISSUING_1, generation, key, message -> P256.sign(root, message)));
            }
            return new KeyUpdates(updates);
        } catch (StorageFailed e) {
            throw new IOException("the root's key cannot be read: " + e.getMessage(), e);
        }
    }

    private byte[] scalar() {
        return P256.newScalar(entropy::fill);
    }

    private List<byte[]> service(Role role, byte[] scalar) throws StorageFailed {
        return authority.issueService(role, P256.publicKey(scalar));
    }

    @Override
    public void close() throws IOException {
        delete(directory);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> below = Files.walk(directory)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

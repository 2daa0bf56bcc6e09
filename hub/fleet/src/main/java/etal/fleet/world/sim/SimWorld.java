package etal.fleet.world.sim;

import etal.edge.sqlite.SqliteDatabase;
import etal.fake.FakeBroker;
import etal.fake.FakeLink;
import etal.fake.FakeMedium;
import etal.fake.FakePrinter;
import etal.fake.FakeReader;
import etal.fake.FakeSignal;
import etal.fake.ManualClock;
import etal.fake.QueueLoop;
import etal.fake.SeededEntropy;
import etal.fleet.world.sim.fund.OfficeFiles;
import etal.fleet.world.sim.fund.SimFund;
import etal.hub.books.Chart;
import etal.hub.core.HubCore;
import etal.hub.members.Member;
import etal.hub.members.PublishedRules;
import etal.hub.sync.Mailbox;
import etal.port.CardChannel;
import etal.port.StorageFailed;
import etal.protocol.card.Period;
import etal.terminal.basket.TillBasket;
import etal.terminal.main.Ports;
import etal.terminal.main.Till;
import etal.terminal.sale.Answer;
import etal.terminal.sync.Uplink;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One till, one card and a lost one, one hub. The till may be dropped and raised again at any moment; its database, its second medium and
 * the card stay. For one thread.
 */
final class SimWorld implements AutoCloseable {
    static final LocalDate DAY = LocalDate.of(2025, 4, 2);
    static final String SIREN = "900000019";
    private static final String NAME = "Le potager des Rives";
    private static final long FUNDERS_CENTS = 100_000;
    /** What a denied card may be asked: SELECT, STATE, INTRODUCE, READ LOG, BLOCK; nothing that moves money. */
    private static final List<Byte> HARMLESS = List.of((byte) 0xA4, (byte) 0x10, (byte) 0x12, (byte) 0x16, (byte) 0x1E);

    private static final Duration LOOK_ABOUT = Duration.ofSeconds(45);
    /** Longer than any time after which till or hub tries again. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final SimTrust trust;
    private final Fate fate;
    private final SeededEntropy entropy;
    private static final Instant AFTERNOON = Instant.parse("2025-04-02T14:00:00Z");

    private final @Nullable RuleChange change;
    private final ManualClock clock;
    private QueueLoop hubLoop;
    private final FakeBroker broker = new FakeBroker();
    private final SqliteDatabase tillDatabase = SqliteDatabase.inMemory();
    private final SqliteDatabase hubDatabase = SqliteDatabase.inMemory();
    private final FakeMedium medium = new FakeMedium();
    private final FakePrinter printer = new FakePrinter();
    private final SimCard card;
    private final SimCard denied;
    private @Nullable FakeLink hubLink;
    private HubCore hub;
    private QueueLoop tillLoop;
    private FakeReader reader;
    private @Nullable FakeLink tillLink;
    private @Nullable Till till;
    private boolean plugged = true;
    private boolean published;
    private @Nullable Instant mayKnowFrom;
    private @Nullable Instant knowsFrom;
    private final Set<String> met = new TreeSet<>();

    SimWorld(SimTrust trust, Fate fate, long seed) throws StorageFailed {
        this(trust, fate, seed, null);
    }

    /** A world whose rules change, unless {@code change} is null. */
    SimWorld(SimTrust trust, Fate fate, long seed, @Nullable RuleChange change) throws StorageFailed {
        this.change = change;
        this.clock = new ManualClock(change == null ? AFTERNOON : change.start());
        this.hubLoop = new QueueLoop(clock);
        this.tillLoop = new QueueLoop(clock);
        this.reader = new FakeReader(tillLoop);
        this.trust = trust;
        this.fate = fate;
        this.entropy = new SeededEntropy(seed);
        this.card = SimCard.of(trust.card());
        this.denied = SimCard.of(trust.denied());
        clock.trusted(true);
        if (change != null) {
            fate.each(() -> clock.advance(change.tick()), () -> RuleChange.isNear(clock.now()));
        }
        this.hub = startHub(change == null ? rules(trust.fund()) : RuleChange.first());
    }

    private static PublishedRules rules(SimFund fund) {
        return new PublishedRules(fund.scheme(), fund.yaml(), fund.catalogue());
    }

    /** Somebody has voted, published it and started the hub again; too late once the day has come for which it was meant. */
    void publish() throws StorageFailed {
        if (clock.now().isBefore(RuleChange.MIDNIGHT)) {
            FakeLink before = hubLink;
            if (before != null) {
                before.down();
            }
            hubLoop.clear();
            hubLoop = new QueueLoop(clock);
            hub = startHub(RuleChange.both());
            published = true;
            settle();
        }
    }

    /** The till's cable. */
    void cable(boolean in) {
        plugged = in;
        FakeLink link = tillLink;
        if (link != null && in) {
            broker.connect(link);
        } else if (link != null) {
            link.down();
        }
        settle();
    }

    /**
     * Whether a sale may have been made under a version of the rules by what the till can have heard: what a plug has cut
     * off may have come to it before or after.
     */
    boolean mayBeUnder(RuleChange.Version version, Instant asked) {
        boolean first = asked.isBefore(RuleChange.MIDNIGHT) || knowsFrom == null || asked.isBefore(knowsFrom);
        boolean second = !asked.isBefore(RuleChange.MIDNIGHT) && mayKnowFrom != null && !asked.isBefore(mayKnowFrom);
        return version == RuleChange.Version.FIRST ? first : second;
    }

    /** The number of the sale that a basket became. */
    long saleOf(String key) {
        return till().stall().look(key) instanceof Answer.Basket(TillBasket basket) ? basket.sale() : 0;
    }

    /** A case that this run has met, for whoever asks whether the seeds meet all of them. */
    void meet(String what) {
        met.add(what);
    }

    /** The cases met. */
    List<String> met() {
        return List.copyOf(met);
    }

    /** How the rules change, if they do. */
    Optional<RuleChange> change() {
        return Optional.ofNullable(change);
    }

    private HubCore startHub(PublishedRules rules) throws StorageFailed {
        FakeLink link = broker.link(hubLoop, Mailbox.topics(SimTrust.FUND));
        hubLink = link;
        var fund = OfficeFiles.fund(
                SimTrust.FUND, List.of(OfficeFiles.stall(1, NAME, SIREN)), Period.of(DAY), FUNDERS_CENTS);
        var core = new HubCore(
                new HubCore.Ports(clock, hubLoop, hubDatabase, link, failure -> {
                    throw new IllegalStateException("the hub's store does not fail here", failure);
                }),
                trust.hubKeys(),
                fund,
                rules,
                Chart.shipped());
        List<String> complaints = core.start(List.of(member(1, card, false), member(2, denied, true)));
        if (!complaints.isEmpty()) {
            throw new IllegalStateException(complaints.toString());
        }
        broker.connect(link);
        hubLoop.runUntilIdle();
        return core;
    }

    private Member member(int number, SimCard card, boolean denied) {
        return OfficeFiles.member(number, card.certificate(), trust.fund().entitlement(), denied);
    }

    /** Raises the till, after a start or a pulled plug. {@link PlugPulled} comes through. */
    Till raise() throws StorageFailed {
        tillLoop = new QueueLoop(clock);
        reader = new FakeReader(tillLoop);
        FakeLink link = broker.link(tillLoop, Uplink.topics(SimTrust.FUND, SimTrust.LEDGER.terminal()));
        FakeLink before = tillLink;
        if (before != null) {
            before.down();
        }
        tillLink = link;
        var ports = new Ports(
                clock,
                entropy,
                tillLoop,
                new PluggedDatabase(tillDatabase, fate),
                medium,
                reader,
                printer,
                link,
                new FakeSignal());
        var setup = trust.terminal()
                .setup(SimTrust.FUND, OfficeFiles.seller(SimFund.POINT_OF_SALE, NAME, SIREN), trust.trust());
        Till raised = switch (Till.open(ports, setup)) {
            case Till.Opened.Ready ready -> ready.till();
            case Till.Opened.Refused refused -> throw new Violation("the till refuses to start: " + refused.why());
        };
        till = raised;
        if (plugged) {
            broker.connect(link);
        }
        settle();
        return raised;
    }

    /** Lets everything that is due happen, at the till and at the hub. */
    void settle() {
        boolean hears = published && plugged;
        if (hears && mayKnowFrom == null) {
            mayKnowFrom = clock.now();
        }
        boolean busy = true;
        while (busy) {
            busy = tillLoop.runOne();
            busy |= hubLoop.runOne();
        }
        if (hears && till != null && knowsFrom == null) {
            knowsFrom = clock.now();
        }
    }

    /** Lets time pass for both. */
    void pass() {
        Instant end = clock.now().plus(PATIENCE);
        while (clock.now().isBefore(end)) {
            settle();
            clock.advance(Duration.ofSeconds(1));
        }
        settle();
    }

    /** The plug is out: whatever the till had in memory is gone, the card is taken away. */
    void dropTill() {
        tillLoop.clear();
        till = null;
        card.powerOff();
        denied.powerOff();
    }

    /** Lays the card onto the reader and lets happen what happens. */
    void tap() {
        reader.present(card.inField(fate, reader::withdraw));
        settle();
    }

    /** Somebody tries the lost card; the till may look at it and block it, and no more. */
    void tapDenied() {
        CardChannel inField = denied.inField(fate, reader::withdraw);
        reader.present(command -> {
            if (!HARMLESS.contains(command[1])) {
                throw new Violation("the till goes on with a denied card: INS " + command[1]);
            }
            return inField.transmit(command);
        });
        settle();
        reader.withdraw();
        denied.powerOff();
        settle();
    }

    /** Near midnight people take their time before they try again, so that what was torn before it is decided after. */
    void lookAbout() {
        if (change != null && RuleChange.isNear(clock.now())) {
            clock.advance(LOOK_ABOUT);
        }
    }

    /** Takes the card back. */
    void takeCard() {
        reader.withdraw();
        card.powerOff();
        settle();
    }

    Till till() {
        Till running = till;
        if (running == null) {
            throw new IllegalStateException("the till is not running");
        }
        return running;
    }

    HubCore hub() {
        return hub;
    }

    SimCard card() {
        return card;
    }

    SimTrust trust() {
        return trust;
    }

    /** The receipts printed so far, in the printer's bytes. */
    List<FakePrinter.Printed> printed() {
        return printer.printed();
    }

    @Override
    public void close() throws StorageFailed {
        tillDatabase.close();
        hubDatabase.close();
    }
}

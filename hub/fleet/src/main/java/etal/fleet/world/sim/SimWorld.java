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
import etal.fleet.market.OwnMarket;
import etal.fleet.world.place.FundScheme;
import etal.hub.books.Chart;
import etal.hub.core.HubCore;
import etal.hub.members.Fund;
import etal.hub.members.Member;
import etal.hub.members.PublishedRules;
import etal.hub.sync.Mailbox;
import etal.port.CardChannel;
import etal.port.StorageFailed;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Period;
import etal.terminal.main.Ports;
import etal.terminal.main.Setup;
import etal.terminal.main.Till;
import etal.terminal.sale.Seller;
import etal.terminal.sync.Uplink;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One till, one card and a lost one, one hub. The till may be dropped and raised again at any moment; its database, its second medium and
 * the card stay. For one thread.
 */
final class SimWorld implements AutoCloseable {
    static final LocalDate DAY = LocalDate.of(2025, 4, 2);
    static final String SIREN = "900000019";
    /** INS of SELECT (ISO/IEC 7816-4). */
    private static final byte SELECT = (byte) 0xA4;
    /** Longer than any time after which till or hub tries again. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final SimTrust trust;
    private final Fate fate;
    private final SeededEntropy entropy;
    private final ManualClock clock = new ManualClock(Instant.parse("2025-04-02T14:00:00Z"));
    private final QueueLoop hubLoop = new QueueLoop(clock);
    private final FakeBroker broker = new FakeBroker();
    private final SqliteDatabase tillDatabase = SqliteDatabase.inMemory();
    private final SqliteDatabase hubDatabase = SqliteDatabase.inMemory();
    private final FakeMedium medium = new FakeMedium();
    private final FakePrinter printer = new FakePrinter();
    private final SimCard card;
    private final SimCard denied;
    private final HubCore hub;
    private QueueLoop tillLoop = new QueueLoop(clock);
    private FakeReader reader = new FakeReader(tillLoop);
    private @Nullable FakeLink tillLink;
    private @Nullable Till till;

    SimWorld(SimTrust trust, Fate fate, long seed) throws StorageFailed {
        this.trust = trust;
        this.fate = fate;
        this.entropy = new SeededEntropy(seed);
        this.card = trust.card().card();
        this.denied = trust.denied().card();
        clock.trusted(true);
        this.hub = startHub();
    }

    private HubCore startHub() throws StorageFailed {
        FakeLink link = broker.link(hubLoop, Mailbox.topics(SimTrust.FUND));
        var stall = new etal.hub.members.PointOfSale(
                1, 1, "Le potager des Rives", SIREN, "FR7630001007940000000000148", "Le potager des Rives");
        var fund = new Fund(
                SimTrust.FUND,
                List.of(stall),
                new Fund.Debtor("Caisse de Dieulefit", "FR7630001007940000000009945", "BDFEFRPPXXX"),
                Period.of(DAY),
                100_000,
                Duration.ofDays(1).toMillis());
        var rules = new PublishedRules(FundScheme.dieulefit(), FundScheme.yaml(), OwnMarket.catalogue());
        var core = new HubCore(
                new HubCore.Ports(clock, hubLoop, hubDatabase, link, failure -> {
                    throw new IllegalStateException("the hub's store does not fail here", failure);
                }),
                trust.hubKeys(),
                fund,
                rules,
                Chart.shipped());
        List<String> complaints = core.start(List.of(member("F0001", card, false), member("F0002", denied, true)));
        if (!complaints.isEmpty()) {
            throw new IllegalStateException(complaints.toString());
        }
        broker.connect(link);
        hubLoop.runUntilIdle();
        return core;
    }

    private static Member member(String household, SimCard card, boolean denied) {
        return new Member(
                household,
                card.certificate().cardId(),
                card.certificate().encode(),
                2,
                Entitlement.monthly(
                        SimTrust.ENTITLEMENT_CENTS, Period.of(DAY), Period.of(DAY) + 11, Member.FIRST_VERSION),
                10_000,
                denied);
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
        var seller = new Seller(
                new etal.protocol.split.PointOfSale(1, SIREN), "Le potager des Rives", Seller.VatRegime.NORMAL);
        var setup = new Setup(
                SimTrust.FUND,
                seller,
                Locale.FRENCH,
                "sim",
                trust.identity(),
                trust.introduction(),
                trust.agreementScalar(),
                trust.trust());
        Till raised = switch (Till.open(ports, setup)) {
            case Till.Opened.Ready ready -> ready.till();
            case Till.Opened.Refused refused -> throw new Violation("the till refuses to start: " + refused.why());
        };
        till = raised;
        broker.connect(link);
        settle();
        return raised;
    }

    /** Lets everything that is due happen, at the till and at the hub. */
    void settle() {
        boolean busy = true;
        while (busy) {
            busy = tillLoop.runOne();
            busy |= hubLoop.runOne();
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

    /** Somebody tries the lost card; the till may look at it, and no more. */
    void tapDenied() {
        CardChannel inField = denied.inField(fate, reader::withdraw);
        reader.present(command -> {
            if (command[1] != SELECT) {
                throw new Violation("the till goes on with a denied card: INS " + command[1]);
            }
            return inField.transmit(command);
        });
        settle();
        reader.withdraw();
        denied.powerOff();
        settle();
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

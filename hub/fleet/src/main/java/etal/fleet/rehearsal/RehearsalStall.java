package etal.fleet.rehearsal;

import etal.edge.sqlite.FileMedium;
import etal.edge.sqlite.SqliteDatabase;
import etal.fake.FakeBroker;
import etal.fake.FakePrinter;
import etal.fake.FakeReader;
import etal.fake.FakeSignal;
import etal.fake.ManualClock;
import etal.fake.QueueLoop;
import etal.fake.SeededEntropy;
import etal.fleet.world.sim.fund.FundOffice;
import etal.fleet.world.sim.fund.OfficeFiles;
import etal.fleet.world.sim.fund.SimFund;
import etal.hub.books.Chart;
import etal.hub.core.HubCore;
import etal.hub.members.PublishedRules;
import etal.hub.sync.Mailbox;
import etal.port.StorageFailed;
import etal.protocol.card.Period;
import etal.protocol.cbor.Malformed;
import etal.protocol.scheme.file.ShippedSchemes;
import etal.terminal.ledger.LedgerMarkFile;
import etal.terminal.main.Ports;
import etal.terminal.main.Setup;
import etal.terminal.main.Till;
import etal.terminal.sync.Uplink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The files of a stall whose till is enrolled, has heard the rules and prices, and has sold nothing yet. Its fund is nobody's:
 * what lies there is TEST SECRETS, the same bytes each time. A real till opens on it without any network.
 */
public final class RehearsalStall {
    private static final Instant MORNING = Instant.parse("2025-04-02T06:00:00Z");
    private static final Duration A_WHILE = Duration.ofSeconds(2);
    private static final String SIREN = "900000019";
    private static final String NAME = "Étal de la répétition";

    private RehearsalStall() {}

    /** Makes it in that directory, which does not exist yet. */
    public static void make(Path directory) throws IOException {
        Path stall = directory.toAbsolutePath().normalize();
        Path office = Files.createTempDirectory("etal-rehearsal");
        try {
            Files.createDirectories(stall.resolve("stick"));
            var fund = new RehearsalFund(office);
            open(stall, fund);
            Files.writeString(stall.resolve("terminal.yaml"), configuration(), StandardCharsets.UTF_8);
        } catch (StorageFailed | Malformed e) {
            throw new IOException("the rehearsal's stall cannot be made: " + e.getMessage(), e);
        } finally {
            Folder.delete(office);
        }
    }

    private static String configuration() {
        return """
                # A stall of no fund: to open a till once without any network. Nothing here is secret, or worth anything.
                terminal: %d
                epoch: %d
                fund: %d
                name: "%s"
                seller: { siren: "%s", name: "%s", vat: normal }
                pointOfSale: %d
                directory: .
                trust: trust.pem
                screen: 127.0.0.1:0
                reader: { kind: tcp, listen: 127.0.0.1:0 }
                printer: { kind: directory, path: receipts }
                medium: stick
                clock: driven
                hardware: mock
                """.formatted(
                        RehearsalFund.LEDGER.terminal(),
                        RehearsalFund.LEDGER.epoch(),
                        RehearsalFund.FUND,
                        NAME,
                        SIREN,
                        NAME,
                        SimFund.POINT_OF_SALE);
    }

    /** Opens the till once, beside a hub that tells it everything, and closes both. */
    private static void open(Path stall, RehearsalFund fund) throws StorageFailed, Malformed, IOException {
        var clock = new ManualClock(MORNING);
        clock.trusted(true);
        var loop = new QueueLoop(clock);
        var broker = new FakeBroker();
        var enrolled = fund.enrol(stall);
        try (var hubDatabase = SqliteDatabase.inMemory();
                var database = SqliteDatabase.open(stall.resolve("terminal.db"));
                var medium = new FileMedium(stall.resolve("stick").resolve(RehearsalFund.LEDGER + ".entries"), true)) {
            startHub(fund, clock, loop, hubDatabase, broker);
            var link = broker.link(loop, Uplink.topics(RehearsalFund.FUND, RehearsalFund.LEDGER.terminal()));
            var ports = new Ports(
                    clock,
                    new SeededEntropy(2),
                    loop,
                    database,
                    medium,
                    new FakeReader(loop),
                    new FakePrinter(),
                    link,
                    new FakeSignal());
            var mark = new LedgerMarkFile(stall.resolve("keys"), RehearsalFund.LEDGER);
            if (!(Till.open(ports, setup(fund, enrolled), mark) instanceof Till.Opened.Ready ready)) {
                throw new IllegalStateException("the rehearsal's till does not open");
            }
            broker.connect(link);
            loop.advance(A_WHILE);
            if (!ready.till().stall().ready()) {
                throw new IllegalStateException("the rehearsal's till has heard no rules");
            }
            ready.till().stop();
        }
    }

    private static Setup setup(RehearsalFund fund, FundOffice.Enrolled enrolled) {
        return new Setup(
                RehearsalFund.FUND,
                OfficeFiles.seller(SimFund.POINT_OF_SALE, NAME, SIREN),
                Locale.FRENCH,
                "rehearsal",
                enrolled.identity(),
                enrolled.introduction(),
                enrolled.agreementScalar(),
                fund.trust());
    }

    private static void startHub(
            RehearsalFund fund, ManualClock clock, QueueLoop loop, SqliteDatabase database, FakeBroker broker)
            throws StorageFailed {
        SimFund rules = SimFund.of(ShippedSchemes.DIEULEFIT, RehearsalFund.FUND);
        var link = broker.link(loop, Mailbox.topics(RehearsalFund.FUND));
        var point = OfficeFiles.stall(SimFund.POINT_OF_SALE, NAME, SIREN);
        var hub = new HubCore(
                new HubCore.Ports(clock, loop, database, link, failure -> {
                    throw new IllegalStateException("the rehearsal's hub", failure);
                }),
                fund.hubKeys(),
                OfficeFiles.fund(RehearsalFund.FUND, List.of(point), Period.of(2025, 4), 0),
                new PublishedRules(rules.scheme(), rules.yaml(), rules.catalogue()),
                Chart.shipped());
        List<String> complaints = hub.start(List.of());
        if (!complaints.isEmpty()) {
            throw new IllegalStateException(complaints.toString());
        }
        broker.connect(link);
        loop.runUntilIdle();
    }
}

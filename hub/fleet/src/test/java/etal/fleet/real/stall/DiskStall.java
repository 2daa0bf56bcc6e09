package etal.fleet.real.stall;

import etal.edge.speech.Speech;
import etal.edge.sqlite.FileMedium;
import etal.edge.sqlite.SqliteDatabase;
import etal.fake.FakeBroker;
import etal.fake.FakeLink;
import etal.fake.FakeReader;
import etal.fake.FakeSignal;
import etal.fake.ManualClock;
import etal.fake.QueueLoop;
import etal.fake.SeededEntropy;
import etal.hub.core.HubCore;
import etal.port.CardGone;
import etal.port.StorageFailed;
import etal.protocol.money.Unit;
import etal.terminal.hardware.DirectoryPrinter;
import etal.terminal.ledger.LedgerMarkFile;
import etal.terminal.main.Ports;
import etal.terminal.main.Setup;
import etal.terminal.main.Till;
import etal.terminal.sale.Seller;
import etal.terminal.speech.TillSpeech;
import etal.terminal.sync.Uplink;
import etal.virtualcard.Torn;
import etal.virtualcard.VirtualCard;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A till on the files it has at a stall (database, second medium, mark, receipts), with one real card and a hub in memory that
 * answers it. All of its own input and output happens in the caller's thread.
 */
public final class DiskStall implements AutoCloseable {
    private static final Instant AFTERNOON = Instant.parse("2025-04-02T14:00:00Z");
    private static final Duration A_WHILE = Duration.ofSeconds(3);
    private static final byte DEBIT = 0x14;

    private final StallFund fund;
    private final Path directory;
    private final ManualClock clock = new ManualClock(AFTERNOON);
    private final FakeBroker broker = new FakeBroker();
    private final QueueLoop hubLoop = new QueueLoop(clock);
    private final @Nullable SqliteDatabase hubDatabase;
    private final @Nullable HubCore hub;
    private @Nullable VirtualCard card;
    private final List<AutoCloseable> open = new ArrayList<>();
    private QueueLoop loop = new QueueLoop(clock);
    private FakeReader reader = new FakeReader(loop);
    private @Nullable FakeLink link;
    private @Nullable Till till;

    /** A stall whose till is still off. */
    public DiskStall(StallFund fund, Path directory) throws StorageFailed {
        this(fund, directory, SqliteDatabase.inMemory());
    }

    private DiskStall(StallFund fund, Path directory, @Nullable SqliteDatabase hubDatabase) throws StorageFailed {
        this.fund = fund;
        this.directory = directory;
        this.hubDatabase = hubDatabase;
        clock.trusted(true);
        hub = hubDatabase == null ? null : FundHub.start(fund, hubDatabase, clock, hubLoop, broker);
    }

    /** A stall whose hub keeps its books in that database, which is closed with the stall. */
    public static DiskStall withHub(StallFund fund, Path directory, SqliteDatabase hubDatabase) throws StorageFailed {
        return new DiskStall(fund, directory, hubDatabase);
    }

    /** A stall that no hub answers, its till still off. */
    public static DiskStall alone(StallFund fund, Path directory) throws StorageFailed {
        return new DiskStall(fund, directory, null);
    }

    /** Switches the till on; if it does not start, what it says. */
    public Optional<String> switchOn() {
        loop = new QueueLoop(clock);
        reader = new FakeReader(loop);
        FakeLink up = broker.link(loop, Uplink.topics(StallFund.FUND, StallFund.LEDGER.terminal()));
        link = up;
        try {
            var database = SqliteDatabase.open(directory.resolve("terminal.db"));
            open.add(database);
            var medium = new FileMedium(directory.resolve("stick").resolve(StallFund.LEDGER + ".entries"), true);
            open.add(medium);
            Ports ports = new Ports(
                    clock,
                    new SeededEntropy(2),
                    loop,
                    database,
                    medium,
                    reader,
                    new DirectoryPrinter(directory.resolve("receipts")),
                    up,
                    new FakeSignal());
            var mark = new LedgerMarkFile(directory.resolve("keys"), StallFund.LEDGER);
            return switch (Till.open(ports, setup(), mark)) {
                case Till.Opened.Ready ready -> running(ready.till(), up);
                case Till.Opened.Refused refused -> {
                    switchOff();
                    yield Optional.of(speech().speak(refused.why()));
                }
            };
        } catch (StorageFailed failed) {
            switchOff();
            return Optional.of(String.valueOf(failed.getMessage()));
        }
    }

    private Optional<String> running(Till raised, FakeLink up) {
        till = raised;
        broker.connect(up);
        settle();
        return Optional.empty();
    }

    private Setup setup() {
        return new Setup(
                StallFund.FUND,
                new Seller(
                        new etal.protocol.split.PointOfSale(1, FundHub.SIREN), FundHub.NAME, Seller.VatRegime.NORMAL),
                Locale.FRENCH,
                "real",
                fund.terminal().identity(),
                fund.terminal().introduction(),
                fund.terminal().agreementScalar(),
                fund.keys().trust());
    }

    /** Switches it off without a word, as a pulled plug does. A file that will not close is left as it lies. */
    public void switchOff() {
        till = null;
        loop.clear();
        if (card != null) {
            card.powerOff();
        }
        FakeLink up = link;
        if (up != null) {
            up.down();
        }
        for (AutoCloseable file : open.reversed()) {
            try {
                file.close();
            } catch (Exception leftOpen) {
                broken.add(String.valueOf(leftOpen.getMessage()));
            }
        }
        open.clear();
    }

    private final List<String> broken = new ArrayList<>();

    /** What would not close so far. */
    public List<String> wouldNotClose() {
        return List.copyOf(broken);
    }

    /** The cable comes out and in again: what is retained is heard anew. */
    public void replug() {
        FakeLink up = link;
        if (up != null) {
            up.down();
            broker.connect(up);
        }
        settle();
    }

    /** Lets happen what is due at till and hub, for a while. */
    public void settle() {
        Instant end = clock.now().plus(A_WHILE);
        while (clock.now().isBefore(end)) {
            boolean busy = true;
            while (busy) {
                busy = loop.runOne();
                busy |= hubLoop.runOne();
            }
            clock.advance(Duration.ofMillis(500));
        }
    }

    /** Lays the card down and takes it away; {@code torn}: too early, before the answer to its debit. */
    public void tap(boolean torn) {
        VirtualCard card = card();
        reader.present(command -> {
            if (torn && command[1] == DEBIT) {
                card.tearBeforeAnswer();
            }
            try {
                return card.transmit(command);
            } catch (Torn gone) {
                throw new CardGone("torn", gone);
            }
        });
        loop.runUntilIdle();
        reader.withdraw();
        loop.runUntilIdle();
        card.powerOff();
    }

    private VirtualCard card() {
        VirtualCard chip = card;
        if (chip == null) {
            chip = fund.card().chip();
            card = chip;
        }
        return chip;
    }

    /** The till that runs. */
    public Till till() {
        Till running = till;
        if (running == null) {
            throw new IllegalStateException("the till is off");
        }
        return running;
    }

    /** The hub. */
    public HubCore hub() {
        return Objects.requireNonNull(hub);
    }

    /** How the till speaks. */
    public static Speech speech() {
        return TillSpeech.in(Locale.FRENCH, Unit.EURO);
    }

    @Override
    public void close() throws StorageFailed {
        switchOff();
        if (hubDatabase != null) {
            hubDatabase.close();
        }
    }
}

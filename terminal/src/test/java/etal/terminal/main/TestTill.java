package etal.terminal.main;

import etal.edge.sqlite.SqliteDatabase;
import etal.fake.FakeLink;
import etal.fake.FakeMedium;
import etal.fake.FakePrinter;
import etal.fake.FakeReader;
import etal.fake.FakeSignal;
import etal.fake.FaultyDatabase;
import etal.fake.ManualClock;
import etal.fake.QueueLoop;
import etal.fake.SeededEntropy;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.sync.Topics;
import etal.terminal.basket.TillBasket;
import etal.terminal.basket.Wanted;
import etal.terminal.sale.Answer;
import etal.terminal.sale.Stall;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A till in a world that the test controls. Its plug can be pulled; its database and second medium stay. */
public final class TestTill {
    public final TestFund fund;
    public final ManualClock clock = new ManualClock(Instant.ofEpochMilli(TestFund.NOON_MILLIS));
    public final QueueLoop loop = new QueueLoop(clock);
    public final FakePrinter printer = new FakePrinter();
    public final FakeSignal signal = new FakeSignal();
    public FakeMedium medium = new FakeMedium();
    public FaultyDatabase database;
    public FakeReader reader = new FakeReader(loop);
    public FakeLink link = new FakeLink(loop);
    public final TestMark mark = new TestMark();

    private final Setup setup;
    private @Nullable Till till;
    private Till.Opened.@Nullable Ready opened;

    public TestTill(TestFund fund, long terminal) {
        this(fund, fund.setup(terminal, 1));
    }

    public TestTill(TestFund fund, Setup setup) {
        this.fund = fund;
        this.setup = setup;
        try {
            this.database = new FaultyDatabase(SqliteDatabase.inMemory());
        } catch (StorageFailed failed) {
            throw new AssertionError(failed);
        }
    }

    /** A till that knows scheme, catalogue and month. */
    public static TestTill ready(TestFund fund, long terminal) {
        return new TestTill(fund, terminal).ready();
    }

    /** Opens it and gives it scheme, catalogue and month. */
    public TestTill ready() {
        start();
        link.up();
        fund.documents().forEach(document -> link.deliver(Topics.doc(1, "any", 1), document));
        loop.runUntilIdle();
        return this;
    }

    /** Opens it on what is there. */
    public Till start() {
        if (open() instanceof Till.Opened.Ready ready) {
            till = ready.till();
            opened = ready;
            return ready.till();
        }
        throw new AssertionError("the till refused to start");
    }

    /** Why it will not start. */
    public Said refusal() {
        if (open() instanceof Till.Opened.Refused refused) {
            return refused.why();
        }
        throw new AssertionError("the till started");
    }

    /** Starts, and fails because something cannot be stored. */
    public void startFails() {
        try {
            tryToOpen();
        } catch (StorageFailed failed) {
            return;
        }
        throw new AssertionError("the till opened");
    }

    /** How the last start went. */
    public Till.Opened.Ready opened() {
        if (opened == null) {
            throw new AssertionError("the till was never on");
        }
        return opened;
    }

    private Till.Opened open() {
        try {
            return tryToOpen();
        } catch (StorageFailed failed) {
            throw new AssertionError(failed);
        }
    }

    private Till.Opened tryToOpen() throws StorageFailed {
        reader = new FakeReader(loop);
        link = new FakeLink(loop);
        SeededEntropy entropy = new SeededEntropy(42);
        return Till.open(new Ports(clock, entropy, loop, database, medium, reader, printer, link, signal), setup, mark);
    }

    /** The plug is pulled: what was in memory is gone, what was queued never happens. */
    public void pullPlug() {
        loop.clear();
        till = null;
    }

    /** Pulled and started again. */
    public Till restart() {
        pullPlug();
        return start();
    }

    public Till till() {
        if (till == null) {
            throw new AssertionError("the till is off");
        }
        return till;
    }

    public Stall stall() {
        return till().stall();
    }

    public Setup setup() {
        return setup;
    }

    /** Rings up. */
    public TillBasket ringUp(String key, Wanted... lines) {
        return basket(stall().ringUp(key, List.of(lines), false));
    }

    /** The basket as it stands. */
    public TillBasket look(String key) {
        return basket(stall().look(key));
    }

    /** The basket of an answer that must be one. */
    public static TillBasket basket(Answer answer) {
        if (answer instanceof Answer.Basket basket) {
            return basket.basket();
        }
        throw new AssertionError("refused: " + answer);
    }

    /** Lays a card into the field and lets everything happen. */
    public void tap(TestCard card) {
        reader.present(card);
        loop.runUntilIdle();
        reader.withdraw();
        loop.runUntilIdle();
        card.withdrawn();
    }

    /** What the ledger says, in order. */
    public List<Body> bodies() {
        try {
            return till().ledger().all().stream()
                    .map(TestTill::entry)
                    .map(signed -> signed.entry().body())
                    .toList();
        } catch (StorageFailed failed) {
            throw new AssertionError(failed);
        }
    }

    /** The bodies of one kind. */
    public <T extends Body> List<T> bodies(Class<T> kind) {
        return bodies().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static SignedEntry entry(byte[] bytes) {
        try {
            return SignedEntry.decode(bytes);
        } catch (Malformed malformed) {
            throw new AssertionError(malformed);
        }
    }
}

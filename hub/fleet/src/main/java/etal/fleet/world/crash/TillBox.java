package etal.fleet.world.crash;

import etal.fake.FakeBroker;
import etal.fake.FakeLink;
import etal.fake.FakeReader;
import etal.fake.FakeSignal;
import etal.fake.ManualClock;
import etal.fake.QueueLoop;
import etal.fake.SeededEntropy;
import etal.fleet.world.crash.effect.Durable;
import etal.fleet.world.crash.effect.Paper;
import etal.fleet.world.crash.effect.Stick;
import etal.fleet.world.crash.effect.Stored;
import etal.fleet.world.crash.effect.Watch;
import etal.fleet.world.sim.fund.MadeTerminal;
import etal.fleet.world.sim.fund.OfficeFiles;
import etal.port.StorageFailed;
import etal.terminal.main.Ports;
import etal.terminal.main.Till;
import etal.terminal.sync.Uplink;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A stall with its till: the production code on its ports. For one thread. */
final class TillBox implements AutoCloseable {
    private final CrashFund fund;
    private final MadeTerminal terminal;
    private final Stored store;
    private final Stick stick;
    private final Paper paper;
    private final Flaw flaw;
    private ManualClock clock;
    private QueueLoop loop;
    private FakeReader reader;
    private @Nullable Till till;
    private @Nullable FakeLink link;
    private SeededEntropy entropy = new SeededEntropy(0);

    TillBox(
            CrashFund fund,
            MadeTerminal terminal,
            Flaw flaw,
            ManualClock clock,
            Supplier<Watch> watch,
            Supplier<Durable> stays)
            throws StorageFailed {
        this.fund = fund;
        this.terminal = terminal;
        this.flaw = flaw;
        this.clock = clock;
        this.loop = new QueueLoop(clock);
        this.reader = new FakeReader(loop);
        String whose = "till " + terminal.identity().id().terminal();
        this.store = new Stored(whose, watch, stays);
        this.stick = new Stick(whose, watch, stays);
        this.paper = new Paper(whose, watch, stays);
    }

    long number() {
        return terminal.identity().id().terminal();
    }

    /** The power is back, the till is not on yet. */
    void putBack(Durable.OfTill held, ManualClock now, long seed) throws StorageFailed {
        off();
        clock = now;
        loop = new QueueLoop(clock);
        reader = new FakeReader(loop);
        entropy = new SeededEntropy(seed);
        store.putBack(held.store());
        stick.putBack(held.medium());
        paper.putBack(held.paper());
    }

    /** What stays of it. */
    Durable.OfTill held(boolean image) throws StorageFailed {
        return new Durable.OfTill(store.store(image), stick.entries(), paper.sheets());
    }

    /** The till, switched on if it is off. */
    Till on(FakeBroker broker) throws StorageFailed {
        Till running = till;
        if (running != null) {
            return running;
        }
        flaw.beforeStart(store.quietly());
        FakeLink fresh = broker.link(loop, Uplink.topics(CrashFund.FUND, number()));
        link = fresh;
        var ports = new Ports(clock, entropy, loop, store, stick, reader, paper, fresh, new FakeSignal());
        var setup = terminal.setup(
                CrashFund.FUND, OfficeFiles.seller(number()), fund.keys().trust());
        Till opened = switch (Till.open(ports, setup)) {
            case Till.Opened.Ready ready -> ready.till();
            case Till.Opened.Refused refused ->
                throw new Violation("till " + number() + " refuses to start: " + refused.why());
        };
        till = opened;
        return opened;
    }

    /** Everything it had in memory is gone. */
    void off() {
        FakeLink before = link;
        if (before != null) {
            before.down();
        }
        loop.clear();
        till = null;
        link = null;
    }

    /** Its link, if it is on. */
    @Nullable
    FakeLink link() {
        return link;
    }

    FakeReader reader() {
        return reader;
    }

    boolean runOne() {
        return loop.runOne();
    }

    OptionalLong nextDueNanos() {
        return loop.nextDueNanos();
    }

    /** Whether the hub has signed for all that it has written. */
    boolean acknowledged() {
        Till running = till;
        return running == null || running.uplink().unacknowledged() == 0;
    }

    Stored store() {
        return store;
    }

    /** What came out of its printer. */
    Paper paper() {
        return paper;
    }

    @Override
    public void close() throws StorageFailed {
        store.close();
    }
}

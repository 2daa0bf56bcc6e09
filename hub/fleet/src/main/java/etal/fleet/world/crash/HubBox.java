package etal.fleet.world.crash;

import etal.fake.FakeBroker;
import etal.fake.FakeLink;
import etal.fake.ManualClock;
import etal.fake.QueueLoop;
import etal.fleet.world.crash.effect.Durable;
import etal.fleet.world.crash.effect.Stored;
import etal.fleet.world.crash.effect.Watch;
import etal.fleet.world.sim.fund.OfficeFiles;
import etal.hub.books.Chart;
import etal.hub.core.HubCore;
import etal.hub.members.Fund;
import etal.hub.members.Member;
import etal.hub.sync.Mailbox;
import etal.port.StorageFailed;
import etal.protocol.card.Entitlement;
import etal.protocol.sync.KeyUpdates;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The hub: its real core. What its operator has written into its files stands in {@link Office}. For one thread. */
final class HubBox implements AutoCloseable {
    private static final long FUNDERS_CENTS = 100_000_000;

    private final CrashFund fund;
    private final int stalls;
    private final Stored store;
    private ManualClock clock;
    private QueueLoop loop;
    private @Nullable HubCore core;
    private @Nullable FakeLink link;

    HubBox(CrashFund fund, int stalls, ManualClock clock, Supplier<Watch> watch, Supplier<Durable> stays)
            throws StorageFailed {
        this.fund = fund;
        this.stalls = stalls;
        this.clock = clock;
        this.loop = new QueueLoop(clock);
        this.store = new Stored("the hub", watch, stays);
    }

    void putBack(Durable.Store held, ManualClock now) throws StorageFailed {
        off();
        clock = now;
        loop = new QueueLoop(clock);
        store.putBack(held);
    }

    /** The hub, started if it is off. */
    HubCore on(FakeBroker broker, Office office) throws StorageFailed {
        HubCore running = core;
        if (running != null) {
            return running;
        }
        FakeLink fresh = broker.link(loop, Mailbox.topics(CrashFund.FUND));
        var started = new HubCore(
                new HubCore.Ports(clock, loop, store, fresh, failure -> {
                    throw new IllegalStateException("the hub's store does not fail here", failure);
                }),
                fund.keys().hubKeys(),
                described(office),
                fund.rules(),
                Chart.shipped());
        List<String> complaints = started.start(
                members(office), new KeyUpdates(fund.keyUpdates().updates().subList(0, office.newKey() ? 1 : 0)));
        if (!complaints.isEmpty()) {
            throw new Violation("the hub does not start: " + complaints);
        }
        core = started;
        link = fresh;
        broker.connect(fresh);
        return started;
    }

    private Fund described(Office office) {
        return OfficeFiles.fund(CrashFund.FUND, OfficeFiles.stalls(stalls), office.month(), FUNDERS_CENTS);
    }

    private List<Member> members(Office office) {
        Entitlement entitlement =
                office.granted() == 0 ? fund.entitlement() : OfficeFiles.voted(fund.entitlement(), office.granted());
        var members = new ArrayList<Member>();
        for (var card : fund.cards()) {
            members.add(OfficeFiles.member(members.size() + 1, card.certificate(), entitlement, office.lost()));
        }
        return members;
    }

    /** Everything it had in memory is gone. */
    void off() {
        FakeLink before = link;
        if (before != null) {
            before.down();
        }
        loop.clear();
        core = null;
        link = null;
    }

    boolean runOne() {
        return loop.runOne();
    }

    OptionalLong nextDueNanos() {
        return loop.nextDueNanos();
    }

    Stored store() {
        return store;
    }

    @Override
    public void close() throws StorageFailed {
        store.close();
    }
}

package etal.fleet.world.cards;

import etal.edge.sqlite.SqliteDatabase;
import etal.fake.FakeLink;
import etal.fake.ManualClock;
import etal.fake.QueueLoop;
import etal.fleet.world.cards.fault.Post;
import etal.hub.books.Chart;
import etal.hub.core.HubCore;
import etal.hub.members.Fund;
import etal.hub.members.Member;
import etal.hub.members.PointOfSale;
import etal.hub.sync.Mailbox;
import etal.port.StorageFailed;
import etal.protocol.card.Entitlement;
import etal.protocol.sync.KeyUpdates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The hub: its real core on real SQL in memory. It may be started anew at any time, also for another month. Not thread-safe. */
final class HubNode implements AutoCloseable {
    private static final long FUNDERS_CENTS = 100_000_000;
    private static final long CONTRIBUTION_CENTS = 10_000;
    private static final int PERSONS = 2;

    private final MarketFund fund;
    private final ManualClock clock;
    private final Post post;
    private final SqliteDatabase database = SqliteDatabase.inMemory();
    private QueueLoop loop;
    private @Nullable FakeLink link;
    private @Nullable HubCore core;
    private final TreeSet<Integer> opened = new TreeSet<>();
    private final TreeSet<Integer> denied = new TreeSet<>();
    private final List<Entitlement> entitled = new ArrayList<>();
    private int period;
    private int keyUpdates;

    HubNode(MarketFund fund, ManualClock clock, Post post, int period) throws StorageFailed {
        this.fund = fund;
        this.clock = clock;
        this.post = post;
        this.period = period;
        this.loop = new QueueLoop(clock);
        fund.cards().forEach(card -> entitled.add(fund.fund().entitlement()));
    }

    /** Starts, or starts anew on what is in store. */
    void start() throws StorageFailed {
        FakeLink before = link;
        if (before != null) {
            before.down();
        }
        loop.clear();
        loop = new QueueLoop(clock);
        FakeLink fresh = post.link(loop, Mailbox.topics(MarketFund.FUND));
        var started = new HubCore(
                new HubCore.Ports(clock, loop, database, fresh, failure -> {
                    throw new IllegalStateException("the hub's store does not fail here", failure);
                }),
                fund.keys().hubKeys(),
                described(),
                fund.rules(),
                Chart.shipped());
        List<String> complaints = started.start(
                members(), new KeyUpdates(fund.keyUpdates().updates().subList(0, keyUpdates)));
        if (!complaints.isEmpty()) {
            throw new IllegalStateException("the hub does not start: " + complaints);
        }
        opened.add(period);
        core = started;
        link = fresh;
        post.connect(fresh);
    }

    /** Opens a month: the operator names it and starts the hub again. */
    void open(int newPeriod) throws StorageFailed {
        period = newPeriod;
        start();
    }

    int period() {
        return period;
    }

    /** The months opened so far. */
    Set<Integer> opened() {
        return opened;
    }

    private Fund described() {
        var points = new ArrayList<PointOfSale>();
        for (int number = 1; number <= fund.stalls().size(); number++) {
            String name = "Étal " + number;
            points.add(new PointOfSale(number, number, name, Stall.siren(number), "FR7630001007940000000000148", name));
        }
        return new Fund(
                MarketFund.FUND,
                points,
                new Fund.Debtor("Caisse", "FR7630001007940000000009945", "BDFEFRPPXXX"),
                period,
                FUNDERS_CENTS,
                Duration.ofDays(1).toMillis());
    }

    private List<Member> members() {
        var members = new ArrayList<Member>();
        for (var card : fund.cards()) {
            int number = members.size() + 1;
            members.add(new Member(
                    String.format(Locale.ROOT, "F%04d", number),
                    card.certificate().cardId(),
                    card.certificate().encode(),
                    PERSONS,
                    entitled.get(number - 1),
                    CONTRIBUTION_CENTS,
                    denied.contains(number)));
        }
        return members;
    }

    /** The list of members now says another amount a month for that card; the hub is started again. */
    void entitle(int card, long amountCents) throws StorageFailed {
        Entitlement before = entitled.get(card - 1);
        entitled.set(
                card - 1,
                new Entitlement(
                        amountCents,
                        before.earnableCents(),
                        before.keepCents(),
                        before.pointOfSale(),
                        before.firstPeriod(),
                        before.lastPeriod(),
                        before.catchUpMonths(),
                        before.version() + 1));
        start();
    }

    /** The card is reported lost; the hub is started again. */
    void deny(int card) throws StorageFailed {
        denied.add(card);
        start();
    }

    /** The fund has one more new key for its cards; the hub is started again. False when there is none left. */
    boolean newKey() throws StorageFailed {
        if (keyUpdates == fund.keyUpdates().updates().size()) {
            return false;
        }
        keyUpdates++;
        start();
        return true;
    }

    /** The cards reported lost. */
    Set<Integer> denied() {
        return denied;
    }

    HubCore core() {
        HubCore running = core;
        if (running == null) {
            throw new IllegalStateException("the hub is not running");
        }
        return running;
    }

    boolean runOne() {
        return loop.runOne();
    }

    OptionalLong nextDueNanos() {
        return loop.nextDueNanos();
    }

    /** Its store, for the auditor. */
    SqliteDatabase store() {
        return database;
    }

    @Override
    public void close() throws StorageFailed {
        database.close();
    }
}

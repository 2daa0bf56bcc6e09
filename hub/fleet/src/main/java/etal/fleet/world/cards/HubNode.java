package etal.fleet.world.cards;

import etal.edge.sqlite.SqliteDatabase;
import etal.fake.FakeLink;
import etal.fake.ManualClock;
import etal.fake.QueueLoop;
import etal.fleet.world.cards.fault.NodeClock;
import etal.fleet.world.cards.fault.PlugOut;
import etal.fleet.world.cards.fault.Post;
import etal.fleet.world.cards.fault.ShakyDatabase;
import etal.fleet.world.cards.fault.Story;
import etal.fleet.world.cards.fault.Weather;
import etal.fleet.world.cards.office.Votes;
import etal.fleet.world.sim.fund.OfficeFiles;
import etal.hub.books.Chart;
import etal.hub.core.HubCore;
import etal.hub.members.Fund;
import etal.hub.members.Member;
import etal.hub.restore.Restored;
import etal.hub.sync.Mailbox;
import etal.port.StorageFailed;
import etal.protocol.card.Entitlement;
import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.KeyUpdates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The hub: its real core on real SQL in memory. It may be started anew at any time, also for another month, and a second one
 * may run on the same store. Not thread-safe.
 */
final class HubNode implements AutoCloseable {
    private static final long FUNDERS_CENTS = 100_000_000;
    private static final int STARTS_MOST = 100;

    private final MarketFund fund;
    private final Surroundings around;
    private final Votes votes;
    private final NodeClock ownClock;
    private SqliteDatabase database = SqliteDatabase.inMemory();
    private ShakyDatabase disk;
    private byte @Nullable [] backup;
    private long generation;
    private final List<Running> running = new ArrayList<>();
    private final TreeSet<Integer> opened = new TreeSet<>();
    private final TreeSet<Integer> denied = new TreeSet<>();
    /** Denied and taken off again; what was blocked meanwhile has to go on the list again. */
    private final TreeSet<Integer> mistaken = new TreeSet<>();

    private final List<Entitlement> entitled = new ArrayList<>();
    /** What was voted for each card before: the office keeps its old lists, for a hub that has forgotten them. */
    private final List<List<Entitlement>> earlier = new ArrayList<>();

    private final List<Fund.Stolen> stolen = new ArrayList<>();
    private int period;
    private int keyUpdates;
    private boolean exchanged;
    private int more;

    /** One process of the hub. */
    private record Running(HubCore core, QueueLoop loop, FakeLink link) {}

    /** What all nodes share. */
    record Surroundings(ManualClock clock, Weather weather, Story story, Post post) {}

    /** What is done at the hub. */
    @FunctionalInterface
    interface Deed<T> {
        T at(HubCore hub) throws StorageFailed;
    }

    HubNode(MarketFund fund, Surroundings around, Votes votes, int period) throws StorageFailed {
        this.fund = fund;
        this.around = around;
        this.votes = votes;
        this.period = period;
        this.ownClock = new NodeClock(around.clock());
        this.disk = shaky(around, database);
        fund.cards().forEach(card -> {
            entitled.add(fund.fund().entitlement());
            earlier.add(new ArrayList<>());
        });
    }

    private static ShakyDatabase shaky(Surroundings around, SqliteDatabase database) {
        return new ShakyDatabase(database, around.weather(), around.story(), "hub", ShakyDatabase.Kinds.HUB);
    }

    /** Its store is copied. */
    void backUp() throws StorageFailed {
        backup = database.image();
    }

    /** It goes on from the last copy, marked as restored; false when there is none. */
    boolean restore() throws StorageFailed {
        byte[] copy = backup;
        if (copy == null) {
            return false;
        }
        SqliteDatabase gone = database;
        database = SqliteDatabase.inMemory(copy);
        disk = shaky(around, database);
        generation = Restored.mark(database, generation, ownClock.now().toEpochMilli());
        start();
        gone.close();
        crookLost();
        return true;
    }

    /** Whether it ever went on from a copy. */
    boolean wasRestored() {
        return generation > 0;
    }

    /** The operator's word that a stall that cheats will never say how far it has come, if there is one. */
    void crookLost() throws StorageFailed {
        if (more > 0) {
            lost(fund.stalls().size() + more);
        }
    }

    /** The operator's word that a terminal will never be read back. */
    private void lost(long terminal) throws StorageFailed {
        for (int time = 0; time < STARTS_MOST; time++) {
            if (at(hub -> hub.terminalLost(terminal, "operator")).isPresent()) {
                return;
            }
        }
    }

    /** Whether it still waits for what its backup has forgotten. */
    boolean readingBack() throws StorageFailed {
        for (int time = 0; time < STARTS_MOST; time++) {
            Optional<Boolean> closed = at(hub -> hub.restored().isPresent());
            if (closed.isPresent()) {
                return closed.get();
            }
        }
        throw new IllegalStateException("the hub does not say whether it reads back");
    }

    /** Starts, or starts anew on what is in store; however often the plug goes out again, somebody switches it on. */
    void start() throws StorageFailed {
        running.forEach(each -> around.post().leave(each.link()));
        running.clear();
        add();
    }

    /** A second process on the same store, until the next start. */
    void second() throws StorageFailed {
        if (running.size() == 1) {
            add();
        }
    }

    private void add() throws StorageFailed {
        for (int time = 0; time < STARTS_MOST; time++) {
            try {
                Running fresh = begin();
                running.add(fresh);
                around.post().share(running.stream().map(Running::link).toList());
                around.post().connect(fresh.link());
                opened.add(period);
                return;
            } catch (PlugOut | StorageFailed again) {
                around.story().count("starts of the hub that failed");
            }
        }
        throw new IllegalStateException("the hub does not start after " + STARTS_MOST + " times");
    }

    private Running begin() throws StorageFailed {
        var loop = new QueueLoop(around.clock());
        FakeLink link = around.post().link(loop, Mailbox.topics(MarketFund.FUND));
        var core = new HubCore(
                new HubCore.Ports(
                        ownClock,
                        loop,
                        disk,
                        link,
                        failure -> around.story().count("messages that the hub could not take")),
                exchanged ? fund.keys().exchanged() : fund.keys().hubKeys(),
                described(),
                votes.published(),
                Chart.shipped());
        List<String> complaints =
                core.start(members(), new KeyUpdates(fund.keyUpdates().updates().subList(0, keyUpdates)));
        if (complaints.stream().anyMatch(each -> each.contains("blocked for good"))) {
            denied.addAll(mistaken);
            mistaken.clear();
            throw new StorageFailed("the list is to be put right first: " + complaints);
        }
        if (!complaints.isEmpty()) {
            throw new IllegalStateException("the hub does not start: " + complaints);
        }
        return new Running(core, loop, link);
    }

    /** Does something at the hub; empty when its plug was pulled meanwhile, or its disk is full. */
    <T> Optional<T> at(Deed<T> deed) throws StorageFailed {
        try {
            return Optional.of(deed.at(core()));
        } catch (PlugOut out) {
            start();
            return Optional.empty();
        } catch (StorageFailed full) {
            return Optional.empty();
        }
    }

    /** The fund takes in one more stall; the hub is started again. */
    void oneMoreStall() throws StorageFailed {
        more = 1;
        start();
        crookLost();
    }

    /** The operator names a terminal as stolen from now on; the hub is started again. */
    void stolen(LedgerId ledger) throws StorageFailed {
        stolen.add(new Fund.Stolen(ledger, ownClock.now().toEpochMilli(), Long.MAX_VALUE, false));
        start();
    }

    /** The operator has looked at what cards have signed at stolen terminals: it is paid out. The hub is started again. */
    void stolenLookedAt() throws StorageFailed {
        stolen.replaceAll(each -> new Fund.Stolen(each.ledger(), each.fromMillis(), each.fromEntry(), true));
        start();
    }

    /** The clock that the hub goes by. */
    NodeClock ownClock() {
        return ownClock;
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
        Fund told = OfficeFiles.fund(
                MarketFund.FUND, OfficeFiles.stalls(fund.stalls().size() + more), period, FUNDERS_CENTS);
        return new Fund(
                told.id(),
                told.pointsOfSale(),
                told.debtor(),
                told.period(),
                told.fundersCents(),
                told.skewMillisMax(),
                stolen);
    }

    private List<Member> members() {
        var members = new ArrayList<Member>();
        for (var card : fund.cards()) {
            int number = members.size() + 1;
            Entitlement wanted = entitled.get(number - 1);
            members.add(OfficeFiles.member(number, card.certificate(), wanted, denied.contains(number))
                    .after(earlier.get(number - 1)));
        }
        return members;
    }

    /** The list of members now says another amount a month for that card; the hub is started again. */
    void entitle(int card, long amountCents) throws StorageFailed {
        Entitlement before = entitled.get(card - 1);
        earlier.get(card - 1).add(before);
        entitled.set(card - 1, OfficeFiles.voted(before, amountCents));
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

    /** Signs documents, months and orders with another key from now on, if cards may have it by now and it does not yet. */
    boolean exchangeKeys() throws StorageFailed {
        if (exchanged || keyUpdates < fund.keyUpdates().updates().size()) {
            return false;
        }
        exchanged = true;
        start();
        return true;
    }

    /** The cards reported lost. */
    Set<Integer> denied() {
        return denied;
    }

    /** The card is found again: nobody denies it any more. The hub is started again. */
    void undeny(int card) throws StorageFailed {
        denied.remove(card);
        mistaken.add(card);
        start();
    }

    HubCore core() {
        return running.getFirst().core();
    }

    boolean runOne() throws StorageFailed {
        try {
            boolean busy = false;
            for (Running each : List.copyOf(running)) {
                busy |= each.loop().runOne();
            }
            return busy;
        } catch (PlugOut out) {
            start();
            return true;
        }
    }

    OptionalLong nextDueNanos() {
        OptionalLong next = OptionalLong.empty();
        for (Running each : running) {
            next = MarketWorld.earlier(next, each.loop().nextDueNanos());
        }
        return next;
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

package etal.fleet.world.forger;

import etal.edge.sqlite.SqliteDatabase;
import etal.fake.FakeBroker;
import etal.fake.FakeLink;
import etal.fake.FakeMedium;
import etal.fake.FakePrinter;
import etal.fake.FakeReader;
import etal.fake.FakeSignal;
import etal.fake.FaultyDatabase;
import etal.fake.ManualClock;
import etal.fake.QueueLoop;
import etal.fake.SeededEntropy;
import etal.fleet.world.sim.fund.OfficeFiles;
import etal.hub.books.Chart;
import etal.hub.core.HubCore;
import etal.hub.members.Member;
import etal.hub.members.PublishedRules;
import etal.hub.sync.Mailbox;
import etal.port.CardChannel;
import etal.port.CardGone;
import etal.port.Link.Topic;
import etal.port.StorageFailed;
import etal.protocol.sync.Topics;
import etal.terminal.basket.TillBasket;
import etal.terminal.basket.Wanted;
import etal.terminal.main.Ports;
import etal.terminal.main.Till;
import etal.terminal.sale.Answer;
import etal.terminal.sync.Uplink;
import etal.virtualcard.Torn;
import etal.virtualcard.VirtualCard;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One till, one card and one hub that do what they shall, and a stranger on their network. For one thread. */
final class SmallMarket implements AutoCloseable {
    static final String SIREN = "900000019";
    private static final Instant NOW = Instant.parse("2025-04-02T14:00:00Z");
    private static final int SECONDS_OF_PATIENCE = 12;
    private static final long FUNDERS_CENTS = 1_000_000;

    private final ForgersFund fund;
    private final ManualClock clock = new ManualClock(NOW);
    private final FakeBroker broker = new FakeBroker();
    private final QueueLoop hubLoop = new QueueLoop(clock);
    private final QueueLoop tillLoop = new QueueLoop(clock);
    private final QueueLoop strangersLoop = new QueueLoop(clock);
    private final SqliteDatabase hubStore = SqliteDatabase.inMemory();
    private final SqliteDatabase tillStore = SqliteDatabase.inMemory();
    private final FaultyDatabase hubDisk = new FaultyDatabase(hubStore);
    private final FaultyDatabase tillDisk = new FaultyDatabase(tillStore);
    private final FakeReader reader = new FakeReader(tillLoop);
    private final FakeMedium medium = new FakeMedium();
    private final FakeLink tillLink;
    private final FakeLink strangersLink;
    private boolean hubDiskFull;
    private final List<byte[]> gaps = new ArrayList<>();
    private final VirtualCard card;
    private final HubCore hub;
    private final Till till;

    SmallMarket(ForgersFund fund) throws StorageFailed {
        this.fund = fund;
        clock.trusted(true);
        card = fund.card().chip();
        tillLink = broker.link(tillLoop, Uplink.topics(ForgersFund.FUND, 1));
        strangersLink = broker.link(strangersLoop, List.of(Topics.gap(ForgersFund.FUND, 1)));
        strangersLink.listen(event -> {
            if (event instanceof etal.port.Link.LinkEvent.Received received) {
                gaps.add(received.message());
            }
        });
        hub = startHub();
        till = startTill();
        broker.connect(tillLink);
        broker.connect(strangersLink);
        pass();
    }

    private HubCore startHub() throws StorageFailed {
        FakeLink link = broker.link(hubLoop, Mailbox.topics(ForgersFund.FUND));
        var described = OfficeFiles.fund(
                ForgersFund.FUND, List.of(OfficeFiles.stall(1, "Étal", SIREN)), ForgersFund.MONTH, FUNDERS_CENTS);
        var core = new HubCore(
                new HubCore.Ports(clock, hubLoop, hubDisk, link, failure -> {
                    if (!hubDiskFull) {
                        throw new IllegalStateException("the hub's store does not fail here", failure);
                    }
                }),
                fund.keys().hubKeys(),
                described,
                new PublishedRules(
                        fund.fund().scheme(), fund.fund().yaml(), fund.fund().catalogue()),
                Chart.shipped());
        Member member =
                OfficeFiles.member(1, fund.card().certificate(), fund.fund().entitlement(), false);
        List<String> complaints = core.start(List.of(member));
        Forged.unless(complaints.isEmpty(), "the hub does not start: " + complaints);
        broker.connect(link);
        return core;
    }

    private Till startTill() throws StorageFailed {
        var ports = new Ports(
                clock,
                new SeededEntropy(1),
                tillLoop,
                tillDisk,
                medium,
                reader,
                new FakePrinter(),
                tillLink,
                new FakeSignal());
        var setup = fund.till()
                .setup(
                        ForgersFund.FUND,
                        OfficeFiles.seller(1, "Étal", SIREN),
                        fund.keys().trust());
        return switch (Till.open(ports, setup)) {
            case Till.Opened.Ready ready -> ready.till();
            case Till.Opened.Refused refused -> throw new IllegalStateException("the till: " + refused.why());
        };
    }

    ForgersFund fund() {
        return fund;
    }

    ManualClock clock() {
        return clock;
    }

    HubCore hub() {
        return hub;
    }

    Till till() {
        return till;
    }

    VirtualCard card() {
        return card;
    }

    FakeMedium medium() {
        return medium;
    }

    /** Whether the hub can commit nothing; it goes on reading. */
    void hubDiskFull(boolean full) {
        hubDiskFull = full;
        full(hubDisk, full);
    }

    /** Whether the till can commit nothing; it goes on reading. */
    void tillDiskFull(boolean full) {
        full(tillDisk, full);
    }

    private static void full(FaultyDatabase disk, boolean full) {
        if (full) {
            disk.fullFrom(1);
        } else {
            disk.room();
        }
    }

    SqliteDatabase tillStore() {
        return tillStore;
    }

    /** What the hub has asked the till for again, as bytes of gaps. */
    List<byte[]> gaps() {
        return gaps;
    }

    void settle() {
        boolean busy = true;
        while (busy) {
            busy = tillLoop.runOne();
            busy |= hubLoop.runOne();
            busy |= strangersLoop.runOne();
        }
    }

    /** Longer than tills and hub wait before they try again. */
    void pass() {
        for (int second = 0; second < SECONDS_OF_PATIENCE; second++) {
            settle();
            clock.advance(Duration.ofSeconds(1));
        }
        settle();
    }

    void cable(boolean in) {
        if (in) {
            broker.connect(tillLink);
        } else {
            tillLink.down();
        }
        settle();
    }

    /** The stranger says something to the hub in the till's place. */
    void toHub(byte[] batch) {
        strangersLink.send(Topic.passing(Topics.up(ForgersFund.FUND, 1)), batch);
        settle();
    }

    /** The stranger says something on that topic. */
    void say(String topic, byte[] message) {
        strangersLink.send(Topic.passing(topic), message);
        settle();
    }

    /** Two salads by card; how the basket stands then. */
    TillBasket buy(String key) {
        return buy(key, card);
    }

    TillBasket buy(String key, VirtualCard with) {
        TillBasket basket = buy(key, channel(with));
        with.powerOff();
        return basket;
    }

    /** A card that does what it is asked. */
    CardChannel channel(VirtualCard with) {
        return command -> {
            try {
                return with.transmit(command);
            } catch (Torn torn) {
                throw new CardGone("torn", torn);
            }
        };
    }

    TillBasket buy(String key, CardChannel with) {
        tap(key, with);
        return switch (till.stall().look(key)) {
            case Answer.Basket(TillBasket basket) -> basket;
            case Answer.Refused refused -> throw new IllegalStateException("the till refuses: " + refused.why());
        };
    }

    /** Two salads, and that card on the reader, whatever comes of it. */
    void tap(String key, CardChannel with) {
        var unused = till.stall().ringUp(key, List.of(new Wanted("salade", 2)), true);
        unused = till.stall().awaitCard(key);
        settle();
        reader.present(with);
        settle();
        reader.withdraw();
        settle();
    }

    /** What a query of the hub's store gives, row by row. */
    List<String> rows(String query) throws StorageFailed {
        return rows(hubStore, query);
    }

    static List<String> rows(SqliteDatabase store, String query) throws StorageFailed {
        return store.inTransaction(connection -> {
            var rows = new ArrayList<String>();
            try (var statement = connection.createStatement();
                    var found = statement.executeQuery(query)) {
                while (found.next()) {
                    rows.add(row(found));
                }
            }
            return rows;
        });
    }

    private static String row(java.sql.ResultSet found) throws SQLException {
        var text = new StringBuilder();
        for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
            text.append(column == 1 ? "" : " ").append(found.getString(column));
        }
        return text.toString();
    }

    /** The books: each account and third party. */
    List<String> books() throws StorageFailed {
        return rows("SELECT account, third, SUM(credit_cents - debit_cents) FROM posting GROUP BY account, third"
                + " ORDER BY account, third");
    }

    /** How far the hub has the ledgers. */
    List<String> chains() throws StorageFailed {
        return rows("SELECT terminal, epoch, number FROM ledger ORDER BY terminal, epoch");
    }

    @Override
    public void close() throws StorageFailed {
        hubStore.close();
        tillStore.close();
    }
}

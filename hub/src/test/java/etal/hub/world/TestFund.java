package etal.hub.world;

import etal.edge.sqlite.SqliteDatabase;
import etal.fake.FakeLink;
import etal.fake.ManualClock;
import etal.fake.QueueLoop;
import etal.hub.books.Chart;
import etal.hub.books.Sql;
import etal.hub.core.HubCore;
import etal.hub.members.Fund;
import etal.hub.members.HubKeys;
import etal.hub.members.PointOfSale;
import etal.hub.members.PublishedRules;
import etal.hub.reconcile.Reconciliation;
import etal.port.Database;
import etal.port.Signer;
import etal.port.StorageFailed;
import etal.protocol.card.Period;
import etal.protocol.card.PeriodToken;
import etal.protocol.card.order.CardOrder;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.P256;
import etal.protocol.ledger.FundedLine;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.scheme.file.SchemeReading;
import etal.protocol.sync.CardOrders;
import etal.protocol.sync.Document;
import etal.protocol.sync.SignedDocument;
import etal.protocol.sync.Topics;
import etal.protocol.trust.Role;
import etal.testkit.TestAuthority;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fund 1 on its second market day: two points of sale (3 and 5), three cards, a hub in memory on a link of its own. */
public final class TestFund {
    /** The market day. */
    public static final LocalDate DAY = LocalDate.of(2025, 4, 2);
    /** What each card may load. */
    public static final long ENTITLEMENT_CENTS = 15_000;

    public final TestAuthority authority = new TestAuthority(7);
    public final ManualClock clock = new ManualClock(Instant.parse("2025-04-02T15:00:00Z"));
    public final QueueLoop loop = new QueueLoop(clock);
    public final FakeLink link = new FakeLink(loop);
    public final Database database;
    public final Scheme scheme;
    public final Fund fund;
    public final HubCore hub;
    public final List<TestCard> cards = new ArrayList<>();
    public final TestTerminal three;
    public final TestTerminal five;
    public final List<StorageFailed> failures = new ArrayList<>();

    /** A fund whose hub has started and whose link is up. */
    public TestFund() throws StorageFailed {
        this(TestStore.fresh());
    }

    /** A fund on a database of its own. */
    public TestFund(Database database) throws StorageFailed {
        this(database, version(1, "2025-03-01"));
    }

    /** A fund under rules of its own. */
    public TestFund(Database database, PublishedRules.SchemeVersion rules) throws StorageFailed {
        this.database = database;
        scheme = rules.scheme();
        fund = fund();
        three = new TestTerminal(authority, 3, scheme, clock.now());
        five = new TestTerminal(authority, 5, scheme, clock.now());
        for (int number = 1; number <= 3; number++) {
            cards.add(new TestCard(authority, number, ENTITLEMENT_CENTS));
        }
        hub = hub(database, rules.yaml(), scheme, link);
        List<String> complaints = start(hub);
        if (!complaints.isEmpty()) {
            throw new AssertionError(complaints);
        }
        link.up();
        loop.runUntilIdle();
    }

    /** The store, where only SQLite can do what is wanted, such as a copy of its file. */
    public SqliteDatabase sqlite() {
        return (SqliteDatabase) database;
    }

    /** Another hub program on that store, as after a restart, with a link of its own. */
    public HubCore hub(Database store, String yaml, Scheme rules) {
        return hub(store, yaml, rules, new FakeLink(loop));
    }

    /** A hub program on that store and link. */
    public HubCore hub(Database store, String yaml, Scheme rules, FakeLink on) {
        return hub(store, fund, yaml, rules, on);
    }

    /** A hub program on that store and link that publishes those rules. */
    public HubCore hub(PublishedRules rules, FakeLink on) {
        return new HubCore(
                new HubCore.Ports(clock, loop, database, on, failures::add),
                keys(authority),
                fund,
                rules,
                Chart.shipped());
    }

    /** A hub program for another configuration of the fund. */
    public HubCore hub(Database store, Fund as, String yaml, Scheme rules, FakeLink on) {
        return new HubCore(
                new HubCore.Ports(clock, loop, store, on, failures::add),
                keys(authority),
                as,
                new PublishedRules(rules, yaml, new Catalogue(List.of())),
                Chart.shipped());
    }

    /** Starts a hub with the fund's members. */
    public List<String> start(HubCore one) throws StorageFailed {
        return one.start(cards.stream().map(TestCard::member).toList());
    }

    /** Delivers a batch and runs the hub until it rests. */
    public void deliver(byte[] batch) {
        link.deliver(Topics.up(1, 3), batch);
        loop.runUntilIdle();
        if (!failures.isEmpty()) {
            throw new AssertionError("the store failed", failures.getFirst());
        }
    }

    /** Delivers a batch to a hub with another configuration of the fund, on the same store. */
    public void deliverTo(Fund as, byte[] batch) throws StorageFailed {
        FakeLink other = new FakeLink(loop);
        start(hub(database, as, SchemeFile.dieulefit(), scheme, other));
        other.up();
        other.deliver(Topics.up(1, 3), batch);
        loop.runUntilIdle();
    }

    /** Everything both terminals hold goes up. */
    public void syncAll() {
        deliver(three.batch());
        deliver(five.batch());
    }

    /** The token of April 2025, as the hub has published it. */
    public PeriodToken token() {
        return link(Document.PERIOD);
    }

    /** The evening of the day, with every byte checked. */
    public Reconciliation evening() throws StorageFailed {
        return hub.reconcile(DAY, true);
    }

    /** The reasons in quarantine, in the order of arrival. */
    public List<String> quarantined() throws StorageFailed {
        return database.inTransaction(connection ->
                Sql.list(connection, "SELECT reason FROM quarantine ORDER BY id", row -> row.getString(1)));
    }

    /** What stands published for a card, in the order in which it is shown; signatures of documents and orders hold. */
    public List<CardOrder> orders(TestCard card) throws Exception {
        int shard = CardOrders.shardOf(card.id());
        Optional<byte[]> newest = database.inTransaction(connection -> Sql.first(
                connection,
                "SELECT bytes FROM document WHERE kind = ? ORDER BY version DESC",
                row -> row.getBytes(1),
                Document.orders(shard)));
        if (newest.isEmpty()) {
            return List.of();
        }
        byte[] key = keys(authority).documents().publicKey();
        SignedDocument signed = SignedDocument.decode(newest.get());
        List<CardOrder> orders =
                CardOrders.decode(shard, signed.document().content()).to(card.id());
        if (!signed.verify(key) || !orders.stream().allMatch(order -> order.verify(key))) {
            throw new AssertionError("a signature does not hold");
        }
        return orders;
    }

    /** The only order that stands published for a card. */
    public CardOrder order(TestCard card) throws Exception {
        List<CardOrder> orders = orders(card);
        if (orders.size() != 1) {
            throw new AssertionError(orders);
        }
        return orders.getFirst();
    }

    /** Credits less debits of an account, over all third parties. */
    public long balance(String account) throws StorageFailed {
        return database.inTransaction(connection -> Sql.number(
                connection,
                "SELECT COALESCE(SUM(credit_cents - debit_cents), 0) FROM posting WHERE account = ?",
                account));
    }

    /** A count of rows. */
    public long count(String table) throws StorageFailed {
        return database.inTransaction(connection -> Sql.number(connection, "SELECT COUNT(*) FROM " + table));
    }

    /** Changes the store as only a hand in the file can: the triggers are taken away first. */
    public void tamper(String sql) throws StorageFailed {
        database.inTransaction(connection -> {
            for (String trigger : triggers(connection)) {
                Sql.update(connection, "DROP " + trigger);
            }
            Sql.update(
                    connection, sqlite(connection) ? "PRAGMA defer_foreign_keys = ON" : "SET CONSTRAINTS ALL DEFERRED");
            int rows = Sql.update(connection, sql);
            if (rows == 0) {
                throw new AssertionError("nothing was changed by " + sql);
            }
            return rows;
        });
    }

    private static List<String> triggers(Connection connection) throws java.sql.SQLException {
        String query = sqlite(connection)
                ? "SELECT 'TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
                : "SELECT 'FUNCTION ' || tgname || ' CASCADE' FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname";
        return Sql.list(connection, query, row -> row.getString(1));
    }

    private static boolean sqlite(Connection connection) throws java.sql.SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("SQLite");
    }

    /** A line of vegetables, wholly conventioned. */
    public static FundedLine vegetables(long cents) {
        return new FundedLine("legumes", 1, cents, 55, 100);
    }

    static String siren(long terminal) {
        return "90000000" + terminal;
    }

    private PeriodToken link(String kind) {
        try {
            byte[] bytes = database.inTransaction(connection -> Sql.first(
                            connection, "SELECT bytes FROM document WHERE kind = ?", row -> row.getBytes(1), kind)
                    .orElseThrow());
            return PeriodToken.decode(SignedDocument.decode(bytes).document().content());
        } catch (Malformed | StorageFailed e) {
            throw new AssertionError(e);
        }
    }

    /** A version of the rules with a date; with {@code changes}, pairs of words of the file and what stands in their place. */
    public static PublishedRules.SchemeVersion version(long number, String holdsFrom, String... changes) {
        String yaml = SchemeFile.dieulefit()
                .replaceFirst("(?m)^version: .*$", "version: " + number)
                .replaceFirst("(?m)^holdsFrom: .*$", "holdsFrom: " + holdsFrom);
        for (int i = 0; i < changes.length; i += 2) {
            yaml = yaml.replace(changes[i], changes[i + 1]);
        }
        String file = "scheme-" + number + ".yaml";
        return switch (SchemeFile.read(yaml, file)) {
            case SchemeReading.Read read -> new PublishedRules.SchemeVersion(read.scheme(), yaml, file);
            case SchemeReading.Faulty faulty -> throw new AssertionError(faulty.faults());
        };
    }

    private static Fund fund() {
        return new Fund(
                1,
                List.of(
                        new PointOfSale(
                                3, 3, "Chèvrerie", siren(3), "FR7630006000011234567890189", "GAEC de la Chèvrerie"),
                        new PointOfSale(5, 5, "Fournil", siren(5), "DE89370400440532013000", "Fournil & Œufs SARL")),
                new Fund.Debtor("Caisse de Dieulefit", "FR1420041010050500013M02606", "PSSTFRPPMON"),
                Period.of(2025, 4),
                0,
                60_000);
    }

    /** The hub's keys under a test authority. */
    public static HubKeys keys(TestAuthority authority) {
        TestAuthority.Leaf acknowledging = authority.service(Role.HUB_ACK);
        TestAuthority.Leaf documents = authority.service(Role.HUB_DOCUMENTS);
        return new HubKeys(
                authority.root(),
                Map.of(1, authority.cardAuthorityKey()),
                signer(acknowledging.scalar()),
                acknowledging.chain(),
                signer(documents.scalar()),
                documents.chain(),
                authority.service(Role.HUB_SEAL).scalar());
    }

    private static Signer signer(byte[] scalar) {
        return new Signer() {
            @Override
            public byte[] publicKey() {
                return P256.publicKey(scalar);
            }

            @Override
            public byte[] sign(byte[] message) {
                return P256.sign(scalar, message);
            }
        };
    }
}

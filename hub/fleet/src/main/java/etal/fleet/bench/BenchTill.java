package etal.fleet.bench;

import etal.edge.sqlite.FileMedium;
import etal.edge.sqlite.SqliteDatabase;
import etal.fake.FakeBroker;
import etal.fake.FakePrinter;
import etal.fake.FakeReader;
import etal.fake.ManualClock;
import etal.fake.QueueLoop;
import etal.fake.SeededEntropy;
import etal.fleet.world.sim.fund.OfficeFiles;
import etal.hub.books.Chart;
import etal.hub.core.HubCore;
import etal.hub.members.Member;
import etal.hub.members.PublishedRules;
import etal.hub.orders.Correction;
import etal.hub.sync.Mailbox;
import etal.port.Link;
import etal.port.StorageFailed;
import etal.port.printer.Printer;
import etal.protocol.card.Deltas;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Wanted;
import etal.terminal.main.Ports;
import etal.terminal.main.Setup;
import etal.terminal.main.Till;
import etal.terminal.sale.Answer;
import etal.terminal.sync.Uplink;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A real till on disk, its database and its second medium synced as at a stall, with a hub that answers it. For one thread. */
final class BenchTill implements AutoCloseable {
    /** Five lines, all of which the fund pays: 9,35. */
    static final List<Wanted> BASKET = List.of(
            new Wanted("carottes", 1),
            new Wanted("salade", 1),
            new Wanted("picodon", 1),
            new Wanted("yaourt", 1),
            new Wanted("radis", 1));

    static final long BASKET_CENTS = 935;

    private static final Deltas VOUCHER = new Deltas(100, 0, 0);
    private static final String SIREN = "900000019";
    private static final long FUNDERS_CENTS = 100_000;
    private static final String NAME = "Le potager des Rives";
    private static final Instant MORNING = Instant.parse("2025-04-02T06:00:00Z");
    private static final Duration BETWEEN_TAPS = Duration.ofSeconds(2);

    private final ManualClock clock = new ManualClock(MORNING);
    private final QueueLoop loop = new QueueLoop(clock);
    private final FakeReader reader = new FakeReader(loop);
    private final SqliteDatabase hubDatabase = SqliteDatabase.inMemory();
    private final SqliteDatabase database;
    private final FileMedium medium;
    private final Stopwatch stopwatch;
    private final HubCore hub;
    private final Till till;
    private int baskets;

    /**
     * What may stand around the till.
     *
     * @param link what the till is given in place of its link
     * @param hearer is told what happens during a tap
     */
    record Outside(Printer printer, UnaryOperator<Link> link, Consumer<Stopwatch.Heard> hearer) {
        /** Nothing that holds up anybody. */
        static Outside quick() {
            return new Outside(new FakePrinter(), link -> link, heard -> {});
        }
    }

    /**
     * Opens it.
     *
     * @param directory where it keeps its files; exists
     */
    BenchTill(Path directory, BenchFund fund, BenchFund.TerminalKeys keys, List<BenchCard> cards, Outside outside)
            throws StorageFailed {
        clock.trusted(true);
        stopwatch = new Stopwatch(cards.getFirst().chip(), outside.hearer());
        FakeBroker broker = new FakeBroker();
        hub = startHub(broker, fund, cards);
        database = SqliteDatabase.open(directory.resolve("terminal.db"));
        medium = new FileMedium(directory.resolve("stick.entries"), true);
        var tillLink = broker.link(
                loop, Uplink.topics(BenchFund.FUND, keys.identity().id().terminal()));
        Ports ports = new Ports(
                clock,
                new SeededEntropy(2),
                loop,
                database,
                medium,
                reader,
                outside.printer(),
                outside.link().apply(tillLink),
                stopwatch);
        till = open(ports, fund, keys);
        broker.connect(tillLink);
        loop.advance(BETWEEN_TAPS);
    }

    private static Till open(Ports ports, BenchFund fund, BenchFund.TerminalKeys keys) throws StorageFailed {
        Setup setup = new Setup(
                BenchFund.FUND,
                OfficeFiles.seller(1, NAME, SIREN),
                Locale.FRENCH,
                "bench",
                keys.identity(),
                keys.access().introduction(),
                keys.access().agreementScalar(),
                fund.trust());
        return switch (Till.open(ports, setup)) {
            case Till.Opened.Ready ready -> ready.till();
            case Till.Opened.Refused refused -> throw new IllegalStateException("the till: " + refused.why());
        };
    }

    private HubCore startHub(FakeBroker broker, BenchFund fund, List<BenchCard> cards) throws StorageFailed {
        var link = broker.link(loop, Mailbox.topics(BenchFund.FUND));
        var rules = fund.rules();
        var core = new HubCore(
                new HubCore.Ports(clock, loop, hubDatabase, link, failure -> {
                    throw new IllegalStateException("the hub's store", failure);
                }),
                fund.hubKeys(),
                OfficeFiles.fund(
                        BenchFund.FUND, List.of(OfficeFiles.stall(1, NAME, SIREN)), BenchFund.PERIOD, FUNDERS_CENTS),
                new PublishedRules(rules.scheme(), rules.yaml(), rules.catalogue()),
                Chart.shipped());
        List<Member> members = new ArrayList<>();
        for (BenchCard card : cards) {
            members.add(OfficeFiles.member(members.size() + 1, card.certificate(), rules.entitlement(), false));
        }
        List<String> complaints = core.start(members);
        if (!complaints.isEmpty()) {
            throw new IllegalStateException(complaints.toString());
        }
        broker.connect(link);
        loop.runUntilIdle();
        return core;
    }

    /** The fund has something for this card, and the till has heard of it. */
    void voucher(BenchCard card) throws StorageFailed {
        byte[] id = card.certificate().cardId();
        if (!(hub.correct(new Correction(id, VOUCHER, "bench", "bench")) instanceof Correction.Outcome.Issued)) {
            throw new IllegalStateException("the hub has issued no voucher");
        }
        loop.advance(BETWEEN_TAPS);
    }

    /** The basket is rung up, and this card pays it. Afterwards the card is taken away, and what is due happens. */
    Payment pay(BenchCard card, boolean receipt) {
        String key = "b" + ++baskets;
        basket(till.stall().ringUp(key, BASKET, receipt));
        basket(till.stall().awaitCard(key));
        loop.runUntilIdle();
        stopwatch.start(card.chip());
        reader.present(stopwatch);
        loop.runUntilIdle();
        if (basket(till.stall().look(key)) != BasketState.PAID) {
            throw new IllegalStateException(
                    "the basket was not paid: " + till.stall().look(key));
        }
        Payment payment = stopwatch.payment();
        reader.withdraw();
        card.chip().powerOff();
        loop.advance(BETWEEN_TAPS);
        return payment;
    }

    /** The basket is rung up and paid in cash; how long the last gesture took, after which the sale stands. */
    long payInCashNanos() {
        String key = "b" + ++baskets;
        basket(till.stall().ringUp(key, BASKET, false));
        loop.runUntilIdle();
        long begin = System.nanoTime();
        BasketState state = basket(till.stall().cash(key));
        long nanos = System.nanoTime() - begin;
        if (state != BasketState.PAID) {
            throw new IllegalStateException("the basket was not paid: " + state);
        }
        loop.advance(BETWEEN_TAPS);
        return nanos;
    }

    /** Sales in its ledger. */
    long sales() throws StorageFailed {
        return till.sales();
    }

    private static BasketState basket(Answer answer) {
        return switch (answer) {
            case Answer.Basket(var basket) -> basket.state();
            case Answer.Refused refused -> throw new IllegalStateException("the till refuses: " + refused.why());
        };
    }

    @Override
    public void close() throws StorageFailed {
        database.close();
        medium.close();
        hubDatabase.close();
    }
}

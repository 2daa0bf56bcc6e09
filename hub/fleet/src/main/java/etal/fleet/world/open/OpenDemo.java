package etal.fleet.world.open;

import etal.edge.config.SystemClock;
import etal.edge.config.SystemEntropy;
import etal.fleet.market.OwnMarket;
import etal.fleet.market.StallOfTheDay;
import etal.fleet.world.calm.Assortment;
import etal.fleet.world.calm.CalmMarket;
import etal.fleet.world.calm.LooseCable;
import etal.fleet.world.place.Configuration;
import etal.fleet.world.place.FundScheme;
import etal.fleet.world.place.MarketDirectory;
import etal.fleet.world.place.Nodes;
import etal.fleet.world.place.Pocket;
import etal.fleet.world.place.Progress;
import etal.fleet.world.place.SetUp;
import etal.fleet.world.place.Setting;
import etal.fleet.world.place.StallNode;
import etal.fleet.world.place.Till;
import etal.protocol.scheme.Scheme;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The demo that anyone can open: a fund with hub, broker and eight tills as processes on loopback, a calm market at seven of
 * them, and at the eighth a table for the visitor. It lasts until it is closed and leaves nothing behind.
 */
public final class OpenDemo implements AutoCloseable {
    /** The highest port that can be asked for. */
    public static final int PORT_MAX = Addresses.LAST;

    /** The visitor's stall: vegetables. */
    private static final int VISITORS = 1;

    /** Where members spend their cards down before the visitor sees them; open from the beginning. */
    private static final int DEAREST = 6;

    /** The stall at the edge of the market, whose network comes and goes. */
    private static final int EDGE = 5;

    private static final long LEAVE_CENTS = 300;

    private final Deque<AutoCloseable> open = new ConcurrentLinkedDeque<>();
    private final Progress progress;
    private final Addresses addresses;

    private OpenDemo(Addresses addresses, Progress progress) {
        this.addresses = addresses;
        this.progress = progress;
        open.push(addresses);
    }

    /** Who shows the table. */
    @FunctionalInterface
    public interface Page {
        /** Serves the page of this table at this address until closed. */
        AutoCloseable serve(InetSocketAddress at, Table table) throws IOException;
    }

    /**
     * Opens; returns once both pages answer and the visitor's till sells. The stalls that are not needed for that open
     * afterwards, one by one.
     *
     * @param top the project's folder
     * @param port of the table's page; the hub's and the till's follow. Without one the first three that are free.
     * @param seed of the market
     * @throws IOException when the environment lacks something, such as a port; nothing is left behind then
     */
    public static OpenDemo open(Path top, OptionalInt port, long seed, Page page, Progress progress)
            throws IOException, InterruptedException {
        var demo = new OpenDemo(Addresses.claim(port), progress);
        try {
            demo.begin(top, seed, page);
            return demo;
        } catch (IOException | InterruptedException | RuntimeException e) {
            demo.close();
            throw e;
        }
    }

    private void begin(Path top, long seed, Page page) throws IOException, InterruptedException {
        Scheme scheme = FundScheme.dieulefit();
        var clock = new SystemClock();
        var entropy = new SystemEntropy();
        progress.say("a fund with " + StallOfTheDay.all().size() + " stalls is being set up");
        Members members = Members.of(scheme, seed);
        Setting setting = setting(LocalDate.ofInstant(clock.now(), scheme.zone()), members);
        MarketDirectory market =
                opened(DemoDirectory.make(folder(top), progress)).market();
        var configuration = new Configuration(market, setting, clock, entropy);
        SetUp setUp = SetUp.begin(market, setting, configuration, clock, entropy);
        Pocket pocket = opened(Pocket.unkept());
        Nodes nodes = opened(new Nodes(top, market, setting, configuration, progress));
        nodes.startServices();
        setUp.members(pocket);
        progress.say(members.all().size() + " cards personalised");
        nodes.startHub();
        nodes.startStalls(List.of(VISITORS, DEAREST));
        var assortment = new Assortment(OwnMarket.catalogue(), scheme);
        CalmMarket calm =
                opened(new CalmMarket(new Till(pocket, false), assortment, members.strolling(), seed, clock, progress));
        calm.add(ready(nodes, DEAREST));
        VisitorCards cards = new VisitorCards(members, pocket::cardOf, household -> {
            long cents = household.entitlementCents();
            var shopping = assortment.spending(DEAREST, cents, LEAVE_CENTS);
            return cents - calm.buy(DEAREST, household.number(), shopping).cardCents();
        });
        cards.layOut();
        Table table = table(ready(nodes, VISITORS), cards, market, clock);
        nodes.awaitHub();
        addresses.close();
        opened(page.serve(addresses.table(), table));
        calm.open();
        opened(new Opening(() -> openOthers(nodes, calm, setting.stallNumbers())));
    }

    private Setting setting(LocalDate today, Members members) {
        var screen = new Setting.Screen(
                addresses.tillPort(), Addresses.origin(addresses.table().getPort()), Assortment.of(VISITORS));
        return new Setting(
                today,
                Setting.Time.SYSTEM,
                StallOfTheDay.all(),
                members.all(),
                members.deniedNumbers(),
                OwnMarket.catalogueCsv(),
                addresses.hubPort(),
                Map.of(VISITORS, screen));
    }

    /** Below the project, or where the machine keeps what is temporary if the project cannot be written to. */
    private static Path folder(Path top) {
        Path target = top.resolve("target");
        boolean writable = Files.isDirectory(target) ? Files.isWritable(target) : Files.isWritable(top);
        return writable ? target.resolve("open") : Path.of(System.getProperty("java.io.tmpdir"), "etal-open");
    }

    private static StallNode ready(Nodes nodes, int number) throws IOException, InterruptedException {
        StallNode stall = nodes.stalls().get(number);
        if (stall == null) {
            throw new IllegalStateException("stall " + number + " was not started");
        }
        nodes.awaitReady(stall);
        return stall;
    }

    private Table table(StallNode stall, VisitorCards cards, MarketDirectory market, SystemClock clock)
            throws IOException {
        var notices = new Notices(clock.now().toEpochMilli());
        Papers papers = opened(Papers.watch(market.receipts(), "t" + VISITORS + "-", notices::changed));
        URI till = Addresses.page(addresses.tillPort());
        return opened(new VegetableStall(stall, cards, papers, notices, till, hub(), progress));
    }

    private void openOthers(Nodes nodes, CalmMarket calm, List<Integer> numbers)
            throws IOException, InterruptedException {
        for (int number : numbers) {
            if (!nodes.stalls().containsKey(number)) {
                nodes.startStalls(List.of(number));
                calm.add(ready(nodes, number));
            }
        }
        nodes.endEnrolment();
        opened(LooseCable.of(ready(nodes, EDGE).cable()));
        progress.say("all " + numbers.size() + " stalls are open");
    }

    @FunctionalInterface
    private interface Step {
        void take() throws IOException, InterruptedException;
    }

    /** What goes on after the demo has opened; closing it breaks it off and waits. */
    private final class Opening implements AutoCloseable {
        private final Thread thread;
        private volatile boolean closing;

        Opening(Step step) {
            thread = Thread.ofVirtual().name("opening").start(() -> {
                try {
                    step.take();
                } catch (IOException e) {
                    // What was being written when it was broken off could not be: that is no news.
                    if (!closing) {
                        progress.say("not all stalls are open: " + e.getMessage());
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        @Override
        public void close() throws InterruptedException {
            closing = true;
            thread.interrupt();
            thread.join();
        }
    }

    /** The address of the table's page. */
    public URI stall() {
        return Addresses.page(addresses.table().getPort());
    }

    /** The address of the hub's page. */
    public URI hub() {
        return Addresses.page(addresses.hubPort());
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    /** Ends everything, last opened first; what fails to close is said and the rest closed all the same. */
    @Override
    public void close() {
        // A signal interrupts whoever waits; from here on nobody may be hurried, or files would stay behind.
        boolean hurried = Thread.interrupted();
        for (AutoCloseable last = open.poll(); last != null; last = open.poll()) {
            try {
                last.close();
            } catch (Exception e) {
                progress.say("not closed in order: " + e);
            }
        }
        if (hurried) {
            Thread.currentThread().interrupt();
        }
    }
}

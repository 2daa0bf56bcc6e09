package etal.fleet.world.cards;

import etal.edge.sqlite.SqliteDatabase;
import etal.fake.FakeLink;
import etal.fake.FakeMedium;
import etal.fake.FakePrinter;
import etal.fake.FakeReader;
import etal.fake.FakeSignal;
import etal.fake.ManualClock;
import etal.fake.QueueLoop;
import etal.fake.SeededEntropy;
import etal.fleet.world.cards.fault.Fault;
import etal.fleet.world.cards.fault.Flaw;
import etal.fleet.world.cards.fault.NodeClock;
import etal.fleet.world.cards.fault.PlugOut;
import etal.fleet.world.cards.fault.Post;
import etal.fleet.world.cards.fault.ShakyDatabase;
import etal.fleet.world.cards.fault.Story;
import etal.fleet.world.cards.fault.Weather;
import etal.fleet.world.cards.machine.Machine;
import etal.fleet.world.cards.machine.Rotting;
import etal.fleet.world.cards.machine.Terminals;
import etal.fleet.world.sim.fund.MadeTerminal;
import etal.fleet.world.sim.fund.OfficeFiles;
import etal.port.CardChannel;
import etal.port.StorageFailed;
import etal.port.printer.Printer;
import etal.protocol.ledger.Succession;
import etal.terminal.main.Ports;
import etal.terminal.main.Setup;
import etal.terminal.main.Till;
import etal.terminal.succession.Predecessor;
import etal.terminal.sync.Uplink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A stall with its till: the production code on its ports, on real SQL in memory. The plug may go out at any commit and in
 * the middle of a card's answer; database, second medium and keys stay. Not thread-safe.
 */
public final class Stall implements AutoCloseable {
    /** Under this name the story counts cards laid down. */
    static final String TAPS = "taps";

    private final MarketFund fund;
    private final Terminals terminals;
    private final List<Machine.Gone> gone = new ArrayList<>();
    private Machine machine;
    private final ManualClock clock;
    private final Weather weather;
    private final Story story;
    private final Post post;
    private final Flaw flaw;
    private final SeededEntropy entropy;
    private final NodeClock ownClock;
    private ShakyDatabase disk;
    private final FakePrinter printer = new FakePrinter();
    private QueueLoop loop;
    private FakeReader reader;
    private @Nullable FakeLink link;
    private @Nullable Till till;
    private @Nullable MemberCard lying;
    private boolean cable = true;
    private boolean mute;
    private boolean deaf;
    private boolean begun;
    private int followed;
    private final Rotting rotting;

    Stall(MarketFund fund, Terminals terminals, Outside outside) throws StorageFailed {
        this.fund = fund;
        this.terminals = terminals;
        this.clock = outside.clock();
        this.weather = outside.weather();
        this.story = outside.story();
        this.post = outside.post();
        this.flaw = outside.flaw();
        this.rotting = new Rotting(name(), weather, story);
        boolean aged = weather.brings(Fault.CERTIFICATE_ENDS);
        this.machine = Machine.first(aged ? terminals.aged() : terminals.first());
        if (aged) {
            story.fault(Fault.CERTIFICATE_ENDS, terminals.agedUntil() + "", name());
        }
        this.entropy = new SeededEntropy(outside.seed() * 1_000 + number());
        this.ownClock = new NodeClock(clock);
        this.disk = shaky();
        this.loop = new QueueLoop(clock);
        this.reader = new FakeReader(loop);
    }

    /** What all stalls share. */
    record Outside(ManualClock clock, Weather weather, Story story, Post post, Flaw flaw, long seed) {}

    /** What is done at a till. */
    @FunctionalInterface
    public interface Deed<T> {
        /** Does it. */
        T at(Till till) throws StorageFailed;
    }

    /** Its number, also that of its point of sale. */
    public long number() {
        return terminals.first().identity().id().terminal();
    }

    /** The epoch of the machine that sells here now. */
    public long epoch() {
        return machine.ledger().epoch();
    }

    private ShakyDatabase shaky() {
        return new ShakyDatabase(machine.store(), weather, story, name(), ShakyDatabase.Kinds.TILL);
    }

    /** The machine that sells here now. */
    Machine machine() {
        return machine;
    }

    /** Those that sell here no more, oldest first. */
    List<Machine.Gone> gone() {
        return gone;
    }

    /** Whether the certificate of the machine that sells here has ended. */
    boolean certificateEnded() {
        return machine.terminal() == terminals.aged() && !clock.now().isBefore(terminals.agedUntil());
    }

    /**
     * Another machine sells here from now on; false when the registrar lets in no more.
     *
     * @param withStick whether the second medium of the one before is at hand
     * @param told how far the hub has its ledger; null when nobody looked
     */
    boolean swap(boolean withStick, @Nullable Succession told) throws StorageFailed {
        if (!mayBeFollowed()) {
            return false;
        }
        drop();
        rotting.setAside(machine.store());
        MadeTerminal next = terminals.following().get(followed++);
        if (begun) {
            gone.add(new Machine.Gone(machine, withStick));
            machine.medium().pulled(false);
            machine = machine.followedBy(next, withStick, told);
        } else {
            machine.store().close();
            machine = machine.replacedUnused(next, withStick);
            if (!withStick && !gone.isEmpty()) {
                // The stick of the one before lay in it already.
                gone.add(new Machine.Gone(gone.removeLast().machine(), false));
            }
        }
        begun = false;
        disk = shaky();
        return true;
    }

    /** Whether the registrar lets in another machine. */
    boolean mayBeFollowed() {
        return followed < terminals.following().size();
    }

    /** A bit flips in the till's store; false when none does. */
    boolean rots() throws StorageFailed {
        return begun && rotting.strike(machine.store());
    }

    /** What has rotted in the till's store. */
    Rotting rotting() {
        return rotting;
    }

    /** As the story names it. */
    public String name() {
        return "stall " + number();
    }

    /** Does something at the till; empty when the till is off, or its plug was pulled meanwhile. */
    public <T> Optional<T> at(Deed<T> deed) throws StorageFailed {
        Till running = till;
        if (running == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(deed.at(running));
        } catch (PlugOut out) {
            drop();
            return Optional.empty();
        } catch (StorageFailed full) {
            story.count("refused by a full disk");
            return Optional.empty();
        }
    }

    /** Whether the till is on. */
    public boolean on() {
        return till != null;
    }

    /** Switches the till on; false when its plug was pulled again while it started. */
    public boolean start() throws StorageFailed {
        if (till != null) {
            return true;
        }
        FakeLink fresh = post.link(loop, Uplink.topics(MarketFund.FUND, number()));
        fresh.mute(mute);
        fresh.deaf(deaf);
        link = fresh;
        if (weather.brings(Fault.CLOCK_1970)) {
            story.fault(Fault.CLOCK_1970, "", name());
            ownClock.beginAnew();
        }
        flaw.beforeStart(machine.store());
        try {
            Optional<Till> opened = open(fresh);
            if (opened.isEmpty()) {
                drop();
                return false;
            }
            till = opened.get();
        } catch (PlugOut | StorageFailed out) {
            drop();
            return false;
        }
        begun = true;
        rotting.starts(machine.store());
        story.tell(name() + ": the till starts");
        if (cable) {
            post.connect(fresh);
        }
        return true;
    }

    /** Empty when it has found a flipped bit. */
    private Optional<Till> open(FakeLink fresh) throws StorageFailed {
        var ports =
                new Ports(ownClock, entropy, loop, disk, machine.medium(), reader, printer, fresh, new FakeSignal());
        Setup first = machine.terminal()
                .setup(
                        MarketFund.FUND,
                        OfficeFiles.seller(number()),
                        fund.keys().trust());
        Predecessor before = machine.before();
        Setup setup = before == null ? first : first.after(before);
        return switch (Till.open(ports, setup)) {
            case Till.Opened.Ready ready -> Optional.of(ready.till());
            case Till.Opened.Refused refused -> {
                rotting.refuses(refused.why());
                yield Optional.empty();
            }
        };
    }

    /** The plug is out: whatever the till had in memory is gone, and the card on its reader goes. */
    public void drop() {
        story.tell(name() + ": the till is off");
        FakeLink before = link;
        if (before != null) {
            post.leave(before);
        }
        takeCard();
        // What still reaches the loop or the reader of before would wake a program that has no power.
        loop.clear();
        loop = new QueueLoop(clock);
        reader = new FakeReader(loop);
        till = null;
    }

    /** Pulls the network's cable out or puts it in. */
    public void cable(boolean in) {
        if (cable == in) {
            return;
        }
        cable = in;
        story.tell(name() + ": the cable is " + (in ? "in" : "out"));
        FakeLink current = link;
        if (current != null && till != null && in) {
            post.connect(current);
        } else if (current != null) {
            current.down();
        }
    }

    /** What the till sends does not arrive, or what is sent to it does not, or both do again. */
    public void halfCut(boolean nothingGoesUp, boolean nothingComesDown) {
        mute = nothingGoesUp;
        deaf = nothingComesDown;
        FakeLink current = link;
        if (current != null) {
            current.mute(mute);
            current.deaf(deaf);
        }
    }

    /** The clock that the till goes by; {@link #clockSet} tells the till. */
    public NodeClock ownClock() {
        return ownClock;
    }

    /** The till hears that its clock was set. */
    public void clockSet() throws StorageFailed {
        at(running -> {
            running.clockSet();
            return true;
        });
    }

    /** Its second medium. */
    public FakeMedium medium() {
        return machine.medium();
    }

    /** What its printer can do from now on. */
    public void printer(Printer.State state) {
        printer.state(state);
    }

    /** Somebody comes and puts right whatever can be put right by hand. */
    public void repair() throws StorageFailed {
        halfCut(false, false);
        ownClock.right();
        clockSet();
        medium().pulled(false);
        medium().full(false);
        printer.state(Printer.State.READY);
    }

    /** Whether its cable is in. */
    public boolean cable() {
        return cable;
    }

    /** Lays a card onto the reader. */
    public void lay(MemberCard card) {
        takeCard();
        story.count(TAPS);
        lying = card;
        CardChannel channel = card.inField(weather, story, name(), reader::withdraw);
        reader.present(channel);
    }

    /** Two cards at once. */
    public void layTwo() {
        reader.collide();
    }

    /** Something that is no card. */
    public void layNoCard() {
        reader.unfit();
    }

    /** Whatever lies there is taken away. */
    public void takeCard() {
        reader.withdraw();
        MemberCard card = lying;
        if (card != null) {
            card.powerOff();
            lying = null;
        }
    }

    /** The loop of the till as it runs now. */
    public QueueLoop loop() {
        return loop;
    }

    boolean runOne() {
        try {
            return loop.runOne();
        } catch (PlugOut out) {
            drop();
            return true;
        }
    }

    OptionalLong nextDueNanos() {
        return loop.nextDueNanos();
    }

    /** Its store, for the auditor. */
    SqliteDatabase store() {
        return machine.store();
    }

    @Override
    public void close() throws StorageFailed {
        machine.store().close();
        for (Machine.Gone each : gone) {
            each.machine().store().close();
        }
    }
}

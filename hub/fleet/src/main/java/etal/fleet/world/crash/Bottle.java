package etal.fleet.world.crash;

import etal.fake.FakeBroker;
import etal.fake.FakeLink;
import etal.fake.FakeReader;
import etal.fake.ManualClock;
import etal.fake.QueueLoop;
import etal.fleet.world.crash.effect.Air;
import etal.fleet.world.crash.effect.Durable;
import etal.fleet.world.crash.effect.Mark.How;
import etal.fleet.world.crash.effect.MemoCard;
import etal.fleet.world.crash.effect.Watch;
import etal.fleet.world.witness.CardWords;
import etal.fleet.world.witness.HubWords;
import etal.fleet.world.witness.TillWords;
import etal.hub.core.HubCore;
import etal.port.CardGone;
import etal.port.Link.Topic;
import etal.port.StorageFailed;
import etal.protocol.card.Answers;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.terminal.main.Till;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Two tills, one hub, a broker and cards, put back from what stayed as often as one likes. The hub is only on, and the
 * tills are only connected, once somebody asks for the hub. For one thread.
 */
public final class Bottle implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    /** INS of DEBIT, see card.md. */
    private static final byte DEBIT = 0x14;

    private final CrashFund fund;
    private final List<TillBox> tills = new ArrayList<>();
    private final HubBox hub;
    private final List<MemoCard> cards = new ArrayList<>();
    private ManualClock clock;
    private FakeBroker broker = new FakeBroker();
    private Watch watch = Watch.resting("nothing");
    private TreeMap<String, byte[]> retained = new TreeMap<>();
    private TreeSet<String> facts = new TreeSet<>();

    Bottle(CrashFund fund, int stalls, Flaw flaw, Instant start) throws StorageFailed {
        this.fund = fund;
        clock = new ManualClock(start);
        hub = new HubBox(fund, stalls, clock, this::watch, this::stays);
        for (var terminal : fund.stalls().subList(0, stalls)) {
            tills.add(new TillBox(fund, terminal, flaw, clock, this::watch, this::stays));
        }
        for (var card : fund.cards()) {
            cards.add(new MemoCard(cards.size() + 1, card, flaw.chip(card)));
        }
        plugIn();
    }

    private void plugIn() {
        broker = new FakeBroker();
        FakeLink disk = broker.link(new QueueLoop(clock), List.of());
        disk.up();
        retained.forEach((topic, message) -> disk.send(new Topic(topic, true), message));
        disk.down();
        broker.lose(this::lost);
    }

    private Watch watch() {
        return watch;
    }

    /** Puts everything back; from now on {@code watching} counts. */
    void putBack(Durable held, Watch watching) throws StorageFailed {
        watch = Watch.resting("nothing");
        clock = new ManualClock(held.now());
        clock.trusted(true);
        long seed = Long.parseUnsignedLong(held.key().substring(0, 16), 16);
        for (int at = 0; at < tills.size(); at++) {
            tills.get(at).putBack(held.tills().get(at), clock, seed + at);
        }
        hub.putBack(held.hub(), clock);
        for (int at = 0; at < cards.size(); at++) {
            cards.get(at).be(held.cards().get(at));
        }
        retained = new TreeMap<>(held.retained());
        facts = new TreeSet<>(held.facts());
        plugIn();
        watch = watching;
    }

    /** From here on nothing goes wrong and nothing is counted. */
    void rest() {
        watch = Watch.resting("end");
    }

    /** What would stay if all power went now. */
    Durable stays() {
        return stays(true);
    }

    /** The key of what would stay if all power went now. */
    String key() {
        return stays(false).key();
    }

    private Durable stays(boolean images) {
        try {
            var ofTills = new ArrayList<Durable.OfTill>();
            for (TillBox till : tills) {
                ofTills.add(till.held(images));
            }
            return new Durable(
                    clock.now().plus(1, ChronoUnit.MINUTES).minusNanos(1).truncatedTo(ChronoUnit.MINUTES),
                    ofTills,
                    hub.store().store(images),
                    new TreeMap<>(retained),
                    cards.stream().map(MemoCard::off).toList(),
                    new TreeSet<>(facts));
        } catch (StorageFailed e) {
            throw new IllegalStateException("a database in memory does not fail", e);
        }
    }

    /** A message leaves: nothing is lost but what is planned; what only repeats what the broker keeps changes nothing. */
    private boolean lost(FakeLink.Sent sent) {
        String topic = sent.topic().name();
        boolean keeps = sent.topic().retained();
        byte[] kept = retained.getOrDefault(topic, new byte[0]);
        if (topic.contains("/here/") || keeps && Arrays.equals(kept, sent.message())) {
            return false;
        }
        int step = watch.begin();
        if (watch.planned(step).isPresent()) {
            return true;
        }
        boolean open = watch.open();
        String effect = "message " + topic;
        if (open) {
            watch.fork(step, How.BEFORE, 0, effect, stays());
            watch.branch(step, How.MESSAGE_LOST, 0, effect, "lost");
        }
        if (keeps && sent.message().length == 0) {
            retained.remove(topic);
        } else if (keeps) {
            retained.put(topic, sent.message());
        }
        if (open) {
            watch.fork(step, How.AFTER, 0, effect, stays());
        }
        return false;
    }

    /** What it is a market of. */
    public CrashFund fund() {
        return fund;
    }

    /** The clock. */
    public ManualClock clock() {
        return clock;
    }

    /** The calendar moves on to that moment, unless it is past. */
    public void until(Instant moment) {
        if (clock.now().isBefore(moment)) {
            clock.set(moment);
        }
    }

    /** The till of a stall, 1 or 2, switched on if it is off. */
    public Till till(int number) throws StorageFailed {
        return tills.get(number - 1).on(broker);
    }

    /** How many stalls there are. */
    public int stalls() {
        return tills.size();
    }

    TillBox box(int number) {
        return tills.get(number - 1);
    }

    /** The hub, started if it is off. */
    public HubCore hub() throws StorageFailed {
        return hub.on(broker, Office.of(facts));
    }

    /** The operator starts the hub again, because its files have changed. */
    public void hubAgain() throws StorageFailed {
        hub.off();
        var unused = hub();
        settle();
    }

    HubBox hubBox() {
        return hub;
    }

    MemoCard card(int number) {
        return cards.get(number - 1);
    }

    /** What people have done and seen. */
    public SortedSet<String> facts() {
        return facts;
    }

    /** Lays a card onto a stall's reader, lets happen what happens, and takes it back. */
    public void tap(int stall, int card) {
        present(stall, card);
        takeBack(stall, card);
    }

    /** Lays a card onto a stall's reader and lets happen what happens. */
    public void present(int stall, int card) {
        TillBox box = tills.get(stall - 1);
        box.reader().present(new Air(card(card), this::watch, this::stays, box.reader()::withdraw));
        settle();
    }

    /** The same, but the card leaves at DEBIT, which it has executed or not. */
    public void presentTorn(int stall, int card, boolean executed) {
        FakeReader reader = tills.get(stall - 1).reader();
        MemoCard memo = card(card);
        reader.present(command -> {
            if (command[1] != DEBIT) {
                return memo.transmit(command);
            }
            memo.be(executed ? memo.offAfter(command) : memo.off());
            reader.withdraw();
            throw new CardGone("the card has left the field");
        });
        settle();
    }

    /** Takes the card back. */
    public void takeBack(int stall, int card) {
        tills.get(stall - 1).reader().withdraw();
        card(card).powerOff();
        settle();
    }

    /** Lets everything happen that is due now. */
    public void settle() {
        boolean busy = true;
        while (busy) {
            busy = false;
            for (TillBox till : tills) {
                busy |= till.runOne();
            }
            busy |= hub.runOne();
        }
    }

    /** Hub and tills come on with their cables in, until the hub has signed for all that the tills have written. */
    public void sync() throws StorageFailed {
        var unused = hub();
        for (TillBox till : tills) {
            var unusedTill = till.on(broker);
            FakeLink link = till.link();
            if (link != null && !link.isUp()) {
                broker.connect(link);
            }
        }
        settle();
        Instant end = clock.now().plus(PATIENCE);
        while (!tills.stream().allMatch(TillBox::acknowledged)) {
            OptionalLong next = nextDueNanos();
            if (next.isEmpty() || clock.now().isAfter(end)) {
                throw new Violation("after " + PATIENCE.toMinutes() + " minutes the hub has not signed for everything");
            }
            clock.advance(Duration.ofNanos(Math.max(0, next.getAsLong() - clock.monotonicNanos())));
            settle();
        }
    }

    private OptionalLong nextDueNanos() {
        return Stream.concat(tills.stream().map(TillBox::nextDueNanos), Stream.of(hub.nextDueNanos()))
                .flatMapToLong(due -> due.isPresent() ? LongStream.of(due.getAsLong()) : LongStream.empty())
                .min();
    }

    @Override
    public void close() throws StorageFailed {
        for (TillBox till : tills) {
            till.close();
        }
        hub.close();
    }

    /** The card learns to know the auditor's own terminal. */
    public void meetAuditor() {
        for (MemoCard card : cards) {
            try {
                auditor(card).introduce();
            } catch (Malformed nonsense) {
                throw nonsense(nonsense);
            }
            card.powerOff();
        }
    }

    private CardWords auditor(MemoCard card) throws Malformed {
        return new CardWords(card.certificate(), card::transmit, fund.auditor());
    }

    private static Violation nonsense(Malformed answer) {
        return new Violation("the card answers the auditor nonsense: " + answer.getMessage());
    }

    /** All records that a card holds, but the first, oldest first. */
    List<Answers.LoggedRecord> cardSays(int number) throws Malformed {
        MemoCard card = card(number);
        CardWords auditor = auditor(card);
        var words = new ArrayList<Answers.LoggedRecord>();
        long newest = auditor.newest();
        for (long counter = 1; counter <= newest; counter++) {
            words.add(auditor.record(counter));
        }
        card.powerOff();
        return words;
    }

    /** Whether the till of a stall still asks whether the card has paid. */
    public boolean asks(int stall) throws StorageFailed {
        return !TillWords.undecided(box(stall).store().quietly()).isEmpty();
    }

    /** Whether the hub has heard the card's newest word. */
    public boolean heardAll(int number) throws StorageFailed {
        MemoCard card = card(number);
        long newest;
        try {
            newest = auditor(card).newest();
        } catch (Malformed nonsense) {
            throw nonsense(nonsense);
        }
        card.powerOff();
        String key = Hash.hex(card.certificate().cardId()) + "/" + newest;
        return newest == 0 || HubWords.known(hub.store().quietly()).contains(key);
    }
}

package etal.terminal.main;

import etal.edge.speech.Speech;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.LedgerFile;
import etal.protocol.ledger.Succession;
import etal.protocol.money.Unit;
import etal.protocol.trust.Role;
import etal.protocol.trust.Verified;
import etal.terminal.basket.BasketBook;
import etal.terminal.card.CardAccess;
import etal.terminal.closing.Closings;
import etal.terminal.intent.IntentionBook;
import etal.terminal.ledger.CertificateDates;
import etal.terminal.ledger.Ledger;
import etal.terminal.ledger.LedgerMark;
import etal.terminal.ledger.LedgerOpening;
import etal.terminal.ledger.TerminalStore;
import etal.terminal.order.CardEntries;
import etal.terminal.order.CarriedNews;
import etal.terminal.order.Deliveries;
import etal.terminal.order.OrderBook;
import etal.terminal.practice.Practice;
import etal.terminal.receipt.ReceiptDesk;
import etal.terminal.rules.RuleBook;
import etal.terminal.rules.RulesWatch;
import etal.terminal.sale.Stall;
import etal.terminal.speech.TillSpeech;
import etal.terminal.succession.Inheritance;
import etal.terminal.succession.Predecessor;
import etal.terminal.sync.StoredDocuments;
import etal.terminal.sync.Uplink;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One till, made of ports alone: the same object in the process and in the simulation. It owns no thread; everything runs on
 * the loop it was given. Dropped without {@link #stop} it is a till whose plug was pulled: a new one on the same database
 * goes on from there.
 */
public final class Till {
    private static final String NOT_COMPARED = "not compared at the start";
    /** How often a store that failed is looked at again by itself. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    /** From when on it is said that the certificate ends. */
    private static final Duration CERTIFICATE_WARNING = Duration.ofDays(30);

    private final Setup setup;
    private final Ledger ledger;
    private final BasketBook baskets;
    private final RuleBook rules;
    private final Stall stall;
    private final RulesWatch rulesWatch;
    private final Uplink uplink;
    private final ReceiptDesk receipts;
    private final Closings closing;
    private final Practice practice;
    private final @Nullable Inheritance inheritance;
    private final List<String> dropped;
    private boolean stopped;

    private Till(Ports ports, Setup setup, Ledger ledger, Verified sealTo) throws StorageFailed {
        this.setup = setup;
        Predecessor before = setup.before();
        this.inheritance = before == null
                ? null
                : Inheritance.open(ledger.store(), before, setup.trust().root());
        this.ledger = ledger;
        this.dropped = StoredDocuments.dropDamaged(ledger.store(), setup.trust());
        this.baskets = BasketBook.open(ledger.store());
        this.rules = RuleBook.open(ledger.store(), setup.trust());
        ledger.bounded(rules::offlineWindowMillis);
        CardAccess access =
                new CardAccess(setup.fund(), setup.trust().cardCaKeys(), setup.introduction(), setup.agreementScalar());
        OrderBook orders = OrderBook.open(ledger.store(), setup.trust());
        CarriedNews news = new CarriedNews(ledger.identity().id(), sealTo, ports.entropy());
        Deliveries deliveries = new Deliveries(orders, new CardEntries(ledger, news));
        this.stall = new Stall(
                ledger, baskets, rules, deliveries, access, setup.seller(), news, ports.entropy(), ports.signal());
        this.practice = new Practice(ledger, baskets, stall, ports.entropy(), ports.signal());
        this.rulesWatch = new RulesWatch(rules, ports.loop(), ledger::timeMillis, stall::rulesMayHaveBegun);
        this.uplink =
                new Uplink(ledger, ports.link(), ports.loop(), setup.trust(), rules, orders, setup.fund(), inheritance);
        this.stall.heardBy(() -> uplink.up() && uplink.unacknowledged() == 0);
        this.receipts = new ReceiptDesk(ledger, ports.printer(), setup.seller(), this::speech, stall::rulesNow);
        this.closing = new Closings(ledger, ports.entropy());
    }

    /**
     * Opens a till: checks its ledger against its second medium, turns open payments into "in doubt", then listens to
     * reader and link. Call it on the loop.
     *
     * @param mark what is remembered beside the keys
     * @throws StorageFailed when the database cannot be used
     */
    public static Opened open(Ports ports, Setup setup, LedgerMark mark) throws StorageFailed {
        List<Verified> sealTo = setup.trust().withRole(Role.HUB_SEAL);
        if (sealTo.isEmpty()) {
            return new Opened.Refused(Said.of("trust-without-seal"));
        }
        TerminalStore store = TerminalStore.open(ports.database());
        return switch (LedgerOpening.open(store, setup.identity(), ports.clock(), ports.medium(), mark)) {
            case LedgerOpening.Opened.Refused refused -> new Opened.Refused(refused.why());
            case LedgerOpening.Opened.Ready ready
            when !Genesis.isOf(setup, ready.ledger()) ->
                new Opened.Refused(Said.of("other-seller", setup.identity().id().toString()));
            case LedgerOpening.Opened.Ready ready -> {
                Till till = new Till(ports, setup, ready.ledger(), sealTo.getLast());
                till.begin(ports, mark, ready.compared());
                yield new Opened.Ready(till, ready.restored(), ready.compared());
            }
        };
    }

    /** Opens a till without any mark beside keys. */
    public static Opened open(Ports ports, Setup setup) throws StorageFailed {
        return open(ports, setup, LedgerMark.none());
    }

    private void begin(Ports ports, LedgerMark mark, boolean compared) throws StorageFailed {
        if (!ledger.retired()) {
            started(mark, compared);
        }
        stall.recover();
        // After the recovery: what is in doubt is so before its day is closed.
        closeOverdue();
        stall.onPaid(receipts::paid);
        ports.printer().listen(lost -> {
            // After the end nothing is written any more; the next start knows what was counted.
            if (!stopped) {
                receipts.lost(lost);
            }
        });
        ledger.onDisowned(stall::ended);
        if (ledger.endedForGood().isPresent()) {
            stall.ended();
        }
        stall.store().onFailed(() -> ports.loop().after(LOOK_AGAIN, stall.store()::lookAgain));
        // After the recovery: what is in doubt is so before the ledger names newer rules.
        rules.onChange(rulesWatch::look);
        rulesWatch.look();
        ports.reader().listen(practice::onCard);
        uplink.start();
    }

    /** A day left open is closed at the next start. */
    private void closeOverdue() throws StorageFailed {
        if (ledger.endedForGood().isPresent()) {
            return;
        }
        ZoneId zone = stall.rulesNow().map(now -> now.scheme().zone()).orElse(ZoneOffset.UTC);
        LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(ledger.timeMillis()), zone);
        var unused = closing.overdue(today, zone);
    }

    private void started(LedgerMark mark, boolean compared) throws StorageFailed {
        Succession succession = inheritance == null ? null : inheritance.named().orElse(null);
        ledger.commit(writing -> {
            if (writing.head().number() == 0) {
                writing.append(Genesis.of(setup, succession));
            }
            boolean cut = TerminalStore.counter(writing.connection(), "running") == 1;
            TerminalStore.setCounter(writing.connection(), "running", 1);
            int started = cut ? Body.TechnicalEvent.STARTED_AFTER_POWER_CUT : Body.TechnicalEvent.STARTED;
            writing.append(new Body.TechnicalEvent(started, setup.software()));
            if (!compared) {
                writing.append(new Body.TechnicalEvent(Body.TechnicalEvent.SECOND_MEDIUM_LOST, NOT_COMPARED));
            }
            for (String document : dropped) {
                String note = "damaged in store: " + document;
                writing.append(new Body.TechnicalEvent(Body.TechnicalEvent.MESSAGE_REFUSED, note));
            }
            return writing.head();
        });
        if (!mark.begun()) {
            // After the genesis is durable, or a plug pulled in between would end a new terminal for good; before
            // anything
            // is sent or sold, for from then on it must not begin anew.
            mark.begin();
        }
    }

    /**
     * Ends the ledger for good: the last entry says so and goes up, nothing follows it. Asked again it is the same end.
     * Call it on the loop.
     *
     * @param reason one of the constants of {@link Body.Retirement}
     * @return why not, if a payment is still in doubt
     */
    public Optional<Said> retire(int reason) throws StorageFailed {
        if (ledger.retired()) {
            return Optional.empty();
        }
        if (!new IntentionBook(ledger.store()).undecided().isEmpty()) {
            return Optional.of(Said.of("retire-in-doubt"));
        }
        ledger.commit(writing -> writing.append(new Body.Retirement(reason)));
        stall.ended();
        return Optional.empty();
    }

    /** Stops cleanly: the next start is no start after a power cut. Call it on the loop; afterwards the till is done. */
    public void stop() throws StorageFailed {
        if (stopped) {
            return;
        }
        stopped = true;
        if (ledger.retired()) {
            return;
        }
        ledger.commit(writing -> {
            writing.append(new Body.TechnicalEvent(Body.TechnicalEvent.STOPPED, null));
            TerminalStore.setCounter(writing.connection(), "running", 0);
            return writing.head();
        });
    }

    /** The clock was set: the rules of another time may hold. Call it on the loop. */
    public void clockSet() {
        rulesWatch.look();
    }

    /** What the screen wishes and the reader brings. */
    public Stall stall() {
        return stall;
    }

    /** The baskets, to be watched. */
    public BasketBook baskets() {
        return baskets;
    }

    /** The chain. */
    public Ledger ledger() {
        return ledger;
    }

    /** The way to the hub. */
    public Uplink uplink() {
        return uplink;
    }

    /** Receipts and their reprints. */
    public ReceiptDesk receipts() {
        return receipts;
    }

    /** Closings. */
    public Closings closing() {
        return closing;
    }

    /** Training. */
    public Practice practice() {
        return practice;
    }

    /** Who this is. */
    public Setup setup() {
        return setup;
    }

    /** Documents of the fund that were found damaged at the start and dropped until they come again. */
    public List<String> dropped() {
        return dropped;
    }

    /** What is to be said of the terminal's own certificate: it ends soon, or has ended; empty while neither. */
    public Optional<Said> certificateWord() {
        try {
            CertificateDates dates =
                    CertificateDates.of(setup.identity().chain().getFirst());
            long leftMillis = dates.toMillis() - ledger.timeMillis();
            String last = LocalDate.ofInstant(Instant.ofEpochMilli(dates.toMillis()), ZoneOffset.UTC)
                    .toString();
            if (leftMillis < 0) {
                return Optional.of(Said.of("certificate-ended", last));
            }
            return leftMillis > CERTIFICATE_WARNING.toMillis()
                    ? Optional.empty()
                    : Optional.of(Said.of(
                            "certificate-ends",
                            last,
                            Math.max(1, Duration.ofMillis(leftMillis).toDays())));
        } catch (Malformed unreadable) {
            throw new IllegalStateException("a certificate that was verified does not read", unreadable);
        }
    }

    /** What this till has of the epoch before, if it was rebuilt. */
    public Optional<Inheritance> inheritance() {
        return Optional.ofNullable(inheritance);
    }

    /** How this till speaks: its language, the fund's unit. */
    public Speech speech() {
        Unit unit = stall.rulesNow().map(now -> now.scheme().unit()).orElse(Unit.EURO);
        return TillSpeech.in(setup.language(), unit);
    }

    /** Sales made so far, card and cash. */
    public long sales() throws StorageFailed {
        return ledger.store().inTransaction(connection -> TerminalStore.counter(connection, TerminalStore.SALES));
    }

    /** The ledger in its open form: certificates, checkpoints, entries. */
    public LedgerFile ledgerFile() throws StorageFailed {
        return new LedgerFile(ledger.store().certificates(), ledger.store().checkpoints(), ledger.all());
    }

    /** The head's hash, as the status shows it. */
    public String headHash() {
        return Hash.hex(ledger.head().hash());
    }

    /** What came of opening. */
    public sealed interface Opened {
        /**
         * It is open.
         *
         * @param restored entries that came back from the second medium
         * @param compared whether the ledger could be compared with the second medium
         */
        record Ready(Till till, int restored, boolean compared) implements Opened {}

        /** It must not sell; why. */
        record Refused(Said why) implements Opened {}
    }
}

package etal.hub.core;

import etal.hub.books.Chart;
import etal.hub.books.Journal;
import etal.hub.books.Schema;
import etal.hub.books.Sql;
import etal.hub.ingest.Ingest;
import etal.hub.members.Cards;
import etal.hub.members.Decision;
import etal.hub.members.Fund;
import etal.hub.members.HubKeys;
import etal.hub.members.Member;
import etal.hub.members.Opening;
import etal.hub.members.PublishedRules;
import etal.hub.members.Rulebook;
import etal.hub.orders.Correction;
import etal.hub.orders.OrderDesk;
import etal.hub.reconcile.Evening;
import etal.hub.reconcile.Evening.Extent;
import etal.hub.reconcile.Reconciliation;
import etal.hub.restore.MonthTokens;
import etal.hub.restore.Restored;
import etal.hub.restore.Standing;
import etal.hub.settle.EmbeddedFund;
import etal.hub.settle.PayoutRuns;
import etal.hub.settle.PayoutRuns.Ordered;
import etal.hub.settle.Settlement;
import etal.hub.sync.BundleDesk;
import etal.hub.sync.Mailbox;
import etal.hub.sync.Publication;
import etal.hub.sync.RollCall;
import etal.hub.trace.Found;
import etal.hub.trace.Ways;
import etal.hub.view.Board;
import etal.hub.view.Boards;
import etal.hub.view.RulesVersion;
import etal.hub.wanted.WantedBook;
import etal.port.CentralFund.Statement;
import etal.port.Clock;
import etal.port.Database;
import etal.port.Link;
import etal.port.Loop;
import etal.port.PeerUnreachable;
import etal.port.StorageFailed;
import etal.protocol.ledger.LedgerId;
import etal.protocol.scheme.Scheme;
import etal.protocol.sync.KeyUpdates;
import etal.protocol.sync.SignedDocument;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The hub, put together from ports only: the same object in production and in a simulation. All methods run on the loop;
 * other threads come in by {@link Loop#call}.
 */
public final class HubCore {
    private final Ports ports;
    private final HubKeys keys;
    private final Fund fund;
    private final PublishedRules rules;
    private final Rulebook rulebook = new Rulebook();
    private final Journal journal;
    private final Publication publication;
    private final OrderDesk orders;
    private final Ingest ingest;
    private final RollCall rollCall;
    private final Mailbox mailbox;
    private final Evening evening;
    private final PayoutRuns payouts;
    private final Boards boards;
    private final Ways ways;
    private final List<Runnable> watchers = new ArrayList<>();
    private long version;
    private Optional<Evened> lastEvening = Optional.empty();

    /** What the hub needs from outside. {@code onFailure} hears when the store fails while a message is taken. */
    public record Ports(Clock clock, Loop loop, Database database, Link link, Consumer<StorageFailed> onFailure) {}

    /** A hub of that fund, under those rules. Nothing happens before {@link #start}. */
    public HubCore(Ports ports, HubKeys keys, Fund fund, PublishedRules rules, Chart chart) {
        this.ports = ports;
        this.keys = keys;
        this.fund = fund;
        this.rules = rules;
        journal = new Journal(chart);
        ZoneId zone = rules.scheme().zone();
        MonthTokens tokens =
                new MonthTokens(fund, keys, rulebook, rules.scheme().id(), zone);
        publication = new Publication(fund, keys, rulebook, rules, tokens);
        orders = new OrderDesk(fund, keys, journal, zone, rules.scheme().card());
        ingest = new Ingest(fund, zone, keys, rulebook, journal, orders, tokens);
        rollCall = new RollCall(ports.clock(), ingest);
        mailbox = new Mailbox(
                fund,
                ports.clock(),
                ports.loop(),
                ports.database(),
                ports.link(),
                ingest,
                publication,
                rollCall,
                orders.gates(),
                this::news,
                this::changed,
                ports.onFailure());
        payouts = new PayoutRuns(fund, Settlement.of(rules.scheme()), zone, journal);
        evening = new Evening(
                fund,
                zone,
                keys,
                journal,
                ingest,
                orders,
                payouts::faults,
                Settlement.of(rules.scheme())::currencyCents);
        boards = new Boards(fund, zone, journal, evening, rollCall);
        ways = new Ways(fund, keys, rulebook, chart);
        version = nowMillis();
    }

    /** An evening that was gone through, and when, milliseconds since 1970. */
    public record Evened(Reconciliation evening, long atMillis) {}

    /**
     * Brings the store up to date, enters cards and rules, opens the month, and listens. Done again it changes nothing.
     *
     * @return what speaks against these members or rules; if anything does, nothing has changed and nothing listens
     */
    public List<String> start(List<Member> members) throws StorageFailed {
        return start(members, KeyUpdates.none());
    }

    /** The same with new keys for the fund's cards, each signed by the root: the caller has verified that. */
    public List<String> start(List<Member> members, KeyUpdates cardKeys) throws StorageFailed {
        Schema.migrate(ports.database());
        List<String> complaints = ports.database().inTransaction(connection -> enter(connection, members, cardKeys));
        if (complaints.isEmpty()) {
            mailbox.open();
        }
        return complaints;
    }

    private List<String> enter(Connection connection, List<Member> members, KeyUpdates cardKeys) throws SQLException {
        List<String> complaints = new ArrayList<>(Cards.complaints(connection, members, fund.id(), keys.cardCaKeys()));
        complaints.addAll(orders.complaints(connection, members, nowMillis()));
        complaints.addAll(publication.complaints(connection, nowMillis()));
        complaints.addAll(publication.complaints(connection, cardKeys));
        long stored = Sql.first(connection, "SELECT fund FROM hub", row -> row.getLong(1))
                .orElse(fund.id());
        if (stored != fund.id()) {
            complaints.add("fund: " + fund.id() + ", " + stored + " as in the store");
        }
        if (!complaints.isEmpty()) {
            return complaints;
        }
        Sql.update(
                connection,
                "INSERT INTO hub (id, fund, generation) VALUES (1, ?, 1) ON CONFLICT DO NOTHING",
                fund.id());
        publication.enter(connection, nowMillis());
        Cards.enter(connection, members);
        publication.deny(connection, Cards.denied(connection), nowMillis());
        publication.keys(connection, cardKeys, nowMillis());
        orders.listed(members);
        // What the list tells of forgotten orders is heard before they are issued a second time.
        ingest.again(connection, nowMillis());
        orders.enter(connection, members, nowMillis());
        String day =
                ports.clock().now().atZone(rules.scheme().zone()).toLocalDate().toString();
        new Opening(journal).post(connection, fund, Cards.all(connection), day, nowMillis());
        WantedBook.all(connection);
        news(connection, nowMillis());
        return List.of();
    }

    /** Issues what has become due, and signs the documents of orders that have changed with it. */
    private List<SignedDocument> news(Connection connection, long nowMillis) throws SQLException {
        List<SignedDocument> fresh = new ArrayList<>();
        if (orders.gates().open(connection, nowMillis)) {
            ingest.again(connection, nowMillis);
            orders.opened(connection, nowMillis);
            fresh.addAll(publication.months(connection, nowMillis));
        }
        boolean news = ingest.recordsCame() || orders.book().hasChanged();
        if (news && Restored.ever(connection)) {
            ingest.again(connection, nowMillis);
        }
        if (orders.book().hasChanged()) {
            orders.settle(connection, nowMillis);
        }
        fresh.addAll(publication.orders(connection, orders.book(), nowMillis));
        publication.wanted(connection, nowMillis).ifPresent(fresh::add);
        return fresh;
    }

    /**
     * What a hub that was restored from a backup waits for before it pays and issues again; empty for every other, and once
     * all is there.
     */
    public Optional<Standing> restored() throws StorageFailed {
        return ports.database().inTransaction(connection -> orders.gates().standing(connection, nowMillis()));
    }

    /**
     * The operator's word that the bank's statement since the backup is entered, with all runs handed in since.
     *
     * @return whether it was waited for
     */
    public boolean statementEntered(String by) throws StorageFailed {
        boolean awaited = issuing(connection -> orders.gates().statementEntered(connection, by, nowMillis()));
        changed();
        return awaited;
    }

    /**
     * The operator's word that a terminal will never be read back.
     *
     * @return whether it was waited for
     */
    public boolean terminalLost(long terminal, String by) throws StorageFailed {
        boolean awaited = issuing(connection -> orders.gates().lost(connection, terminal, by, nowMillis()));
        changed();
        return awaited;
    }

    /** Runs in a transaction what may issue orders, and sends them once it has committed. */
    private <T> T issuing(Database.Work<T> work) throws StorageFailed {
        List<SignedDocument> fresh = new ArrayList<>();
        T result = ports.database().inTransaction(connection -> {
            T done = work.run(connection);
            fresh.addAll(news(connection, nowMillis()));
            return done;
        });
        mailbox.send(fresh);
        return result;
    }

    /** The operator's word on what a card should hold: by a voucher that its next stall shows it. */
    public Correction.Outcome correct(Correction correction) throws StorageFailed {
        Correction.Outcome outcome = issuing(connection -> orders.correct(connection, correction, nowMillis()));
        changed();
        return outcome;
    }

    /** The operator's evening of one day; {@code deep} checks every stored byte again. */
    public Reconciliation reconcile(LocalDate day, boolean deep) throws StorageFailed {
        return reconcile(day, deep ? Extent.DEEP : Extent.WHOLE);
    }

    /** The same, looking at no more than that a second time. */
    public Reconciliation reconcile(LocalDate day, Extent extent) throws StorageFailed {
        Reconciliation gone = issuing(connection -> evening.of(connection, day, extent, nowMillis()));
        lastEvening = Optional.of(new Evened(gone, nowMillis()));
        changed();
        return gone;
    }

    /**
     * The operator's word on a card's record that waits in suspense.
     *
     * @param payable whether the producer is paid, or the member gets the money back
     * @param by who decides, as they gave their name
     * @return what speaks against it, if anything does; nothing is posted then
     */
    public Optional<String> decide(byte[] card, long counter, boolean payable, String by) throws StorageFailed {
        LocalDate today = ports.clock().now().atZone(rules.scheme().zone()).toLocalDate();
        Optional<String> refused = issuing(
                connection -> evening.decide(connection, new Decision(card, counter, payable, nowMillis(), by), today));
        changed();
        return refused;
    }

    /**
     * Orders what the fund owes to its points of sale. The same run again is the same run.
     *
     * @throws PeerUnreachable when it is unknown whether the order arrived; call again with the same run
     */
    public Ordered payOut(LocalDate day, String run) throws StorageFailed, PeerUnreachable {
        EmbeddedFund bank = new EmbeddedFund(ports.database(), fund.debtor(), Settlement.of(rules.scheme()));
        Ordered ordered =
                payouts.order(ports.database(), bank, day, run, ports.clock().now());
        changed();
        return ordered;
    }

    /**
     * Enters one line of the bank's statement and posts what it says of a payout.
     *
     * @return how many lines were new, 0 when the line is known or none of ours
     */
    public int enter(Statement line) throws StorageFailed, PeerUnreachable {
        EmbeddedFund bank = new EmbeddedFund(ports.database(), fund.debtor(), Settlement.of(rules.scheme()));
        bank.enter(line);
        int posted =
                payouts.readBack(ports.database(), bank, line, ports.clock().now());
        changed();
        return posted;
    }

    /** The open form of a ledger as the hub holds it; empty when it holds nothing of it. */
    public Optional<byte[]> ledger(LedgerId id) throws StorageFailed {
        return ports.database().inTransaction(connection -> HeldLedger.file(connection, id, keys.acknowledgingChain()));
    }

    /** Where sticks are handed in. */
    public BundleDesk bundles() {
        return new BundleDesk(fund, ports.clock(), ports.database(), mailbox, ingest, publication);
    }

    /** What the front page shows of a day; without one, of the last day on which something was sold. */
    public Board board(Optional<LocalDate> day) throws StorageFailed {
        return ports.database().inTransaction(connection -> boards.board(connection, day, nowMillis()));
    }

    /** The way of every cent of the sale that is that entry, everything that vouches for it verified now. */
    public Found way(LedgerId ledger, long number) throws StorageFailed {
        return ports.database().inTransaction(connection -> ways.find(connection, ledger, number));
    }

    /** The last evening that was gone through since the hub started. */
    public Optional<Evened> lastEvening() {
        return lastEvening;
    }

    /** The fund it is the hub of. */
    public Fund fund() {
        return fund;
    }

    /** The rules that hold now. */
    public Scheme scheme() {
        return rules.at(ports.clock().now());
    }

    /** All versions of the rules that are published, the newest first. */
    public List<RulesVersion> rules() throws StorageFailed {
        return ports.database().inTransaction(connection -> RulesVersion.all(connection, rulebook, nowMillis()));
    }

    /** The time as the hub knows it. */
    public Instant now() {
        return ports.clock().now();
    }

    /** A number that grows with every change that a page could show. It begins at the time, so that no restart repeats it. */
    public long version() {
        return version;
    }

    /** Names who hears of every change that a page could show. */
    public void onChange(Runnable watcher) {
        watchers.add(watcher);
    }

    private void changed() {
        version++;
        watchers.forEach(Runnable::run);
    }

    /** How things stand. */
    public Status status() throws StorageFailed {
        return ports.database()
                .inTransaction(connection -> Status.read(
                        connection,
                        orders.gates().standing(connection, nowMillis()).orElse(null)));
    }

    /** How a hub stands whose process does not run. */
    public static Status status(Database database) throws StorageFailed {
        Schema.migrate(database);
        return database.inTransaction(Status::read);
    }

    private long nowMillis() {
        return ports.clock().now().toEpochMilli();
    }
}

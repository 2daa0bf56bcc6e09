package etal.hub.restore;

import etal.edge.sqlite.SqliteDatabase;
import etal.fake.FakeLink;
import etal.hub.books.Sql;
import etal.hub.core.HubCore;
import etal.hub.members.Fund;
import etal.hub.reconcile.Reconciliation;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.hub.world.TestTerminal;
import etal.port.Database;
import etal.port.StorageFailed;
import etal.protocol.card.order.CardOrder;
import etal.protocol.cose.P256;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.sync.CardOrders;
import etal.protocol.sync.Document;
import etal.protocol.sync.Gap;
import etal.protocol.sync.Presence;
import etal.protocol.sync.SignedCheckpoint;
import etal.protocol.sync.SignedDocument;
import etal.protocol.sync.SignedPresence;
import etal.protocol.sync.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The fund's hub a second time, on a store that was a backup, and its terminals as they answer it. */
final class RestoredFund {
    final TestFund fund;
    final SqliteDatabase database;
    final long generation;
    FakeLink link;
    HubCore hub;

    /** On that backup; nothing has been read back. */
    RestoredFund(TestFund fund, Path backup) throws Exception {
        this(fund, backup, fund.fund.period());
    }

    /** The same with a hub.yaml that names that month. */
    RestoredFund(TestFund fund, Path backup, int period) throws Exception {
        this.fund = fund;
        database = SqliteDatabase.open(backup);
        fund.clock.advance(Duration.ofMinutes(10));
        generation = Restored.mark(database, fund.clock.now().toEpochMilli());
        link = new FakeLink(fund.loop);
        hub = start(period);
    }

    /** The hub is started again, with the list of members as it is now and hub.yaml naming that month. */
    void starts(int period) throws Exception {
        link = new FakeLink(fund.loop);
        hub = start(period);
    }

    private HubCore start(int period) throws Exception {
        Fund as = new Fund(
                fund.fund.id(),
                fund.fund.pointsOfSale(),
                fund.fund.debtor(),
                period,
                fund.fund.fundersCents(),
                fund.fund.skewMillisMax());
        HubCore started = fund.hub(database, as, SchemeFile.dieulefit(), fund.scheme, link);
        List<String> complaints = fund.start(started);
        if (!complaints.isEmpty()) {
            throw new AssertionError(complaints);
        }
        link.up();
        fund.loop.runUntilIdle();
        return started;
    }

    /** A terminal says that it is there, and sends again what it is asked for; how often it was asked. */
    int readBack(TestTerminal terminal, long number) throws Exception {
        int asked = 0;
        for (Optional<Gap> gap = present(terminal, number); gap.isPresent(); gap = present(terminal, number)) {
            asked++;
            deliver(number, terminal.batch(gap.get().firstNumber(), terminal.head()));
        }
        return asked;
    }

    /** A terminal says that it is there; what it is asked for. */
    Optional<Gap> present(TestTerminal terminal, long number) throws Exception {
        return present(terminal, number, fund.clock.now());
    }

    /** The same with what it said at another time. */
    Optional<Gap> present(TestTerminal terminal, long number, Instant at) throws Exception {
        link.takeSent();
        long atMillis = at.toEpochMilli();
        byte[] presence = SignedPresence.sign(
                        new Presence(number, terminal.entry(1).entry().epoch(), terminal.head(), atMillis),
                        terminal.leaf().kid(),
                        message -> P256.sign(terminal.leaf().scalar(), message))
                .bytes();
        link.deliver(Topics.here(1, number), presence);
        fund.clock.advance(Duration.ofSeconds(10));
        fund.loop.runUntilIdle();
        for (FakeLink.Sent sent : link.takeSent()) {
            if (sent.topic().name().equals(Topics.gap(1, number))) {
                return Optional.of(Gap.decode(sent.message()));
            }
        }
        return Optional.empty();
    }

    /** Delivers a batch of that terminal. */
    void deliver(long terminal, byte[] batch) {
        link.deliver(Topics.up(1, terminal), batch);
        fund.loop.runUntilIdle();
    }

    /** Both terminals are read back, the statement is entered, and the cards have had their time. */
    void openAll() throws Exception {
        readBack(fund.five, 5);
        openWithoutFive();
    }

    /** The same but for terminal 5. */
    void openWithoutFive() throws Exception {
        readBack(fund.three, 3);
        hub.statementEntered("A. Operator");
        fund.clock.advance(Duration.ofDays(fund.scheme.card().offlineDaysMost()));
        present(fund.three, 3);
        hub.reconcile(TestFund.DAY, true);
    }

    /** The generation of the acknowledgement sent last. */
    long acknowledgedIn(long terminal) throws Exception {
        for (FakeLink.Sent sent : link.takeSent().reversed()) {
            if (sent.topic().name().equals(Topics.ack(1, terminal))) {
                return SignedCheckpoint.decode(sent.message()).checkpoint().generation();
            }
        }
        throw new AssertionError("nothing was acknowledged");
    }

    /** What waits in quarantine: reason and detail. */
    List<String> waiting() throws StorageFailed {
        return database.inTransaction(connection -> Sql.list(
                connection,
                "SELECT reason, detail FROM quarantine WHERE resolved_millis IS NULL ORDER BY id",
                row -> row.getString(1) + " " + row.getString(2)));
    }

    Reconciliation evening() throws StorageFailed {
        return hub.reconcile(TestFund.DAY, true);
    }

    /** Every posting of a store, one a line. */
    static String books(Database store) throws StorageFailed {
        List<String> lines = store.inTransaction(connection -> Sql.list(
                connection,
                "SELECT reference, account, third, debit_cents, credit_cents FROM posting JOIN event"
                        + " ON event.id = posting.event ORDER BY reference, account, third, debit_cents",
                row -> row.getString(1) + " " + row.getString(2) + " " + row.getString(3) + " " + row.getLong(4) + " "
                        + row.getLong(5)));
        return String.join("\n", lines);
    }

    long balance(String account) throws StorageFailed {
        return database.inTransaction(connection -> Sql.number(
                connection,
                "SELECT COALESCE(SUM(credit_cents - debit_cents), 0) FROM posting WHERE account = ?",
                account));
    }

    long count(String what) throws StorageFailed {
        return database.inTransaction(connection -> Sql.number(connection, "SELECT COUNT(*) FROM " + what));
    }

    long version(String kind) throws StorageFailed {
        return database.inTransaction(connection ->
                Sql.number(connection, "SELECT COALESCE(MAX(version), 0) FROM document WHERE kind = ?", kind));
    }

    /** What stands published for a card. */
    List<CardOrder> orders(TestCard card) throws Exception {
        int shard = CardOrders.shardOf(card.id());
        byte[] newest = database.inTransaction(connection -> Sql.first(
                        connection,
                        "SELECT bytes FROM document WHERE kind = ? ORDER BY version DESC",
                        row -> row.getBytes(1),
                        Document.orders(shard)))
                .orElseThrow();
        return CardOrders.decode(shard, SignedDocument.decode(newest).document().content())
                .to(card.id());
    }
}

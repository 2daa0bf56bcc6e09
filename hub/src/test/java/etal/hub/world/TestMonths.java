package etal.hub.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.FakeLink;
import etal.hub.books.Sql;
import etal.hub.core.HubCore;
import etal.hub.members.Fund;
import etal.hub.reconcile.Reconciliation;
import etal.port.StorageFailed;
import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Period;
import etal.protocol.card.PeriodToken;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.CardProof;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.sync.Document;
import etal.protocol.sync.SignedDocument;
import etal.protocol.sync.Topics;
import java.util.List;

/** A fund whose hub is started again with each month. */
public final class TestMonths {
    public static final int APRIL = Period.of(2025, 4);
    public static final int MAY = APRIL + 1;
    public static final int JUNE = APRIL + 2;
    public static final int JULY = APRIL + 3;

    public final TestFund fund;
    private FakeLink link;
    public HubCore hub;

    /** A fund whose hub has opened April. */
    public TestMonths() throws StorageFailed {
        fund = new TestFund();
        link = fund.link;
        hub = fund.hub;
    }

    /** 150,00 a month from April on, 25,00 earnable. */
    public static Entitlement entitlement(long keepCents, int catchUpMonths) {
        return new Entitlement(15_000, 2_500, keepCents, 0, APRIL, APRIL + 11, catchUpMonths, 1);
    }

    /** A further card, entered when the next month opens. */
    public TestCard card(long number, Entitlement entitlement) {
        TestCard card = new TestCard(fund.authority, number, entitlement);
        fund.cards.add(card);
        return card;
    }

    /** The hub is started again, hub.yaml naming that month. */
    public void opens(int period) throws StorageFailed {
        Fund as = new Fund(
                fund.fund.id(),
                fund.fund.pointsOfSale(),
                fund.fund.debtor(),
                period,
                fund.fund.fundersCents(),
                fund.fund.skewMillisMax());
        link = new FakeLink(fund.loop);
        hub = fund.hub(fund.database, as, SchemeFile.dieulefit(), fund.scheme, link);
        assertEquals(List.of(), fund.start(hub));
        link.up();
        fund.loop.runUntilIdle();
    }

    /** The token of that month. */
    public PeriodToken token(int period) throws Exception {
        byte[] bytes = fund.database.inTransaction(connection -> Sql.first(
                        connection,
                        "SELECT bytes FROM document WHERE kind = ? AND version = ?",
                        row -> row.getBytes(1),
                        Document.PERIOD,
                        period)
                .orElseThrow());
        return PeriodToken.decode(SignedDocument.decode(bytes).document().content());
    }

    /** The card loads at terminal 3. */
    public void loads(TestCard card, int period) throws Exception {
        fund.three.load(card, token(period));
    }

    /** All that both terminals hold goes up. */
    public void sync() {
        deliver(fund.three.batch());
        deliver(fund.five.batch());
    }

    /** A batch goes up. */
    public void deliver(byte[] batch) {
        link.deliver(Topics.up(1, 3), batch);
        fund.loop.runUntilIdle();
        assertEquals(List.of(), fund.failures);
    }

    /** Credits less debits of an account for one card. */
    public long balance(String account, TestCard card) throws StorageFailed {
        return fund.database.inTransaction(connection -> Sql.number(
                connection,
                "SELECT COALESCE(SUM(credit_cents - debit_cents), 0) FROM posting WHERE account = ? AND third = ?",
                account,
                Hash.hex(card.id())));
    }

    /** The day is closed and everything adds up. */
    public Reconciliation evening() throws StorageFailed {
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        sync();
        Reconciliation evening = hub.reconcile(TestFund.DAY, true);
        assertEquals(List.of(), evening.differences());
        assertTrue(evening.i1().holds() && evening.i3().holds());
        return evening;
    }

    /** Every posting, one a line. */
    public String books() throws StorageFailed {
        List<String> lines = fund.database.inTransaction(connection -> Sql.list(
                connection,
                "SELECT reference, account, third, debit_cents, credit_cents FROM posting JOIN event"
                        + " ON event.id = posting.event ORDER BY reference, account, third, debit_cents",
                row -> row.getString(1) + " " + row.getString(2) + " " + row.getString(3) + " " + row.getLong(4) + " "
                        + row.getLong(5)));
        return String.join("\n", lines);
    }

    /** A load of so many months, as only a broken chip would sign it. */
    public CardProof broken(TestCard card, long counter, Balances before, int period, int months) throws Exception {
        Deltas deltas = new Deltas(15_000L * months, 0, 2_500 - before.earnable());
        return card.signed(new CardRecord(
                CardRecord.Tag.LOAD,
                counter,
                3,
                1,
                0,
                deltas,
                before.plus(deltas),
                period,
                fund.three.timeMillis() / 1_000,
                token(period).hash()));
    }
}

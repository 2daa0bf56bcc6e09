package etal.hub.members;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.FakeLink;
import etal.fake.SeededEntropy;
import etal.hub.books.Sql;
import etal.hub.core.HubCore;
import etal.hub.reconcile.Reconciliation;
import etal.hub.trace.Found;
import etal.hub.trace.Way;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.port.StorageFailed;
import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Period;
import etal.protocol.card.PeriodToken;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.LedgerId;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.sync.Document;
import etal.protocol.sync.SignedDocument;
import etal.protocol.sync.Topics;
import etal.testkit.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Months in a row, the hub started again with each: what was granted is on the cards, still to be loaded, spent or expired.
 * <pre>
 *  hub           card (keeps 40,00, catches up one month)      books of the card
 *   | April open   loads 150,00, spends 97,70                   4671 0        4672A  52,30
 *   | May open     no market                                    4671 150,00   4672A  52,30
 *   | June open    loads 300,00, 12,30 expire                   4671 0        4672A 340,00
 * </pre>
 */
class MonthsTest {
    private static final int APRIL = Period.of(2025, 4);
    private static final int MAY = APRIL + 1;
    private static final int JUNE = APRIL + 2;
    private static final int JULY = APRIL + 3;
    private static final String RIGHTS = "4671";
    private static final String ON_CARD = "4672A";

    private final TestFund fund;
    private FakeLink link;
    private HubCore hub;

    MonthsTest() throws StorageFailed {
        fund = new TestFund();
        link = fund.link;
        hub = fund.hub;
    }

    private static Entitlement entitlement(long keepCents, int catchUpMonths) {
        return new Entitlement(15_000, 2_500, keepCents, 0, APRIL, APRIL + 11, catchUpMonths, 1);
    }

    private TestCard card(long number, Entitlement entitlement) {
        TestCard card = new TestCard(fund.authority, number, entitlement);
        fund.cards.add(card);
        return card;
    }

    /** The hub is started again, hub.yaml naming that month. */
    private void opens(int period) throws StorageFailed {
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

    private PeriodToken token(int period) throws Exception {
        byte[] bytes = fund.database.inTransaction(connection -> Sql.first(
                        connection,
                        "SELECT bytes FROM document WHERE kind = ? AND version = ?",
                        row -> row.getBytes(1),
                        Document.PERIOD,
                        period)
                .orElseThrow());
        return PeriodToken.decode(SignedDocument.decode(bytes).document().content());
    }

    private void loads(TestCard card, int period) throws Exception {
        fund.three.load(card, token(period));
    }

    private void sync() {
        deliver(fund.three.batch());
        deliver(fund.five.batch());
    }

    private void deliver(byte[] batch) {
        link.deliver(Topics.up(1, 3), batch);
        fund.loop.runUntilIdle();
        assertEquals(List.of(), fund.failures);
    }

    /** Credits less debits of an account for one card. */
    private long balance(String account, TestCard card) throws StorageFailed {
        return fund.database.inTransaction(connection -> Sql.number(
                connection,
                "SELECT COALESCE(SUM(credit_cents - debit_cents), 0) FROM posting WHERE account = ? AND third = ?",
                account,
                Hash.hex(card.id())));
    }

    private Reconciliation evening() throws StorageFailed {
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        sync();
        Reconciliation evening = hub.reconcile(TestFund.DAY, true);
        assertEquals(List.of(), evening.differences());
        assertTrue(evening.i1().holds() && evening.i3().holds());
        return evening;
    }

    @Test
    void a_skipped_month_is_caught_up_and_what_is_above_keep_expires_for_good() throws Exception {
        TestCard card = card(11, entitlement(4_000, 1));
        opens(APRIL);
        loads(card, APRIL);
        fund.three.sell(card, vegetables(9_770));
        opens(MAY);
        sync();
        assertEquals(15_000, balance(RIGHTS, card), "May waits");
        assertEquals(5_230, balance(ON_CARD, card));
        opens(JUNE);
        loads(card, JUNE);
        sync();

        assertEquals(new Balances(34_000, 0, 2_500), card.balances());
        assertEquals(34_000, balance(ON_CARD, card));
        assertEquals(0, balance(RIGHTS, card));
        assertEquals(0, balance("4676", card), "nothing provisional: the card has signed it");
        Reconciliation evening = evening();
        assertEquals(3 * 4 * 15_000, evening.i1().granted(), "three months of four cards");
        assertEquals(1_230, evening.i1().expired());
        assertEquals(9_770, evening.i1().spent());
    }

    @Test
    void the_way_of_a_sale_names_the_months_that_its_load_brought_and_what_expired_with_it() throws Exception {
        TestCard card = card(11, entitlement(4_000, 1));
        opens(APRIL);
        loads(card, APRIL);
        fund.three.sell(card, vegetables(9_770));
        opens(MAY);
        opens(JUNE);
        loads(card, JUNE);
        long sale = fund.three.sell(card, vegetables(500)).entry().number();
        sync();

        Way way = assertInstanceOf(Found.Shown.class, hub.way(new LedgerId(3, 1), sale))
                .way();
        assertTrue(way.holds(), way.checks()::toString);
        Way.Load load = way.card().orElseThrow().load().orElseThrow();
        assertEquals(30_000, load.loadedCents());
        assertEquals(1_230, load.expiredCents());
        String id = Hash.hex(card.id());
        assertEquals(
                List.of(
                        "month-opened/" + id + "/" + MAY,
                        "month-opened/" + id + "/" + JUNE,
                        "card-loaded/" + id + "/3"),
                load.events().stream().map(Way.Event::reference).toList());
    }

    @Test
    void a_month_beyond_the_catch_up_leaves_the_rights_when_the_card_shows_that_it_was_skipped() throws Exception {
        TestCard card = card(11, entitlement(Balances.PURSE_MAX, 1));
        opens(APRIL);
        loads(card, APRIL);
        opens(MAY);
        opens(JUNE);
        opens(JULY);
        sync();
        assertEquals(45_000, balance(RIGHTS, card));
        assertEquals(0, evening().i1().expired());
        loads(card, JULY);
        sync();

        assertEquals(45_000, balance(ON_CARD, card));
        assertEquals(0, balance(RIGHTS, card), "May is lost");
        assertEquals(15_000, evening().i1().expired());
    }

    @Test
    void months_before_the_first_tap_are_lost_like_any_others() throws Exception {
        TestCard card = fund.cards.getFirst();
        opens(MAY);
        opens(JUNE);
        loads(card, JUNE);
        sync();

        assertEquals(15_000, balance(ON_CARD, card));
        assertEquals(0, balance(RIGHTS, card));
        assertEquals(30_000, evening().i1().expired());
    }

    @Test
    void a_month_that_the_hub_never_opened_is_opened_for_cards_that_can_still_load_it() throws Exception {
        TestCard late = card(11, entitlement(Balances.PURSE_MAX, 2));
        opens(JUNE);
        loads(late, JUNE);
        sync();

        assertEquals(45_000, balance(ON_CARD, late));
        assertEquals(0, balance(RIGHTS, late));
        assertEquals(3 * 2 * 15_000 + 45_000, evening().i1().granted(), "April and June of three, all of one");
    }

    @Test
    void a_card_entered_later_that_loads_by_an_older_token_has_its_month_opened_with_the_load() throws Exception {
        opens(JUNE);
        TestCard late = card(11, entitlement(Balances.PURSE_MAX, 0));
        opens(JUNE);
        loads(late, APRIL);
        sync();

        assertEquals(15_000, balance(ON_CARD, late));
        assertEquals(15_000, balance(RIGHTS, late), "June waits");
        evening();
    }

    // card            stall 3             stall 5             hub
    //  | <- LOAD ------ | April              |                  |
    //  | <- DEBIT ------------------------- | (offline)        |
    //  | <- LOAD ------ | June               |                  |
    //                   | -- both loads ----------------------> |  which month before June? not known
    //                                        | -- sale -------> |  April: May was skipped for good
    @Test
    void a_load_whose_neighbour_has_not_come_moves_its_money_and_the_lost_month_waits_for_it() throws Exception {
        TestCard card = card(11, entitlement(4_000, 0));
        opens(APRIL);
        loads(card, APRIL);
        fund.five.append(fund.five.saleBy(card, List.of(vegetables(9_770))));
        opens(MAY);
        opens(JUNE);
        loads(card, JUNE);
        deliver(fund.three.batch());

        assertEquals(15_000, balance(RIGHTS, card), "of April, May and June one month is still there");
        assertEquals(15_000 + 15_000 - 1_230, balance(ON_CARD, card));
        assertTrue(
                hub.reconcile(TestFund.DAY, true).differences().stream().noneMatch(one -> one.startsWith("event")),
                "the books say what is known");
        deliver(fund.five.batch());

        assertEquals(0, balance(RIGHTS, card), "May has lapsed");
        assertEquals(4_000 + 15_000, balance(ON_CARD, card));
        assertEquals(15_000 + 1_230, evening().i1().expired());
    }

    @Test
    void whatever_the_order_in_which_records_come_the_books_are_the_same() throws Exception {
        String plain = months(0);
        assertTrue(plain.contains("month-lapsed") && plain.contains("4676"), plain);
        Seeds.forEach(10, seed -> assertEquals(plain, months(seed)));
    }

    /** Five months of three cards over two stalls, brought in an order by chance; 0 brings all at once. */
    private static String months(long seed) throws Exception {
        MonthsTest world = new MonthsTest();
        List<TestCard> cards = List.of(
                world.card(11, entitlement(4_000, 0)),
                world.card(12, entitlement(0, 1)),
                world.card(13, entitlement(Balances.PURSE_MAX, 2)));
        int[][] tapped = {{0, 1, 2}, {1}, {}, {0, 2}, {0, 1, 2}};
        for (int month = 0; month < tapped.length; month++) {
            world.opens(APRIL + month);
            for (int index : tapped[month]) {
                TestCard card = cards.get(index);
                world.fund.five.sell(card, vegetables(100));
                (month % 2 == 0 ? world.fund.three : world.fund.five).load(card, world.token(APRIL + month));
                world.fund.five.sell(card, vegetables(2_000 + 10 * month));
                world.fund.three.sell(card, vegetables(300));
            }
        }
        SeededEntropy chance = new SeededEntropy(seed);
        for (int i = 0; i < (seed == 0 ? 0 : 40); i++) {
            boolean three = chance.below(2) == 0;
            long head = three ? world.fund.three.head() : world.fund.five.head();
            long from = 1 + chance.below(head);
            long to = from + chance.below(head - from + 1);
            world.deliver(three ? world.fund.three.batch(from, to) : world.fund.five.batch(from, to));
        }
        world.sync();
        assertEquals(List.of(), world.fund.quarantined());
        world.evening();
        return world.books();
    }

    private String books() throws StorageFailed {
        List<String> lines = fund.database.inTransaction(connection -> Sql.list(
                connection,
                "SELECT reference, account, third, debit_cents, credit_cents FROM posting JOIN event"
                        + " ON event.id = posting.event ORDER BY reference, account, third, debit_cents",
                row -> row.getString(1) + " " + row.getString(2) + " " + row.getString(3) + " " + row.getLong(4) + " "
                        + row.getLong(5)));
        return String.join("\n", lines);
    }

    /** A load of so many months, as only a broken chip would sign it. */
    private CardProof broken(TestCard card, long counter, Balances before, int period, int months) throws Exception {
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

    @Test
    void more_or_fewer_months_than_are_due_are_no_load() throws Exception {
        for (int months = 0; months <= 4; months++) {
            MonthsTest world = new MonthsTest();
            TestCard card = world.card(11, entitlement(Balances.PURSE_MAX, 2));
            world.opens(APRIL);
            world.loads(card, APRIL);
            world.opens(MAY);
            world.opens(JUNE);
            world.fund.three.append(new Body.RecordCarried(world.broken(card, 2, card.balances(), JUNE, months), null));
            world.sync();
            List<String> expected = months == 2 ? List.of() : List.of("wrong-load");
            assertEquals(expected, world.fund.quarantined(), months + " months");
            assertEquals(months == 2 ? 45_000 : 15_000, world.balance(ON_CARD, card));
        }
    }

    @Test
    void a_load_that_fitted_while_its_neighbour_was_unknown_refuses_the_neighbour_that_it_does_not_fit()
            throws Exception {
        TestCard card = card(11, entitlement(Balances.PURSE_MAX, 2));
        opens(APRIL);
        loads(card, APRIL);
        opens(MAY);
        fund.five.load(card, token(MAY));
        opens(JUNE);
        fund.three.append(new Body.RecordCarried(broken(card, 3, card.balances(), JUNE, 2), null));
        deliver(fund.three.batch());
        assertEquals(List.of(), fund.quarantined(), "May may have been skipped");
        deliver(fund.five.batch());
        assertEquals(List.of("wrong-load"), fund.quarantined());
    }

    @Test
    void a_load_that_keeps_what_should_expire_or_sets_the_earnable_wrong_is_no_load() throws Exception {
        TestCard card = card(11, entitlement(4_000, 0));
        opens(APRIL);
        loads(card, APRIL);
        opens(MAY);
        CardProof kept = broken(card, 2, card.balances(), MAY, 1);
        fund.three.append(new Body.RecordCarried(kept, null));
        sync();
        assertEquals(List.of("wrong-load"), fund.quarantined());
    }

    @Test
    void a_hand_that_changes_what_cards_may_load_is_found_by_the_loads() throws Exception {
        for (String change : List.of(
                "UPDATE card SET keep_cents = 0",
                "UPDATE card SET earnable_cents = 1",
                "UPDATE card SET catch_up_months = 0",
                "UPDATE card SET entitlement_cents = 7500")) {
            MonthsTest world = new MonthsTest();
            TestCard card = world.card(11, entitlement(4_000, 1));
            world.opens(APRIL);
            world.loads(card, APRIL);
            world.opens(MAY);
            world.opens(JUNE);
            world.loads(card, JUNE);
            world.evening();
            world.fund.tamper(change);
            List<String> differences = world.hub.reconcile(TestFund.DAY, true).differences();
            assertTrue(
                    differences.stream().anyMatch(one -> one.contains("not entitled to what it loaded")),
                    change + ": " + differences);
        }
    }
}

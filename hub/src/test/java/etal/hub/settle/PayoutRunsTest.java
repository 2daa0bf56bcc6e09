package etal.hub.settle;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.FakeLink;
import etal.hub.books.Chart;
import etal.hub.books.Journal;
import etal.hub.core.HubCore;
import etal.hub.members.Fund;
import etal.hub.members.Fund.Debtor;
import etal.hub.settle.PayoutRuns.Ordered;
import etal.hub.settle.statement.AccountStatement;
import etal.hub.settle.statement.Camt;
import etal.hub.world.TestFund;
import etal.port.CentralFund.Statement;
import etal.protocol.money.Unit;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.SchemeFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A run pays what is owed, once, however often it is handed in. */
class PayoutRunsTest {
    @Test
    void a_run_pays_each_point_of_sale_its_balance_and_carries_zero_forward() throws Exception {
        TestFund fund = sold();
        Ordered.Submitted submitted = assertInstanceOf(Ordered.Submitted.class, fund.hub.payOut(TestFund.DAY, "R1"));
        assertEquals(1, submitted.run().payouts().size(), "the bakery sold nothing");
        assertEquals(2_050, submitted.run().payouts().getFirst().amountCents());
        assertEquals("R1-3", submitted.run().payouts().getFirst().endToEndId());
        assertEquals("2025-04-03", submitted.run().executionDate());
        assertEquals(0, fund.balance("4673"));
        assertEquals(2_050, fund.balance("4674"));
        assertEquals(List.of(), fund.evening().differences());
    }

    @Test
    void the_same_run_again_is_the_same_file_and_no_second_posting() throws Exception {
        TestFund fund = sold();
        byte[] first = assertInstanceOf(Ordered.Submitted.class, fund.hub.payOut(TestFund.DAY, "R1"))
                .document();
        long postings = fund.count("posting");
        fund.clock.advance(Duration.ofDays(3));
        byte[] again = assertInstanceOf(Ordered.Submitted.class, fund.hub.payOut(TestFund.DAY, "R1"))
                .document();
        assertArrayEquals(first, again);
        assertEquals(postings, fund.count("posting"));
        assertInstanceOf(Ordered.NothingDue.class, fund.hub.payOut(TestFund.DAY, "R2"));
        assertEquals(postings, fund.count("posting"));
    }

    @Test
    void sold_after_a_run_is_paid_by_the_next() throws Exception {
        TestFund fund = sold();
        fund.hub.payOut(TestFund.DAY, "R1");
        fund.five.sell(fund.cards.getFirst(), vegetables(700));
        fund.five.close("2025-04-02");
        fund.syncAll();
        Ordered.Submitted next = assertInstanceOf(Ordered.Submitted.class, fund.hub.payOut(TestFund.DAY, "R2"));
        assertEquals(
                List.of("R2-5"),
                next.run().payouts().stream().map(one -> one.endToEndId()).toList());
        assertEquals(700, next.run().payouts().getFirst().amountCents());
        String xml = new String(next.document(), StandardCharsets.UTF_8);
        assertTrue(xml.contains("<Nm>Fournil + OEufs SARL</Nm>"), xml);
    }

    @Test
    void what_the_bank_debits_leaves_it_and_what_it_rejects_is_owed_again() throws Exception {
        TestFund fund = sold();
        fund.hub.payOut(TestFund.DAY, "R1");
        long bank = -fund.balance("512");
        EmbeddedFund account = new EmbeddedFund(fund.database, fund.fund.debtor(), Settlement.of(fund.scheme));
        PayoutRuns runs =
                new PayoutRuns(fund.fund, Settlement.of(fund.scheme), fund.scheme.zone(), new Journal(Chart.shipped()));

        account.enter(new Statement("R1-3", false, 2_050, fund.clock.now()));
        account.enter(new Statement("not ours", false, 5, fund.clock.now()));
        assertEquals(1, runs.readBack(fund.database, account, fund.clock.now()));
        assertEquals(0, runs.readBack(fund.database, account, fund.clock.now()), "read again, posted once");
        assertEquals(0, fund.balance("4674"));
        assertEquals(bank - 2_050, -fund.balance("512"));

        account.enter(new Statement("R1-3", true, 2_050, fund.clock.now()));
        assertEquals(1, runs.readBack(fund.database, account, fund.clock.now()));
        assertEquals(2_050, fund.balance("4673"));
        assertEquals(bank, -fund.balance("512"));
        assertEquals(List.of(), fund.evening().differences());
    }

    @Test
    void what_the_banks_file_says_is_booked_once_however_often_it_is_read() throws Exception {
        TestFund fund = sold();
        fund.hub.payOut(TestFund.DAY, "R1");
        byte[] file = Camt.of(
                "02",
                "FR14",
                Camt.debit("20.50", "R1-3"),
                Camt.returned("20.50", "R1-3"),
                Camt.debit("820.00", "LOYER-4"));
        var payer = new AccountStatement.Payer("EUR", fund.scheme.zone(), Map.of());
        int posted = 0;
        for (int time = 0; time < 2; time++) {
            for (Statement line : AccountStatement.read(file, payer).lines()) {
                posted += fund.hub.enter(line);
            }
        }
        assertEquals(2, posted, "debited, and sent back");
        assertEquals(2_050, fund.balance("4673"), "owed again");
        assertEquals(0, fund.balance("4674"));
        assertEquals(List.of(), fund.evening().differences());
    }

    @Test
    void a_line_entered_with_a_wrong_amount_does_not_keep_the_right_one_out() throws Exception {
        TestFund fund = sold();
        fund.hub.payOut(TestFund.DAY, "R1");
        EmbeddedFund account = new EmbeddedFund(fund.database, fund.fund.debtor(), Settlement.of(fund.scheme));
        PayoutRuns runs =
                new PayoutRuns(fund.fund, Settlement.of(fund.scheme), fund.scheme.zone(), new Journal(Chart.shipped()));
        account.enter(new Statement("R1-3", false, 2_005, fund.clock.now()));
        assertEquals(0, runs.readBack(fund.database, account, fund.clock.now()));
        account.enter(new Statement("R1-3", false, 2_050, fund.clock.now()));
        assertEquals(1, runs.readBack(fund.database, account, fund.clock.now()));
        assertEquals(0, fund.balance("4674"));
    }

    @Test
    void a_debit_the_bank_has_said_and_the_books_have_lost_is_a_difference() throws Exception {
        TestFund fund = sold();
        fund.hub.payOut(TestFund.DAY, "R1");
        EmbeddedFund account = new EmbeddedFund(fund.database, fund.fund.debtor(), Settlement.of(fund.scheme));
        account.enter(new Statement("R1-3", false, 2_050, fund.clock.now()));
        assertTrue(fund.evening().differences().contains("event payout-debited/R1-3 is not posted"));
    }

    // Radis without decimals, 1 Radis = 1.05 CHF: 20 Radis owed are 21.00 CHF at the bank, and 20 Radis in the books.
    @Test
    void the_bank_pays_in_its_currency_what_the_books_hold_in_the_funds_unit() throws Exception {
        TestFund fund = sold();
        Settlement francs = new Settlement(new Unit("Radis", "R", 2), new Scheme.Parity("CHF", 1_050_000));
        EmbeddedFund account = new EmbeddedFund(fund.database, fund.fund.debtor(), francs);
        PayoutRuns runs = new PayoutRuns(fund.fund, francs, fund.scheme.zone(), new Journal(Chart.shipped()));
        Ordered.Submitted ordered = assertInstanceOf(
                Ordered.Submitted.class, runs.order(fund.database, account, TestFund.DAY, "R1", fund.clock.now()));
        String xml = new String(ordered.document(), StandardCharsets.UTF_8);
        // 20.50 x 1.05 = 21.525, half to even.
        assertTrue(xml.contains("<InstdAmt Ccy=\"CHF\">21.52</InstdAmt>"), xml);
        account.enter(new Statement("R1-3", false, 2_050, fund.clock.now()));
        assertEquals(0, runs.readBack(fund.database, account, fund.clock.now()), "an amount in the fund's unit");
        account.enter(new Statement("R1-3", false, 2_152, fund.clock.now()));
        assertEquals(1, runs.readBack(fund.database, account, fund.clock.now()));
        assertEquals(0, fund.balance("4674"));
    }

    @Test
    void a_run_stays_the_file_that_was_handed_in_though_the_fund_has_another_bank_since() throws Exception {
        TestFund fund = sold();
        byte[] first = assertInstanceOf(Ordered.Submitted.class, fund.hub.payOut(TestFund.DAY, "R1"))
                .document();
        PayoutRuns runs =
                new PayoutRuns(fund.fund, Settlement.of(fund.scheme), fund.scheme.zone(), new Journal(Chart.shipped()));
        EmbeddedFund moved = new EmbeddedFund(
                fund.database,
                new Debtor("Caisse", "DE89370400440532013000", "COBADEFFXXX"),
                Settlement.of(fund.scheme));
        Ordered again = runs.order(fund.database, moved, TestFund.DAY, "R1", fund.clock.now());
        assertArrayEquals(
                first, assertInstanceOf(Ordered.Submitted.class, again).document());
    }

    @Test
    void a_fund_that_has_moved_to_another_bank_finds_no_damage_in_its_old_runs() throws Exception {
        TestFund fund = sold();
        fund.hub.payOut(TestFund.DAY, "R1");
        Fund moved = new Fund(
                1,
                fund.fund.pointsOfSale(),
                new Debtor("Caisse", "DE89370400440532013000", "COBADEFFXXX"),
                fund.fund.period(),
                0,
                60_000);
        HubCore since = fund.hub(fund.database, moved, SchemeFile.dieulefit(), fund.scheme, new FakeLink(fund.loop));
        fund.start(since);
        assertEquals(List.of(), since.reconcile(TestFund.DAY, true).differences());
    }

    @Test
    void a_run_needs_a_name_the_bank_can_carry() throws Exception {
        TestFund fund = sold();
        for (String name : List.of("", "a/b", "a b", "-x", "x".repeat(25))) {
            assertThrows(IllegalArgumentException.class, () -> fund.hub.payOut(TestFund.DAY, name));
        }
    }

    private static TestFund sold() throws Exception {
        TestFund fund = new TestFund();
        fund.three.load(fund.cards.getFirst(), fund.token());
        fund.three.sell(fund.cards.getFirst(), vegetables(1_250));
        fund.three.sell(fund.cards.getFirst(), vegetables(800));
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        fund.syncAll();
        return fund;
    }
}

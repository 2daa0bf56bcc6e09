package etal.hub.restore;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.books.Sql;
import etal.hub.settle.PayoutRuns.Ordered;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.hub.world.TestTerminal;
import etal.port.CentralFund.Statement;
import etal.protocol.card.Deltas;
import etal.protocol.card.order.CardOrder;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.FundedLine;
import etal.protocol.ledger.Succession;
import etal.protocol.sync.Document;
import etal.protocol.sync.Gap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub restored from a backup: it has forgotten what was acknowledged, issued and paid since, and the world has not.
 *
 * <pre>
 * terminal                         hub, generation 1      hub restored, generation 2
 *  |-- entries 1..4 --------------> |  (backup)
 *  |-- entries 5..9 --------------> |
 *  |<-- acknowledged 9 ------------ |
 *  |-- here, 9 entries ---------------------------------> |  gates closed
 *  |<-- gap, from 5 ------------------------------------- |
 *  |-- entries 5..9 ------------------------------------> |
 *  |<-- acknowledged 9, generation 2 -------------------- |
 *  |-- here, 9 entries ---------------------------------> |  read back
 * </pre>
 */
class RestoredHubTest {
    @TempDir
    private Path directory;

    private final TestFund fund = new TestFund();
    private final TestCard card = fund.cards.getFirst();

    RestoredHubTest() throws Exception {
        fund.three.load(card, fund.token());
        fund.three.sell(card, vegetables(1_000));
        fund.syncAll();
    }

    private RestoredFund restored() throws Exception {
        return new RestoredFund(fund, directory.resolve("backup.db"));
    }

    private void backup() throws Exception {
        fund.sqlite().copyTo(directory.resolve("backup.db"));
    }

    private void closeDay() {
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        fund.syncAll();
    }

    @Test
    void what_was_acknowledged_and_forgotten_is_asked_for_and_leads_to_the_same_books() throws Exception {
        backup();
        fund.three.sell(card, vegetables(500));
        fund.five.sell(card, vegetables(300));
        closeDay();
        RestoredFund restored = restored();
        assertEquals(1_000, restored.balance("4673"));

        assertEquals(1, restored.readBack(fund.three, 3));
        assertEquals(1, restored.readBack(fund.five, 5));
        assertEquals(fund.balance("4673"), restored.balance("4673"));
        assertEquals(1_800, restored.balance("4673"));
        restored.deliver(3, fund.three.batch());
        assertEquals(
                restored.generation, restored.acknowledgedIn(3), "a head acknowledged before is acknowledged anew");
        restored.openAll();
        assertEquals(List.of(), restored.evening().differences());
    }

    @Test
    void it_neither_pays_nor_issues_before_terminals_bank_and_cards_are_read_back() throws Exception {
        backup();
        closeDay();
        RestoredFund restored = restored();
        Standing all = restored.hub.restored().orElseThrow();
        assertEquals(List.of(3L, 5L), all.terminals());
        assertTrue(all.statement() && all.cards() == 3, all::text);
        assertClosed(restored);

        restored.readBack(fund.three, 3);
        assertEquals(List.of(5L), restored.hub.restored().orElseThrow().terminals());
        restored.readBack(fund.five, 5);
        assertClosed(restored);
        assertTrue(restored.hub.statementEntered("A. Operator"));
        assertTrue(!restored.hub.statementEntered("A. Operator"), "said once");
        assertClosed(restored);
        assertTrue(restored.evening().differences().getFirst().contains("3 cards"));

        fund.clock.advance(Duration.ofDays(fund.scheme.card().offlineDaysMost()));
        assertEquals(List.of(), restored.evening().differences());
        assertEquals(Optional.empty(), restored.hub.restored());
        assertInstanceOf(Ordered.Submitted.class, restored.hub.payOut(TestFund.DAY, "R1"));
    }

    @Test
    void cards_that_have_all_been_seen_need_not_wait() throws Exception {
        backup();
        RestoredFund restored = restored();
        restored.readBack(fund.five, 5);
        restored.hub.statementEntered("A. Operator");
        fund.three.pass(Duration.ofHours(1));
        for (TestCard each : fund.cards.subList(1, 3)) {
            fund.three.load(each, fund.token());
        }
        fund.three.sell(card, vegetables(100));
        fund.clock.advance(Duration.ofHours(2));
        restored.readBack(fund.three, 3);
        assertEquals(Optional.empty(), restored.hub.restored());
    }

    @Test
    void a_terminal_that_never_comes_back_is_waited_for_until_somebody_says_so_and_the_word_is_kept() throws Exception {
        backup();
        RestoredFund restored = restored();
        restored.readBack(fund.three, 3);
        assertTrue(!restored.hub.terminalLost(3, "A. Operator"), "it is read back");
        assertTrue(!restored.hub.terminalLost(9, "A. Operator"), "it is none of the fund's");
        assertTrue(restored.hub.terminalLost(5, "A. Operator"));
        assertEquals(List.of(), restored.hub.restored().orElseThrow().terminals());
        assertEquals(1, restored.count("restored_terminal WHERE terminal = 5 AND lost_by = 'A. Operator'"));
    }

    @Test
    void a_terminals_word_of_before_the_restore_reads_nothing_back() throws Exception {
        backup();
        RestoredFund restored = restored();
        restored.present(fund.three, 3, fund.clock.now().minusSeconds(60));
        assertEquals(List.of(3L, 5L), restored.hub.restored().orElseThrow().terminals());
    }

    @Test
    void what_a_rebuilt_terminal_has_kept_of_the_epoch_before_is_asked_for_once_its_own_is_read_back()
            throws Exception {
        backup();
        fund.three.sell(card, vegetables(500));
        fund.syncAll();
        long head = fund.three.head();
        TestTerminal rebuilt = new TestTerminal(
                fund.authority,
                3,
                2,
                new Succession(1, head, fund.three.entry(head).hash()),
                fund.scheme,
                fund.clock.now().plusSeconds(60));
        fund.clock.advance(Duration.ofMinutes(1));
        RestoredFund restored = restored();
        assertEquals(1, restored.present(rebuilt, 3).orElseThrow().firstNumber());
        restored.deliver(3, rebuilt.batch());

        Gap gap = restored.present(rebuilt, 3).orElseThrow();
        assertEquals(1, gap.epoch());
        assertEquals(4, gap.firstNumber());
        restored.deliver(3, fund.three.batch(gap.firstNumber(), head));
        assertEquals(1_500, restored.balance("4673"));
        assertEquals(Optional.empty(), restored.present(rebuilt, 3));
    }

    @Test
    void a_terminal_enrolled_after_the_backup_is_asked_for_all_it_has() throws Exception {
        TestFund young = new TestFund();
        young.deliver(young.three.batch());
        young.sqlite().copyTo(directory.resolve("young.db"));
        young.deliver(young.five.batch());
        RestoredFund restored = new RestoredFund(young, directory.resolve("young.db"));
        assertEquals(1, restored.present(young.five, 5).orElseThrow().firstNumber());
        restored.readBack(young.five, 5);
        assertEquals(List.of(3L), restored.hub.restored().orElseThrow().terminals());
    }

    @Test
    void every_document_about_cards_and_goods_is_said_anew_above_all_versions_of_before() throws Exception {
        backup();
        RestoredFund restored = restored();
        for (String kind :
                List.of(Document.DENY, Document.KEYS, Document.WANTED, Document.CATALOGUE, Document.orders(1))) {
            assertEquals((restored.generation << 20) + 1, restored.version(kind), kind);
        }
        assertEquals(1, restored.version(Document.SCHEME), "its version is voted");
        assertEquals(63, restored.version(Document.PERIOD), "and the month's token is the same bytes");
    }

    @Test
    void two_stores_restored_from_one_backup_speak_in_two_generations() throws Exception {
        backup();
        fund.sqlite().copyTo(directory.resolve("second.db"));
        long first = restored().generation;
        assertTrue(new RestoredFund(fund, directory.resolve("second.db")).generation > first);
    }

    @Test
    void a_voucher_issued_and_taken_after_the_backup_is_known_by_the_cards_record_and_not_issued_again()
            throws Exception {
        backup();
        CardProof paid = torn();
        fund.three.append(new Body.RefundRequest(fund.three.lastSale(), paid));
        fund.syncAll();
        fund.five.take(card, fund.order(card));
        closeDay();
        assertEquals(0, fund.balance("471"));

        RestoredFund restored = restored();
        restored.readBack(fund.five, 5);
        assertEquals(0, restored.count("card_order"), "what it was for is still to come");
        restored.readBack(fund.three, 3);
        assertEquals(
                0, restored.count("card_order WHERE recognised = 0"), "nothing is issued while the gates are closed");
        restored.openAll();
        assertEquals(1, restored.count("card_order WHERE recognised = 1 AND taken IS NOT NULL"));
        assertEquals(List.of(), restored.orders(card), "and nothing after that");
        assertEquals(List.of(), restored.evening().differences());
        assertEquals(fund.balance("4672A"), restored.balance("4672A"));
    }

    @Test
    void a_voucher_issued_and_not_taken_is_issued_again_under_a_number_that_nobody_has_seen() throws Exception {
        backup();
        CardProof paid = torn();
        fund.three.append(new Body.RefundRequest(fund.three.lastSale(), paid));
        closeDay();
        CardOrder.Add forgotten = (CardOrder.Add) fund.order(card);
        assertEquals(1, forgotten.number());

        RestoredFund restored = restored();
        restored.readBack(fund.three, 3);
        assertEquals(List.of(), restored.orders(card));
        restored.openAll();
        CardOrder.Add again = (CardOrder.Add) restored.orders(card).getFirst();
        assertEquals(65, again.number(), "a whole window beyond");
        assertEquals(forgotten.deltas(), again.deltas());
        assertEquals(List.of(), restored.evening().differences());
    }

    @Test
    void a_correction_of_which_only_the_card_knows_is_booked_once_all_is_read_back() throws Exception {
        backup();
        fund.hub.correct(new etal.hub.orders.Correction(card.id(), new Deltas(-250, 0, 0), "wrong", "A. Operator"));
        fund.five.take(card, fund.order(card));
        closeDay();

        RestoredFund restored = restored();
        restored.openAll();
        assertEquals(List.of(), restored.evening().differences());
        assertEquals(fund.balance("4672A"), restored.balance("4672A"));
        assertEquals(fund.balance("6571"), restored.balance("6571"));
    }

    @Test
    void a_payout_of_which_only_the_bank_knows_is_owed_no_more_and_not_handed_in_again() throws Exception {
        backup();
        fund.three.sell(card, vegetables(500));
        closeDay();
        fund.hub.payOut(TestFund.DAY, "R1");

        RestoredFund restored = restored();
        restored.readBack(fund.three, 3);
        assertEquals(1_500, restored.balance("4673"));
        assertEquals(2, restored.hub.enter(new Statement("R1-3", false, 1_500, fund.clock.now())) + 1);
        assertEquals(0, restored.balance("4673"));
        assertEquals(0, restored.balance("4674"));
        restored.openAll();
        assertEquals(List.of(), restored.evening().differences());
        assertInstanceOf(Ordered.Forgotten.class, restored.hub.payOut(TestFund.DAY, "R1"));
        assertInstanceOf(Ordered.NothingDue.class, restored.hub.payOut(TestFund.DAY, "R2"));

        fund.three.sell(card, vegetables(100));
        restored.deliver(3, fund.three.batch());
        assertInstanceOf(Ordered.Submitted.class, restored.hub.payOut(TestFund.DAY, "R2"));
        String identification = restored.database.inTransaction(connection -> Sql.first(
                        connection, "SELECT end_to_end_id FROM payout WHERE run = 'R2'", row -> row.getString(1))
                .orElseThrow());
        assertEquals("R2." + Long.toString(restored.generation, 36) + "-3", identification);
    }

    private CardProof torn() {
        List<FundedLine> lines = List.of(vegetables(700));
        return fund.three.debit(card, lines, new Deltas(-700, 0, 0));
    }

    private void assertClosed(RestoredFund restored) throws Exception {
        assertInstanceOf(Ordered.Closed.class, restored.hub.payOut(TestFund.DAY, "R1"));
        assertInstanceOf(
                etal.hub.orders.Correction.Outcome.Refused.class,
                restored.hub.correct(
                        new etal.hub.orders.Correction(card.id(), new Deltas(100, 0, 0), "a mistake", "A. Operator")));
    }
}

package etal.hub.view;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.view.Board.PayoutLine;
import etal.hub.view.Board.SaleLine;
import etal.hub.view.Board.StallLine;
import etal.hub.world.TestFund;
import etal.port.CentralFund.Statement;
import etal.port.StorageFailed;
import etal.protocol.ledger.FundedLine;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The board tells what the books hold, each figure as the evening has it. */
class BoardTest {
    private static final Optional<LocalDate> ANY = Optional.empty();

    private TestFund fund;

    @BeforeEach
    void two_cards_have_paid_at_two_stalls() throws StorageFailed {
        fund = new TestFund();
        fund.three.load(fund.cards.get(0), fund.token());
        fund.three.sell(fund.cards.get(0), vegetables(1_250), new FundedLine("laitier", 1, 100, 55, 100));
        fund.three.sellForCash();
        fund.five.load(fund.cards.get(1), fund.token());
        fund.five.sell(fund.cards.get(1), vegetables(200));
        fund.deliver(fund.three.batch());
        fund.clock.advance(java.time.Duration.ofSeconds(1));
        fund.deliver(fund.five.batch());
    }

    @Test
    void a_day_in_figures_and_its_sales_the_newest_to_arrive_first() throws Exception {
        Board board = fund.hub.board(ANY);
        assertEquals(TestFund.DAY, board.day());
        assertEquals(new Board.Figures(3, 2, 2, 1_550), board.figures());
        assertEquals(
                List.of("5-1-3", "3-1-4", "3-1-3"),
                board.sales().stream().map(SaleLine::name).toList());
        assertEquals(
                List.of("Fournil", "Chèvrerie", "Chèvrerie"),
                board.sales().stream().map(SaleLine::stall).toList());
        assertEquals(List.of("legumes", "laitier"), board.sales().getLast().families());
        assertEquals("", board.sales().get(1).card(), "a sale without card");
        assertEquals(0, board.sales().get(1).fundedCents(), "of which the hub sees nothing but that it was");
    }

    @Test
    void each_stall_has_what_it_sold_what_it_is_owed_and_what_it_was_paid() throws Exception {
        fund.hub.payOut(TestFund.DAY, "R1");
        fund.three.sell(fund.cards.get(0), vegetables(300));
        fund.deliver(fund.three.batch());
        Board board = fund.hub.board(ANY);
        StallLine three = board.stalls().getFirst();
        assertEquals(3, three.sales());
        assertEquals(1_650, three.cardCents());
        assertEquals(300, three.dueCents());
        assertEquals(1_350, three.paidCents());
        assertEquals(300, board.dueCents());
        assertEquals(1_550, board.paidCents());
        assertTrue(board.glance().holds());
    }

    @Test
    void a_payout_run_says_what_the_bank_has_said_of_it() throws Exception {
        fund.hub.payOut(TestFund.DAY, "R1");
        assertEquals(
                new PayoutLine("R1", TestFund.DAY, LocalDate.of(2025, 4, 3), 2, 0, 0, 1_550),
                fund.hub.board(ANY).payouts().getFirst());
        fund.hub.enter(new Statement("R1-3", false, 1_350, fund.clock.now()));
        fund.hub.enter(new Statement("R1-5", true, 200, fund.clock.now()));
        Board board = fund.hub.board(ANY);
        PayoutLine run = board.payouts().getFirst();
        assertEquals(2, run.debited());
        assertEquals(1, run.rejected());
        assertEquals(200, board.stalls().getLast().dueCents(), "owed again");
        assertEquals(0, board.stalls().getLast().paidCents());
    }

    @Test
    void a_long_day_is_bounded_and_its_figures_are_whole() throws Exception {
        for (int i = 0; i < 80; i++) {
            fund.five.sell(fund.cards.get(1), vegetables(1));
        }
        fund.deliver(fund.five.batch());
        Board board = fund.hub.board(ANY);
        assertEquals(Boards.SALES_MAX, board.sales().size());
        assertEquals(83, board.figures().sales());
        assertEquals("5-1-83", board.sales().getFirst().name());
    }

    @Test
    void without_a_day_it_is_the_last_on_which_something_was_sold() throws Exception {
        fund.clock.advance(java.time.Duration.ofDays(6));
        assertEquals(TestFund.DAY, fund.hub.board(ANY).day());
        Board later = fund.hub.board(Optional.of(TestFund.DAY.plusDays(3)));
        assertEquals(List.of(), later.sales());
        assertEquals(Optional.of(TestFund.DAY), later.earlier());
        assertEquals(Optional.empty(), later.later());
        assertEquals(
                Optional.of(TestFund.DAY),
                fund.hub.board(Optional.of(TestFund.DAY.minusDays(1))).later());
    }

    @Test
    void a_damaged_entry_leaves_its_line_and_all_others_on_the_board() throws Exception {
        fund.tamper("UPDATE entry SET bytes = hash WHERE terminal = 5 AND number = 3");
        Board board = fund.hub.board(ANY);
        assertEquals(3, board.sales().size());
        assertEquals(new Board.Figures(3, 2, 2, 1_550), board.figures());
    }

    @Test
    void every_change_that_shows_has_a_new_version_and_is_told() throws Exception {
        long before = fund.hub.version();
        int[] told = new int[1];
        fund.hub.onChange(() -> told[0]++);
        fund.three.sell(fund.cards.get(0), vegetables(100));
        fund.deliver(fund.three.batch());
        fund.hub.payOut(TestFund.DAY, "R1");
        fund.hub.reconcile(TestFund.DAY, false);
        assertEquals(before + 3, fund.hub.version());
        assertEquals(3, told[0]);
    }
}

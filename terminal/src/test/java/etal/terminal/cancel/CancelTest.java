package etal.terminal.cancel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.sqlite.SqliteDatabase;
import etal.fake.FaultyDatabase;
import etal.port.Signal;
import etal.port.StorageFailed;
import etal.protocol.card.CardRecord;
import etal.protocol.ledger.Body;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Wanted;
import etal.terminal.closing.Closings;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestTill;
import etal.terminal.receipt.ReceiptDesk;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A sale just made is undone at the stall, with its card.
 *
 * <pre>
 * till                         card
 *  |-- SELECT, STATE ----------&gt;|   counter n0
 *  |   intention durable        |
 *  |-- CANCEL -----------------&gt;|   record EC, n0+1: the purses as before the sale
 *  |&lt;-- balances, signature ----|
 *  |   entry                    |
 * </pre>
 */
class CancelTest {
    private static final LocalDate WEDNESDAY = LocalDate.of(2025, 4, 2);

    private final SoldStall stall = SoldStall.ready();

    @Test
    void the_card_takes_back_what_it_paid_and_the_ledger_says_so_beside_the_sale() throws StorageFailed {
        assertEquals(BasketState.AWAITING_CANCEL, stall.cancel(1).state());
        stall.tap();

        stall.assertCancelledOnce();
        assertEquals(List.of(0xA4, 0x10, SoldStall.CANCEL), stall.card.takeInstructions());
        Body.Cancellation entry = stall.cancellations().getFirst();
        assertEquals(1, entry.sale());
        assertArrayEquals(
                stall.till.till().ledger().hashOf(stall.till.look("b1").entry()).orElseThrow(), entry.saleHash());
        CardRecord record = SoldStall.record(entry.card());
        assertEquals(CardRecord.Tag.CANCEL, record.tag());
        assertEquals(
                SoldStall.record(stall.till.bodies(Body.Sale.class).getFirst().card())
                        .before(),
                record.after());
        assertEquals(SoldStall.CHEESE_CENTS, record.deltas().allocation());
        assertTrue(stall.till.signal.takeShown().contains(Signal.Outcome.UNDONE));
    }

    @Test
    void a_card_that_still_lies_there_is_asked_at_once() {
        stall.till.reader.present(stall.card);
        stall.till.loop.runUntilIdle();

        assertEquals(BasketState.CANCELLED, stall.cancel(1).state());
    }

    @Test
    void a_sale_in_cash_needs_no_card() {
        stall.till.ringUp("b2", new Wanted("wine", 1));
        stall.till.stall().cash("b2");

        assertEquals(BasketState.CANCELLED, stall.cancel(2).state());

        Body.Cancellation entry = stall.cancellations().getFirst();
        assertEquals(2, entry.sale());
        assertEquals(null, entry.card());
        assertEquals(BasketState.PAID, stall.state("b1"));
    }

    @Test
    void a_sale_is_cancelled_once_and_only_one_that_is_there() {
        stall.cancel(1);
        stall.tap();

        assertEquals("cancelled-already", stall.refusal(1).key());
        assertEquals("no-such-sale", stall.refusal(2).key());
        stall.tap();
        stall.assertCancelledOnce();
    }

    @Test
    void a_sale_of_yesterday_is_the_hubs_to_give_back() {
        stall.till.clock.advance(Duration.ofDays(1));

        assertEquals("cancel-other-day", stall.refusal(1).key());
        stall.assertStands();
    }

    @Test
    void another_card_is_sent_nothing_and_the_right_one_may_follow() {
        stall.cancel(1);
        TestCard another = new TestCard(stall.fund.card(2));
        stall.till.tap(another);

        assertFalse(another.takeInstructions().contains(SoldStall.CANCEL));
        assertEquals("another-card", stall.said());
        assertEquals(BasketState.AWAITING_CANCEL, stall.state("b1"));
        stall.tap();
        stall.assertCancelledOnce();
    }

    @Test
    void a_stall_that_thinks_better_of_it_keeps_the_sale() {
        stall.cancel(1);
        stall.keep();
        stall.tap();

        stall.assertStands();
        assertEquals(List.of(0xA4), stall.card.takeInstructions());
    }

    @Test
    void whoever_is_served_next_puts_a_cancellation_that_waits_aside() {
        stall.cancel(1);
        stall.pay(stall.till, "b2");

        stall.assertStands();
        stall.cancel(1);
        stall.tap();
        stall.assertCancelledOnce();
    }

    @Test
    void a_debit_no_longer_among_the_cards_records_is_the_hubs_to_give_back() {
        TestTill other = TestTill.ready(stall.fund, 4);
        for (int payment = 0; payment < 16; payment++) {
            stall.pay(other, "elsewhere-" + payment);
        }
        stall.cancel(1);
        stall.tap();

        stall.assertStands();
        assertEquals("cancel-too-late", stall.said());
        assertEquals(
                List.of(new Body.Abandoned(1, Body.Abandoned.REFUSED_BY_CARD, true)),
                stall.till.bodies(Body.Abandoned.class));
    }

    @Test
    void other_payments_since_do_not_matter() {
        stall.pay(stall.till, "b2");
        stall.pay(stall.till, "b3");
        stall.cancel(2);
        stall.tap();

        assertEquals(BasketState.CANCELLED, stall.state("b2"));
        assertEquals(BasketState.PAID, stall.state("b3"));
        stall.cancel(1);
        stall.tap();
        assertEquals(BasketState.CANCELLED, stall.state("b1"));
        assertEquals(
                List.of(2L, 1L),
                stall.cancellations().stream().map(Body.Cancellation::sale).toList());
    }

    @Test
    void a_cancelled_basket_can_neither_be_paid_nor_changed() {
        stall.cancel(1);
        for (int i = 0; i < 2; i++) {
            assertEquals("basket-over", refused(stall.till.stall().cash("b1")));
            assertEquals("basket-over", refused(stall.till.stall().awaitCard("b1")));
            assertEquals("basket-over", refused(stall.till.stall().giveUp("b1", false)));
            assertEquals("basket-over", refused(stall.till.stall().ringOne("b1", "cheese", true)));
            stall.tap();
        }
        stall.assertCancelledOnce();
    }

    @Test
    void a_restart_forgets_a_wish_and_no_cancellation() {
        stall.cancel(1);
        stall.till.restart();
        stall.assertStands();
        stall.cancel(1);
        stall.tap();
        stall.till.restart();

        stall.assertCancelledOnce();
        assertEquals("cancelled-already", stall.refusal(1).key());
    }

    @Test
    void closings_count_it_beside_the_sales_and_lower_nothing() throws StorageFailed {
        stall.pay(stall.till, "b2");
        stall.till.ringUp("b3", new Wanted("wine", 1));
        stall.till.stall().cash("b3");
        stall.cancel(1);
        stall.tap();
        stall.cancel(3);

        Closings.Closed closed = stall.till.till().closing().close(WEDNESDAY);

        assertEquals(3, closed.closing().sales());
        assertEquals(900, closed.closing().cardCents());
        assertEquals(2, closed.closing().undone().count());
        assertEquals(450, closed.closing().undone().cardCents());
        assertEquals(450, closed.closing().undone().perpetualCardCents());
        assertEquals(2_100, closed.totals().sold().perpetualCents());
        assertEquals(1_650, closed.totals().cancelled().perpetualCents());
        assertEquals(1_200, closed.totals().cancelled().cashCents());
        assertEquals(Map.of(55, 450L, 200, 1_200L), closed.totals().cancelled().byVatPermille());

        stall.cancel(2);
        stall.tap();
        Closings.Closed evening = stall.till.till().closing().close(WEDNESDAY);
        assertEquals(0, evening.closing().sales());
        assertEquals(900, evening.closing().perpetualCardCents());
        assertEquals(1, evening.closing().undone().count());
        assertEquals(900, evening.closing().undone().perpetualCardCents());
        assertEquals(2_100, evening.totals().cancelled().perpetualCents());
    }

    @Test
    void its_receipt_has_a_fingerprint_of_its_own_and_is_an_original_once() throws StorageFailed {
        ReceiptDesk desk = stall.till.till().receipts();
        desk.print(stall.till.look("b1"));
        stall.cancel(1);
        stall.tap();

        assertEquals(new ReceiptDesk.Printed.Done(0), desk.print(stall.till.look("b1")));
        assertEquals(new ReceiptDesk.Printed.Done(1), desk.print(stall.till.look("b1")));
        assertEquals(
                List.of("t3-e1-000001", "t3-e1-000001-c", "t3-e1-000001-c-d1"),
                stall.till.printer.printed().stream().map(paper -> paper.name()).toList());
        assertTrue(
                desk.cancellation(stall.till.look("b1")) > stall.till.look("b1").entry());
    }

    @Test
    void whoever_prints_hears_of_it_as_of_a_sale() {
        List<String> heard = new ArrayList<>();
        stall.till.stall().onPaid(basket -> heard.add(basket.key() + " " + basket.state()));
        stall.cancel(1);
        stall.tap();

        assertEquals(List.of("b1 CANCELLED"), heard);
    }

    @Test
    void a_ledger_taken_back_from_the_second_medium_still_counts_it() throws StorageFailed {
        stall.cancel(1);
        stall.tap();
        stall.till.database = new FaultyDatabase(SqliteDatabase.inMemory());
        stall.till.restart();

        Closings.Closed closed = stall.till.till().closing().close(WEDNESDAY);
        assertEquals(1, closed.closing().sales());
        assertEquals(1, closed.closing().undone().count());
        assertEquals(450, closed.closing().undone().perpetualCardCents());
    }

    private static String refused(etal.terminal.sale.Answer answer) {
        if (answer instanceof etal.terminal.sale.Answer.Refused refused) {
            return refused.why().key();
        }
        throw new AssertionError("not refused: " + answer);
    }
}

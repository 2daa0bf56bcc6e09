package etal.hub.reconcile;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.Body.Abandoned;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.FundedLine;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The hub's rows of the table of one payment: a card paid, and its stall could not say so. */
class SuspenseTest {
    private static final List<FundedLine> LINES = List.of(vegetables(1_000));

    private final TestFund fund = new TestFund();
    private final TestCard card = fund.cards.getFirst();

    SuspenseTest() throws Exception {
        fund.three.load(card, fund.token());
    }

    // card            stall 3              stall 5            hub
    //  | <-- DEBIT ---- |                                      |
    //  | -- answer -X   |  burns before its sync               |
    //  | ------------------ SELECT, DEBIT --> |                |
    //  |                                      | -- sale, R --> |
    @Test
    void a_payment_that_only_another_stall_has_seen_waits_in_suspense_and_names_whom_to_ask() throws Exception {
        torn();
        fund.five.sell(card, vegetables(200));
        closeAndSync();

        Reconciliation evening = fund.evening();
        assertEquals(List.of(), evening.differences());
        assertEquals(1, evening.suspense().size());
        Reconciliation.Suspended suspended = evening.suspense().getFirst();
        assertEquals(1_000, suspended.cents());
        assertEquals("Chèvrerie", suspended.owner());
        assertEquals("2025-04-02", suspended.since());
        assertEquals(1_000, fund.balance("471"));
        assertEquals(200, fund.balance("4673"));
        assertEquals(evening.differences(), fund.evening().differences(), "a second evening posts nothing twice");
        assertEquals(1_000, fund.balance("471"));
    }

    @Test
    void the_sale_that_arrives_after_all_takes_the_money_out_of_suspense() throws Exception {
        CardProof paid = torn();
        fund.five.sell(card, vegetables(200));
        closeAndSync();
        fund.evening();
        fund.three.append(fund.three.sale(LINES, paid, null));
        fund.three.close("2025-04-02");
        fund.syncAll();

        assertEquals(List.of(), fund.quarantined());
        assertEquals(0, fund.balance("471"));
        assertEquals(1_200, fund.balance("4673"));
        assertEquals(List.of(), fund.evening().differences());
        assertEquals(List.of(), fund.evening().suspense());
    }

    @Test
    void goods_kept_and_the_day_closed_the_producer_is_paid() throws Exception {
        CardProof paid = torn();
        fund.three.append(doubt(paid));
        fund.five.sell(card, vegetables(200));
        closeAndSync();
        Reconciliation evening = fund.evening();
        assertEquals(List.of(), evening.differences());
        assertEquals(0, fund.balance("471"));
        assertEquals(1_200, fund.balance("4673"));
    }

    @Test
    void goods_returned_the_member_may_load_the_money_again() throws Exception {
        CardProof paid = torn();
        fund.three.append(doubt(paid));
        fund.three.append(new Abandoned(fund.three.lastSale(), Abandoned.GIVEN_UP_UNDONE));
        fund.five.sell(card, vegetables(200));
        closeAndSync();
        long rights = fund.balance("4671");
        Reconciliation evening = fund.evening();
        assertEquals(List.of(), evening.differences());
        assertEquals(0, fund.balance("471"));
        assertEquals(200, fund.balance("4673"));
        assertEquals(rights + 1_000, fund.balance("4671"));
    }

    @Test
    void a_record_that_differs_from_the_question_does_not_answer_it() throws Exception {
        CardProof paid = torn();
        Body.InDoubt right = doubt(paid);
        fund.three.append(new Body.InDoubt(
                right.sale(), right.cardId(), right.counterSeen(), right.deltas(), new byte[32], null));
        fund.five.sell(card, vegetables(200));
        closeAndSync();
        fund.evening();
        assertEquals(1_000, fund.balance("471"));
    }

    @Test
    void the_operator_decides_once_what_nobody_else_can() throws Exception {
        for (boolean payable : new boolean[] {true, false}) {
            SuspenseTest day = new SuspenseTest();
            CardProof paid = day.torn();
            day.fund.five.sell(day.card, vegetables(200));
            day.closeAndSync();
            day.fund.evening();
            long counter = CardRecord.decode(paid.record()).counter();
            assertEquals(Optional.empty(), day.fund.hub.decide(day.card.id(), counter, payable, "A. Operator"));
            assertTrue(
                    day.fund
                            .hub
                            .decide(day.card.id(), counter, !payable, "A. Operator")
                            .isPresent(),
                    "decided already");
            assertTrue(
                    day.fund
                            .hub
                            .decide(day.card.id(), counter + 1, payable, "A. Operator")
                            .isPresent(),
                    "has its sale");
            assertEquals(0, day.fund.balance("471"));
            assertEquals(payable ? 1_200 : 200, day.fund.balance("4673"));
            assertEquals(List.of(), day.fund.evening().differences());
            assertEquals(List.of(), day.fund.evening().suspense());
        }
    }

    @Test
    void a_refund_request_gives_the_money_back_at_once() throws Exception {
        CardProof paid = torn();
        fund.three.append(doubt(paid));
        fund.three.append(new Abandoned(fund.three.lastSale(), Abandoned.GIVEN_UP_UNDONE));
        fund.three.append(new Body.RefundRequest(fund.three.lastSale(), paid));
        closeAndSync();
        assertEquals(List.of(), fund.quarantined());
        assertEquals(0, fund.balance("471"));
        assertEquals(0, fund.balance("4673"));
        Reconciliation evening = fund.evening();
        assertEquals(List.of(), evening.differences());
        assertEquals(List.of(), evening.inDoubt());
    }

    @Test
    void a_refund_request_for_what_the_evening_has_given_back_already_gives_nothing_more() throws Exception {
        CardProof paid = torn();
        fund.three.append(doubt(paid));
        fund.three.append(new Abandoned(fund.three.lastSale(), Abandoned.GIVEN_UP_UNDONE));
        fund.five.sell(card, vegetables(200));
        closeAndSync();
        fund.evening();
        long rights = fund.balance("4671");
        fund.three.append(new Body.RefundRequest(fund.three.lastSale(), paid));
        fund.three.close("2025-04-02");
        fund.syncAll();

        assertEquals(List.of(), fund.quarantined());
        assertEquals(rights, fund.balance("4671"));
        assertEquals(0, fund.balance("471"));
        assertEquals(List.of(), fund.evening().differences());
    }

    // stall 3                                   hub
    //  | -- in doubt, closing ------------------> |
    //  |                        R by stall 5 ---> |  evening: paid to the producer
    //  | -- abandoned (undone) -----------------> |  evening: taken back, a voucher to the member
    //  | -- refund request, R ------------------> |  the same at once, or nothing more
    @Test
    void a_producer_that_says_after_the_evening_that_it_was_paid_otherwise_owes_what_it_was_paid_unseen()
            throws Exception {
        for (boolean card : new boolean[] {true, false}) {
            SuspenseTest day = new SuspenseTest();
            CardProof paid = day.torn();
            day.fund.three.append(day.doubt(paid));
            day.fund.five.sell(day.card, vegetables(200));
            day.closeAndSync();
            day.fund.evening();
            assertEquals(1_200, day.fund.balance("4673"));
            long rights = day.fund.balance("4671");

            day.fund.three.append(new Abandoned(day.fund.three.lastSale(), Abandoned.GIVEN_UP_UNDONE));
            if (card) {
                day.fund.three.append(new Body.RefundRequest(day.fund.three.lastSale(), paid));
            }
            day.fund.three.close("2025-04-02");
            day.fund.syncAll();

            for (int evenings = 0; evenings < 2; evenings++) {
                assertEquals(List.of(), day.fund.evening().differences());
                assertEquals(List.of(), day.fund.quarantined());
                assertEquals(200, day.fund.balance("4673"));
                assertEquals(rights + 1_000, day.fund.balance("4671"));
                assertEquals(0, day.fund.balance("471"));
            }
        }
    }

    @Test
    void a_producer_cannot_give_back_what_pays_a_sale_of_its_own() throws Exception {
        CardProof paid = torn();
        fund.three.append(doubt(paid));
        fund.five.sell(card, vegetables(200));
        closeAndSync();
        fund.evening();
        fund.three.append(fund.three.sale(LINES, paid, null));
        fund.three.append(new Body.RefundRequest(fund.three.lastSale(), paid));
        fund.three.close("2025-04-02");
        fund.syncAll();

        assertEquals(1, fund.quarantined().size());
        assertEquals(1_200, fund.balance("4673"));
    }

    @Test
    void the_operator_cannot_pay_a_producer_against_its_own_word() throws Exception {
        CardProof paid = torn();
        fund.three.append(doubt(paid));
        fund.five.sell(card, vegetables(200));
        fund.three.append(new Abandoned(fund.three.lastSale(), Abandoned.GIVEN_UP_UNDONE));
        fund.syncAll();
        long counter = CardRecord.decode(paid.record()).counter();

        assertTrue(fund.hub.decide(card.id(), counter, true, "A. Operator").isPresent());
        assertEquals(Optional.empty(), fund.hub.decide(card.id(), counter, false, "A. Operator"));
    }

    @Test
    void a_question_whose_card_never_came_back_is_listed_and_moves_nothing() throws Exception {
        CardProof paid = torn();
        fund.three.append(doubt(paid));
        closeAndSync();
        Reconciliation evening = fund.evening();
        assertEquals(List.of(), evening.differences());
        assertEquals("waits for the card", evening.inDoubt().getFirst().state());
        assertEquals(1_000, evening.inDoubt().getFirst().cents());
        assertEquals(0, fund.balance("471"));
    }

    @Test
    void a_record_that_is_missing_between_known_ones_is_a_difference() throws Exception {
        torn();
        fund.five.append(fund.five.sale(LINES, fund.five.debit(card, LINES, new Deltas(-1_000, 0, 0)), null));
        closeAndSync();
        List<String> differences = fund.evening().differences();
        assertEquals(1, differences.size(), differences::toString);
        assertTrue(differences.getFirst().contains("records 2 to 2 have not come"), differences::toString);
    }

    @Test
    void sales_of_both_branches_of_a_fork_are_paid() throws Exception {
        fund.three.sell(card, vegetables(400));
        fund.deliver(fund.three.batch());
        fund.three.forget();
        fund.three.sell(card, vegetables(500));
        closeAndSync();
        assertEquals(900, fund.balance("4673"));
        Reconciliation evening = fund.evening();
        assertEquals(2, evening.forks().size(), "the other sale and its closing");
        assertTrue(evening.differences().stream().allMatch(one -> one.contains("fork") || one.contains("closing")));
    }

    /** The first card pays 10,00 at terminal 3, and the answer is lost. */
    private CardProof torn() {
        return fund.three.debit(card, LINES, new Deltas(-1_000, 0, 0));
    }

    private Body.InDoubt doubt(CardProof paid) throws Exception {
        CardRecord record = CardRecord.decode(paid.record());
        return new Body.InDoubt(
                record.sale(), card.id(), record.counter() - 1, record.deltas(), record.intentHash(), null);
    }

    private void closeAndSync() {
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        fund.syncAll();
    }
}

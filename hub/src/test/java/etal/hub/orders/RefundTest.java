package etal.hub.orders;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.reconcile.Reconciliation;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.card.order.CardOrder;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.FundedLine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was paid for goods that stayed at the stall comes back by a voucher: to the card, and to the books, once. */
class RefundTest {
    private static final List<FundedLine> LINES = List.of(vegetables(1_000));

    private final TestFund fund = new TestFund();
    private final TestCard card = fund.cards.getFirst();

    RefundTest() throws Exception {
        fund.three.load(card, fund.token());
    }

    // card            stall 3                hub                 stall 5
    //  | <-- DEBIT ---- |                     |                    |
    //  | -- answer -X   | goods returned      |                    |
    //  |                | -- refund request-> | 13a, 13b           |
    //  |                |                     | -- ADD voucher --> |
    //  | <-- VOUCHER ------------------------------------------- |
    //  | -- EA ------------------------------------------------> |
    //  |                                      | <-- EA ----------- |  8c
    @Test
    void a_refund_request_becomes_a_voucher_and_the_cards_record_books_it() throws Exception {
        CardProof paid = torn();
        fund.three.append(new Body.RefundRequest(fund.three.lastSale(), paid));
        fund.syncAll();

        CardOrder.Add add = assertInstanceOf(CardOrder.Add.class, fund.order(card));
        assertEquals(new Deltas(1_000, 0, 0), add.deltas());
        assertEquals(1, add.number());
        assertEquals(CardOrder.Reason.REFUND, add.reason());
        assertEquals(1_000, rights());
        fund.syncAll();
        assertEquals(List.of(add), fund.orders(card), "a batch that comes again issues nothing again");

        fund.five.take(card, add);
        fund.syncAll();
        assertEquals(List.of(), fund.orders(card), "taken: it leaves the document");
        assertEquals(0, rights());
        assertEquals(new Balances(15_000, 0, 0), card.balances());
        evening();
        assertEquals(0, fund.balance("4673"));
    }

    @Test
    void whatever_the_operator_or_the_stall_gives_back_has_its_voucher() throws Exception {
        CardProof paid = torn();
        fund.five.sell(card, vegetables(200));
        fund.syncAll();
        fund.evening();
        assertEquals(List.of(), fund.orders(card), "it waits in suspense");
        fund.hub.decide(card.id(), CardRecord.decode(paid.record()).counter(), false, "A. Operator");
        fund.five.take(card, fund.order(card));
        fund.syncAll();
        evening();
        assertEquals(new Balances(14_800, 0, 0), card.balances());
    }

    @ParameterizedTest
    @CsvSource({
        // allocation, bonus and earnable of the payment; what comes back of each
        "-1000, 0, 0,     1000, 0, 0",
        "-1000, -300, 0,  1000, 300, 0",
        "-1000, -200, -100, 1000, 200, 100",
        "-1000, 300, -500, 700, 0, 500",
        "-100, 300, -500, 0, 0, 300",
        "0, -400, 0,      0, 400, 0",
    })
    void a_refund_takes_from_no_purse_and_gives_all_in_all_what_was_paid(
            long allocation, long bonus, long earnable, long allocationBack, long bonusBack, long earnableBack) {
        Deltas paid = new Deltas(allocation, bonus, earnable);
        Deltas back = Refunds.deltas(paid);
        assertEquals(new Deltas(allocationBack, bonusBack, earnableBack), back);
    }

    @Test
    void the_record_of_a_voucher_may_come_before_the_entry_that_led_to_it_is_there_again_and_twice() throws Exception {
        CardProof paid = torn();
        fund.three.append(new Body.RefundRequest(fund.three.lastSale(), paid));
        fund.deliver(fund.three.batch());
        CardOrder add = fund.order(card);
        fund.five.take(card, add);
        // The next stall relays the same record, sealed.
        fund.three.sell(card, vegetables(500));
        fund.deliver(fund.three.batch());
        fund.deliver(fund.five.batch());
        fund.deliver(fund.three.batch());
        assertEquals(List.of(), fund.quarantined());
        evening();
        assertEquals(new Balances(14_500, 0, 0), card.balances());
        assertEquals(1, fund.count("card_order"));
    }

    @Test
    void numbers_count_without_gaps_for_each_card() throws Exception {
        for (int i = 1; i <= 3; i++) {
            CardProof paid = torn();
            fund.three.append(new Body.RefundRequest(fund.three.lastSale(), paid));
        }
        fund.syncAll();
        assertEquals(
                List.of(1L, 2L, 3L),
                fund.orders(card).stream().map(CardOrder::recordNumber).toList());
        // In any order.
        List<CardOrder> orders = fund.orders(card);
        fund.five.take(card, orders.get(2));
        fund.five.take(card, orders.get(0));
        fund.syncAll();
        assertEquals(List.of(orders.get(1)), fund.orders(card));
        evening();
    }

    private void evening() throws Exception {
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        fund.syncAll();
        Reconciliation evening = fund.evening();
        assertEquals(List.of(), evening.differences());
        assertTrue(evening.i1().holds());
    }

    private long rights() throws Exception {
        return fund.balance("4671") - 2 * TestFund.ENTITLEMENT_CENTS;
    }

    /** The first card pays 10,00 at terminal 3, and the answer is lost. */
    private CardProof torn() {
        return fund.three.debit(card, LINES, new Deltas(-1_000, 0, 0));
    }
}

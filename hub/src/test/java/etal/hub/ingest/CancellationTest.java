package etal.hub.ingest;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.reconcile.Reconciliation;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.protocol.card.Deltas;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.SignedEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A sale undone at its stall, on its way into the books (row 8a).
 *
 * <pre>
 *  card                stall 3                         hub
 *   | <-- DEBIT -------- |                               |
 *   |                    | -- sale, ED ----------------> |  4672A to 4673
 *   | <-- CANCEL ------- |                               |
 *   |                    | -- cancellation, EC --------> |  4673 to 4672A
 * </pre>
 */
class CancellationTest {
    private final TestFund fund = new TestFund();
    private final TestCard card = fund.cards.getFirst();
    private final SignedEntry sale;

    CancellationTest() throws Exception {
        fund.three.load(card, fund.token());
        fund.three.sell(card, vegetables(300));
        sale = fund.three.sell(card, vegetables(1_000));
    }

    @Test
    void what_the_card_took_back_the_producer_is_owed_no_more() throws Exception {
        fund.three.cancel(sale, card);
        Reconciliation evening = evening();

        assertEquals(List.of(), evening.differences());
        assertEquals(300, fund.balance("4673"));
        assertEquals(14_700, fund.balance("4672A"));
        assertEquals(1_000, evening.i2().getFirst().cancellations());
        assertEquals(1_300, evening.i2().getFirst().cardDebits());
        assertEquals(300, evening.i2().getFirst().closing());
        assertEquals(2, evening.sales(), "the sale stays");
    }

    @Test
    void it_comes_any_number_of_times_and_counts_once() throws Exception {
        fund.three.cancel(sale, card);
        fund.syncAll();
        fund.syncAll();
        fund.three.append(fund.three.cancelled(sale, card.proof(card.counter())));
        fund.syncAll();

        assertEquals(List.of("cancelled-already"), fund.quarantined());
        assertEquals(300, fund.balance("4673"));
    }

    @Test
    void a_cash_sale_is_cancelled_by_its_entry_alone_and_moves_nothing() throws Exception {
        SignedEntry cash = fund.three.sellForCash(vegetables(500));
        fund.three.cancel(cash, null);
        Reconciliation evening = evening();

        assertEquals(List.of(), evening.differences());
        assertEquals(1_300, fund.balance("4673"));
        assertEquals(1, fund.count("cancellation"));
    }

    @Test
    void a_sale_paid_by_card_is_not_cancelled_without_it() throws Exception {
        fund.three.append(fund.three.cancelled(sale, null));
        fund.syncAll();

        assertEquals(List.of("other-sale"), fund.quarantined());
        assertEquals(1_300, fund.balance("4673"));
    }

    @Test
    void another_stalls_sale_is_not_cancelled_here() throws Exception {
        SignedEntry foreign = fund.five.sell(card, vegetables(300));
        fund.three.append(fund.three.cancelled(foreign, fund.three.takeBack(card, foreign, new Deltas(300, 0, 0))));
        fund.deliver(fund.five.batch());
        fund.deliver(fund.three.batch());

        assertEquals(List.of("other-sale"), fund.quarantined());
        assertEquals(1_600, fund.balance("4673"));
    }

    @Test
    void a_sale_that_is_not_there_is_not_cancelled() throws Exception {
        Body.Cancellation right = fund.three.cancellation(sale, card);
        fund.three.append(new Body.Cancellation(
                right.sale(), new byte[32], right.reason(), right.detailsHash(), right.card(), null));
        fund.syncAll();

        assertEquals(List.of("unknown-sale"), fund.quarantined());
        assertEquals(1_300, fund.balance("4673"));
    }

    @Test
    void another_amount_than_was_paid_moves_nothing() throws Exception {
        fund.three.append(fund.three.cancelled(sale, fund.three.takeBack(card, sale, new Deltas(999, 0, 0))));
        fund.syncAll();

        assertEquals(List.of("other-amount"), fund.quarantined());
        assertEquals(1_300, fund.balance("4673"));
    }

    @Test
    void no_card_gives_back_more_than_it_paid_nor_twice() throws Exception {
        CardProof more = fund.three.takeBack(card, sale, new Deltas(1_001, 0, 0));
        fund.three.append(fund.three.cancelled(sale, more));
        fund.syncAll();
        assertEquals(List.of("not-continuous"), fund.quarantined());

        CancellationTest other = new CancellationTest();
        other.fund.three.cancel(other.sale, other.card);
        other.fund.three.append(other.fund.three.cancellation(other.sale, other.card));
        other.fund.syncAll();
        assertEquals(List.of("not-continuous"), other.fund.quarantined());
        assertEquals(300, other.fund.balance("4673"));
    }

    @Test
    void a_reason_the_card_has_not_signed_moves_nothing() throws Exception {
        Body.Cancellation right = fund.three.cancellation(sale, card);
        fund.three.append(new Body.Cancellation(
                right.sale(), right.saleHash(), Body.Cancellation.OTHER, right.detailsHash(), right.card(), null));
        fund.syncAll();

        assertEquals(List.of("other-intent"), fund.quarantined());
        assertEquals(1_300, fund.balance("4673"));
    }

    @Test
    void the_record_of_a_debit_is_none_of_a_cancellation() throws Exception {
        fund.three.append(fund.three.cancelled(sale, card.proof(card.counter())));
        fund.syncAll();

        assertEquals(List.of("other-sale"), fund.quarantined());
    }

    @Test
    void a_payout_is_less_by_just_that_and_one_already_made_is_carried_forward() throws Exception {
        fund.three.cancel(sale, card);
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        fund.syncAll();
        fund.hub.payOut(TestFund.DAY, "R1");
        assertEquals(300, fund.balance("4674"));

        // Ordered already, it is owed back: until the next market the bank lacks just that, and the evening says so.
        CancellationTest late = new CancellationTest();
        late.fund.syncAll();
        late.fund.hub.payOut(TestFund.DAY, "R1");
        late.fund.three.cancel(late.sale, late.card);
        List<String> differences = late.evening().differences();
        assertEquals(1, differences.size(), differences::toString);
        assertTrue(differences.getFirst().startsWith("I3 "), differences::toString);
        assertEquals(1_300, late.fund.balance("4674"));
        assertEquals(-1_000, late.fund.balance("4673"));
    }

    @Test
    void a_hand_in_the_store_is_named() throws Exception {
        fund.three.cancel(sale, card);
        evening();
        fund.tamper("UPDATE cancellation SET back_cents = 1");

        assertTrue(fund.evening().differences().getFirst().startsWith("cancellation "), "named");
    }

    @Test
    void a_closing_that_hides_it_is_named() throws Exception {
        fund.three.cancel(sale, card);
        fund.three.append(new Body.Closing(Body.Closing.DAY, "2025-04-02", 2, 1_300, 1_300, new byte[32]));
        fund.five.close("2025-04-02");
        fund.syncAll();

        assertTrue(
                fund.evening().differences().stream().anyMatch(each -> each.contains("it counts as cancelled")),
                "named");
    }

    private Reconciliation evening() throws Exception {
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        fund.syncAll();
        Reconciliation evening = fund.evening();
        assertEquals(List.of(), fund.quarantined());
        return evening;
    }
}

package etal.hub.prices;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.reconcile.Reconciliation;
import etal.hub.reconcile.Reconciliation.PointOfSaleDay;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.hub.world.TestStore;
import etal.protocol.ledger.PriceChosen;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Prices that buyers choose: money.md, rows 7a and 7b, and the envelope of a stall and day. */
class PooledPricesTest {
    static final String THREE_PRICES = """
            tariffs:
              kind: choices
              choices:
                - { id: accessible, name: Prix accessible, percent: 65, gesture: bille bleue }
                - { id: juste, name: Prix juste, percent: 100 }
                - { id: solidaire, name: Prix solidaire, percent: 125 }
              difference: fund
              envelopePerDay: 10

            card:
            """;
    static final PriceChosen ACCESSIBLE = new PriceChosen("accessible", 2_000, 1_300);
    private static final PriceChosen SOLIDARITY = new PriceChosen("solidaire", 2_000, 2_500);

    private final TestFund fund =
            new TestFund(TestStore.fresh(), TestFund.version(1, "2025-03-01", "\ncard:\n", "\n" + THREE_PRICES));

    PooledPricesTest() throws Exception {}

    private Reconciliation evening() throws Exception {
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        fund.syncAll();
        return fund.evening();
    }

    private static PointOfSaleDay three(Reconciliation evening) {
        return evening.i2().getFirst();
    }

    @Test
    void an_accessible_price_without_a_card_is_made_up_by_the_pooled_fund() throws Exception {
        fund.three.sellAt(ACCESSIBLE);
        Reconciliation evening = evening();
        // Row 7a: fair 20, paid 13: 4677 gives 4673 seven.
        assertEquals(700, fund.balance("4673"));
        assertEquals(-700, fund.balance("4677"));
        assertEquals(List.of(), evening.differences());
        assertTrue(three(evening).holds());
        assertEquals(700, three(evening).shortfalls());
        assertEquals(0, three(evening).cardDebits());
        assertEquals(
                List.of("point of sale 3: 700 of the pooled prices on the word of its terminal alone, no card stands"
                        + " behind it"),
                evening.oddities());
    }

    @Test
    void a_price_whose_sale_was_cancelled_moves_back_and_its_envelope_stays_used() throws Exception {
        fund.three.cancel(fund.three.sellAt(ACCESSIBLE), null);
        fund.three.cancel(fund.three.sellAt(SOLIDARITY), null);
        fund.three.sellAt(ACCESSIBLE);
        Reconciliation evening = evening();
        assertEquals(List.of(), evening.differences());
        assertEquals(300, fund.balance("4673"), "what the envelope of 10 has left");
        assertEquals(-300, fund.balance("4677"));
        assertTrue(three(evening).holds());
    }

    @Test
    void what_is_paid_more_is_owed_to_the_pooled_fund() throws Exception {
        fund.three.sellAt(SOLIDARITY);
        Reconciliation evening = evening();
        // Row 7b: fair 20, paid 25: the surplus sits in the producer's till.
        assertEquals(-500, fund.balance("4673"));
        assertEquals(500, fund.balance("4677"));
        assertEquals(500, three(evening).surpluses());
        assertEquals(-500, three(evening).closing());
        assertEquals(List.of(), evening.differences());
        assertEquals(List.of(), evening.oddities());
    }

    @Test
    void the_producers_claim_is_card_and_shortfall_less_surplus() throws Exception {
        TestCard card = fund.cards.getFirst();
        fund.three.load(card, fund.token());
        // 13.00 asked, all of it covered: the card pays 13, the pooled fund 7.
        fund.three.sellAt(ACCESSIBLE, card, vegetables(1_300));
        fund.three.sellAt(SOLIDARITY);
        Reconciliation evening = evening();
        assertEquals(1_300 + 700 - 500, fund.balance("4673"));
        assertEquals(List.of(), evening.differences());
        assertTrue(evening.i1().holds() && evening.i3().holds());
        assertEquals(1_500, three(evening).closing());
    }

    @Test
    void beyond_the_envelope_the_sale_stands_and_the_excess_moves_no_money() throws Exception {
        fund.three.sellAt(ACCESSIBLE);
        fund.three.sellAt(SOLIDARITY);
        fund.three.sellAt(ACCESSIBLE);
        fund.five.sellAt(ACCESSIBLE);
        Reconciliation evening = evening();
        // 10.00 a stall and day: 7.00, then 3.00; a surplus does not fill it again. The other stall has its own.
        assertEquals(1_000 - 500 + 700, fund.balance("4673"));
        assertEquals(1_000, three(evening).shortfalls());
        assertEquals(3, three(evening).saleCount());
        assertEquals(List.of(), evening.differences());
        assertEquals(
                List.of(
                        "point of sale 3: 1000 of the pooled prices on the word of its terminal alone, no card stands"
                                + " behind it",
                        "point of sale 5: 700 of the pooled prices on the word of its terminal alone, no card stands"
                                + " behind it",
                        "t3-e1 sale 3: 400 taken off the price beyond what was voted for its stall and day; the fund does"
                                + " not pay it"),
                evening.oddities());
    }

    @Test
    void another_day_has_an_envelope_of_its_own() throws Exception {
        fund.three.sellAt(ACCESSIBLE);
        fund.three.sellAt(ACCESSIBLE);
        fund.three.pass(Duration.ofDays(1));
        fund.three.sellAt(ACCESSIBLE);
        fund.syncAll();
        assertEquals(1_700, fund.balance("4673"));
    }

    @Test
    void no_choice_gives_more_than_it_can() throws Exception {
        // 35 % of 20.00 and half a cent a line at most; a choice that is none gives nothing.
        fund.three.sellAt(new PriceChosen("accessible", 2_000, 0));
        fund.five.sellAt(new PriceChosen("gratuit", 2_000, 0));
        fund.five.sellAt(new PriceChosen("juste", 5_000, 0));
        Reconciliation evening = evening();
        assertEquals(1_000, three(evening).shortfalls());
        assertEquals(500, evening.i2().get(1).shortfalls());
        assertEquals(List.of(), evening.differences());
    }

    @Test
    void beside_its_ledger_an_entry_moves_none_of_the_pooled_funds_money() throws Exception {
        fund.three.sellForCash();
        fund.deliver(fund.three.batch());
        fund.three.forget();
        fund.three.sellAt(ACCESSIBLE);
        fund.deliver(fund.three.batch());
        assertEquals(0, fund.balance("4673"));
        assertEquals(List.of("fork"), fund.quarantined());
    }

    @Test
    void a_price_posted_by_hand_and_one_taken_away_are_named() throws Exception {
        fund.three.sellAt(ACCESSIBLE);
        fund.three.close("2025-04-02");
        fund.syncAll();
        fund.tamper("UPDATE posting SET debit_cents = debit_cents * 2, credit_cents = credit_cents * 2");
        assertFalse(fund.evening().differences().isEmpty());
    }

    @Test
    void an_entry_that_comes_again_is_posted_once() throws Exception {
        fund.three.sellAt(ACCESSIBLE);
        fund.syncAll();
        fund.syncAll();
        assertEquals(700, fund.balance("4673"));
        assertEquals(1, fund.count("price_chosen"));
    }
}

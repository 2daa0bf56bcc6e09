package etal.terminal.sale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import etal.protocol.card.Entitlement;
import etal.protocol.ledger.Body;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import org.junit.jupiter.api.Test;

/** The card holds less than the basket: what remains is agreed before DEBIT is sent. */
class ShortfallTest {
    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);
    private final TestCard poor = new TestCard(
            fund.card(1, Entitlement.monthly(1_000, TestFund.APRIL, TestFund.APRIL + 1, 1), TestFund.APRIL + 24));

    @Test
    void nothing_is_debited_before_the_rest_is_agreed() {
        TillBasket basket = shortfall("b1", 3);

        assertEquals(1_000, basket.cardCents());
        assertEquals(350, basket.cashCents());
        assertFalse(poor.takeInstructions().contains(TestCard.DEBIT));
    }

    @Test
    void agreed_and_tapped_again_the_card_pays_what_it_holds() {
        shortfall("b1", 3);
        TestTill.basket(market.stall().agree("b1"));
        market.tap(poor);

        TillBasket paid = market.look("b1");
        assertEquals(BasketState.PAID, paid.state());
        assertEquals(1_000, paid.cardCents());
        assertEquals(350, paid.cashCents());
    }

    @Test
    void agreed_while_the_card_lies_there_it_pays_at_once() {
        market.ringUp("b1", new Wanted("cheese", 3));
        market.stall().awaitCard("b1");
        market.reader.present(poor);
        market.loop.runUntilIdle();
        TestTill.basket(market.stall().agree("b1"));

        assertEquals(BasketState.PAID, market.look("b1").state());
    }

    @Test
    void a_poorer_card_than_agreed_is_asked_about_again() {
        shortfall("b1", 3);
        market.stall().agree("b1");
        TestCard poorer = new TestCard(
                fund.card(2, Entitlement.monthly(500, TestFund.APRIL, TestFund.APRIL + 1, 1), TestFund.APRIL + 24));
        market.tap(poorer);

        assertEquals(BasketState.SHORTFALL, market.look("b1").state());
        assertEquals(850, market.look("b1").cashCents());
        assertFalse(poorer.takeInstructions().contains(TestCard.DEBIT));
    }

    @Test
    void what_one_member_agreed_to_is_not_taken_for_another_basket() {
        shortfall("b1", 3);
        market.stall().agree("b1");
        poor.goneBefore(TestCard.DEBIT);
        market.tap(poor);
        assertEquals(BasketState.IN_DOUBT, market.look("b1").state());
        TestTill elsewhere = TestTill.ready(fund, 4);
        elsewhere.ringUp("e", new Wanted("milk", 1));
        elsewhere.stall().awaitCard("e");
        elsewhere.tap(poor);
        market.ringUp("b2", new Wanted("cheese", 3));
        market.stall().awaitCard("b2");
        market.tap(new TestCard(
                fund.card(2, Entitlement.monthly(500, TestFund.APRIL, TestFund.APRIL + 1, 1), TestFund.APRIL + 24)));
        market.stall().agree("b2");

        market.stall().awaitCard("b1");
        market.tap(poor);

        assertEquals(BasketState.SHORTFALL, market.look("b1").state());
        assertEquals(485, market.look("b1").cashCents());
    }

    @Test
    void an_empty_card_is_a_sale_without_card_once_agreed() {
        market.ringUp("b1", new Wanted("cheese", 3));
        market.stall().awaitCard("b1");
        market.tap(poor);
        market.stall().agree("b1");
        market.tap(poor);
        market.ringUp("b2", new Wanted("cheese", 1));
        market.stall().awaitCard("b2");
        market.tap(poor);
        assertEquals(0, market.look("b2").cardCents());

        TestTill.basket(market.stall().agree("b2"));

        assertEquals(BasketState.PAID, market.look("b2").state());
        assertNotNull(market.bodies(Body.Sale.class).getFirst().card());
        assertNull(market.bodies(Body.Sale.class).getLast().card());
    }

    @Test
    void a_card_left_lying_does_not_pay_the_next_basket() {
        market.ringUp("b1", new Wanted("milk", 1));
        market.ringUp("b2", new Wanted("milk", 1));
        market.stall().awaitCard("b1");
        market.reader.present(poor);
        market.loop.runUntilIdle();
        assertEquals(BasketState.PAID, market.look("b1").state());

        market.stall().awaitCard("b2");

        assertEquals(BasketState.AWAITING_CARD, market.look("b2").state());
    }

    @Test
    void tapping_before_ringing_up_is_a_select_only() {
        market.reader.present(poor);
        market.loop.runUntilIdle();
        assertEquals(java.util.List.of(0xA4), poor.takeInstructions());

        market.ringUp("b1", new Wanted("milk", 1));
        market.stall().awaitCard("b1");
        assertEquals(BasketState.PAID, market.look("b1").state());
    }

    private TillBasket shortfall(String key, long cheeses) {
        market.ringUp(key, new Wanted("cheese", cheeses));
        market.stall().awaitCard(key);
        market.tap(poor);
        TillBasket basket = market.look(key);
        assertEquals(BasketState.SHORTFALL, basket.state());
        return basket;
    }
}

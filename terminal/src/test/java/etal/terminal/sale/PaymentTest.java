package etal.terminal.sale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.CardReader.CardEvent;
import etal.port.Signal;
import etal.port.StorageFailed;
import etal.protocol.ledger.Body;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A payment when nothing fails. The card is the real applet. */
class PaymentTest {
    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);
    private final TestCard card = new TestCard(fund.card(1));

    @Test
    void the_card_pays_the_conventioned_part_and_cash_the_rest() {
        market.ringUp("b1", new Wanted("cheese", 2), new Wanted("wine", 1));
        market.stall().awaitCard("b1");

        market.tap(card);

        TillBasket paid = market.look("b1");
        assertEquals(BasketState.PAID, paid.state());
        assertEquals(900, paid.cardCents());
        assertEquals(1_200, paid.cashCents());
        Body.Sale sale = market.bodies(Body.Sale.class).getFirst();
        assertEquals(1, sale.sale());
        assertNotNull(sale.card());
        assertNull(sale.before(), "the record before is the load made here, which has its own entry");
        assertEquals(List.of(0xA4, 0x10, 0x12, 0x10, 0x18, 0x14), card.takeInstructions());
        assertEquals(Signal.Outcome.PAID, market.signal.takeShown().getLast());
    }

    @Test
    void the_second_payment_takes_three_short_exchanges() {
        market.ringUp("b1", new Wanted("milk", 1));
        market.stall().awaitCard("b1");
        market.tap(card);
        card.takeInstructions();

        market.ringUp("b2", new Wanted("milk", 1));
        market.stall().awaitCard("b2");
        market.tap(card);

        assertEquals(BasketState.PAID, market.look("b2").state());
        assertEquals(List.of(0xA4, 0x10, 0x14), card.takeInstructions());
    }

    @Test
    void a_card_that_was_never_lifted_does_not_pay_the_next_members_basket() {
        market.ringUp("b1", new Wanted("milk", 1));
        market.stall().awaitCard("b1");
        market.stall().onCard(new CardEvent.Presented(card));
        assertEquals(BasketState.PAID, market.look("b1").state());

        market.ringUp("b2", new Wanted("milk", 1));
        market.stall().awaitCard("b2");
        market.stall().onCard(new CardEvent.Presented(card));
        assertEquals(BasketState.AWAITING_CARD, market.look("b2").state());

        market.stall().onCard(new CardEvent.Gone());
        market.stall().onCard(new CardEvent.Presented(card));
        assertEquals(BasketState.PAID, market.look("b2").state());
    }

    @Test
    void versions_grow_also_where_a_basket_is_over_or_the_store_was_read_again() throws StorageFailed {
        long rungUp = market.ringUp("b1", new Wanted("milk", 1)).version();
        market.stall().awaitCard("b1");
        long awaiting = market.look("b1").version();
        market.tap(card);
        long paid = market.look("b1").version();
        long other = market.ringUp("b2", new Wanted("milk", 1)).version();
        market.stall().recover();

        assertTrue(rungUp < awaiting);
        assertTrue(awaiting < paid, "whoever waits for the payment must hear of it");
        assertTrue(other < market.look("b2").version());
    }

    @Test
    void a_test_card_buys_nothing() {
        TestCard test = new TestCard(fund.testCard(9));
        market.ringUp("b1", new Wanted("milk", 1));
        market.stall().awaitCard("b1");
        market.tap(test);

        assertEquals(BasketState.REFUSED, market.look("b1").state());
        assertEquals("card-test_card", market.look("b1").said().key());
        assertEquals(List.of(0xA4), test.takeInstructions());
    }

    @Test
    void a_basket_without_anything_conventioned_is_sold_without_a_card() {
        market.ringUp("b1", new Wanted("wine", 1));
        assertEquals(
                Answer.refused(Answer.Kind.CONFLICT, "nothing-for-card"),
                market.stall().awaitCard("b1"));

        market.stall().cash("b1");

        assertEquals(BasketState.PAID, market.look("b1").state());
        Body.Sale sale = market.bodies(Body.Sale.class).getFirst();
        assertNull(sale.card());
        assertEquals(List.of(), sale.lines(), "the fund does not see what it does not pay for");
    }

    @Test
    void the_rules_stand_in_the_ledger_before_the_first_sale_under_them() {
        market.ringUp("b1", new Wanted("milk", 1));
        market.stall().cash("b1");
        market.ringUp("b2", new Wanted("milk", 1));
        market.stall().cash("b2");

        List<Integer> kinds = market.bodies().stream().map(Body::kind).toList();
        assertEquals(List.of(1, 12, 13, 3, 3), kinds);
    }
}

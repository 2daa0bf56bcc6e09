package etal.terminal.sale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.CardGone;
import etal.port.Signal;
import etal.protocol.ledger.Body;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A payment whose store fails, whose plug is pulled or whose card is torn in the middle.
 *
 * <pre>
 * store                till                     card
 *  |&lt;-- intention ------|                        |    fails: nothing is sent
 *  |                    |-- DEBIT --------------&gt;|    torn, or the plug pulled
 *  |&lt;-- sale -----------|                        |    fails: in doubt, the store is read again
 * </pre>
 */
class TornPaymentTest {
    private static final Wanted CHEESE = new Wanted("cheese", 1);

    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);
    private final TestCard card = new TestCard(fund.card(1));

    @Test
    void nothing_is_sent_while_the_intention_is_not_durable() {
        awaitCard("b1");
        market.tap(card);
        awaitCard("b2");
        card.takeInstructions();
        market.database.failAt(transactionsUntilIntention());

        market.tap(card);

        assertEquals(List.of(0xA4, 0x10), card.takeInstructions());
        assertTrue(market.signal.takeShown().contains(Signal.Outcome.FAULT));
        awaitCard("b2");
        market.tap(card);
        assertEquals(BasketState.PAID, state("b2"));
        assertEquals(2, market.bodies(Body.Sale.class).getLast().sale(), "the number of the failed try was never used");
    }

    /** Reading undecided intentions, orders to the card, the basket (from memory), what was seen of it; then the intention. */
    private static int transactionsUntilIntention() {
        return 4;
    }

    @Test
    void a_store_that_goes_on_failing_wakes_nobody_to_ask_again() {
        awaitCard("b1");
        card.on(TestCard.DEBIT, (chip, apdu) -> {
            market.database.failAt(1);
            return chip.transmit(apdu);
        });
        market.reader.present(card);
        market.loop.runUntilIdle();
        List<String> woken = new ArrayList<>();
        market.till().baskets().onChange(() -> woken.add("woken"));
        market.database.failAt(2);
        market.stall().look("b1");

        assertTrue(market.stall().storageFailed());
        assertEquals(List.of(), woken);
        assertEquals(BasketState.IN_DOUBT, state("b1"));
    }

    @Test
    void after_a_power_cut_the_open_intention_is_in_doubt_before_anything_is_sold() {
        awaitCard("b1");
        card.on(TestCard.DEBIT, (chip, apdu) -> {
            chip.transmit(apdu);
            throw new PlugPulled();
        });
        assertThrows(PlugPulled.class, () -> market.tap(card));
        card.withdrawn();
        market.restart();

        assertEquals(BasketState.IN_DOUBT, state("b1"));
        List<Body> last = market.bodies();
        assertEquals(2, ((Body.TechnicalEvent) last.get(last.size() - 2)).code());
        assertEquals(1, ((Body.InDoubt) last.getLast()).sale());
        market.tap(card);
        assertSoldOnce("b1", 1);
    }

    @Test
    void a_sale_the_store_would_not_take_is_in_doubt_and_then_sold() {
        awaitCard("b1");
        card.on(TestCard.DEBIT, (chip, apdu) -> {
            market.database.failAt(1);
            return chip.transmit(apdu);
        });
        market.tap(card);
        assertTrue(market.signal.takeShown().contains(Signal.Outcome.FAULT));

        assertEquals(BasketState.IN_DOUBT, state("b1"), "the store was read again");
        market.tap(card);
        assertSoldOnce("b1", 1);
    }

    @Test
    void a_card_torn_at_any_write_of_the_debit_is_charged_once() throws CardGone {
        for (int write = 1; write <= 12; write++) {
            int tornAt = write;
            TestTill till = TestTill.ready(fund, 10 + write);
            TestCard torn = new TestCard(fund.card(100 + write));
            till.ringUp("b", CHEESE);
            till.stall().awaitCard("b");
            torn.on(TestCard.DEBIT, (chip, apdu) -> {
                chip.tearAtWrite(tornAt);
                return chip.transmit(apdu);
            });
            till.tap(torn);
            till.tap(torn);
            assertEquals(BasketState.PAID, till.look("b").state(), "torn at write " + write);
            assertEquals(1, till.bodies(Body.Sale.class).size(), "torn at write " + write);
        }
    }

    private void awaitCard(String key) {
        market.ringUp(key, CHEESE);
        TestTill.basket(market.stall().awaitCard(key));
    }

    private BasketState state(String key) {
        return market.look(key).state();
    }

    private void assertSoldOnce(String key, long sale) {
        assertEquals(BasketState.PAID, state(key));
        assertEquals(
                List.of(sale),
                market.bodies(Body.Sale.class).stream().map(Body.Sale::sale).toList());
    }

    /** The plug is pulled in the middle of an event: nothing after it happens. */
    private static final class PlugPulled extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}

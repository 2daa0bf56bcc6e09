package etal.terminal.sale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.ledger.Body;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import org.junit.jupiter.api.Test;

/** Every transaction of a payment fails once, with and without a restart after it: one debit, one sale, always. */
class EveryFailureTest {
    private static final int TRANSACTIONS_MAX = 60;

    private final TestFund fund = new TestFund();

    @Test
    void a_store_that_fails_once_anywhere_costs_no_cent() {
        assertTrue(everyFailure(false) > 5, "fewer failures than a payment has transactions");
    }

    @Test
    void nor_does_a_store_that_fails_once_and_a_power_cut_after_it() {
        assertTrue(everyFailure(true) > 5, "fewer failures than a payment has transactions");
    }

    private int everyFailure(boolean powerCut) {
        for (int n = 1; n <= TRANSACTIONS_MAX; n++) {
            TestTill till = TestTill.ready(fund, 20);
            TestCard card = new TestCard(fund.card(1000 + n));
            long before = till.database.transactions();
            till.database.failAt(n);
            tryToPay(till, card);
            boolean failed = till.database.transactions() - before >= n;
            till.database.failAt(Integer.MAX_VALUE);
            if (powerCut) {
                till.restart();
            }
            finish(till, card);
            assertEquals(1, till.bodies(Body.Sale.class).size(), "failure " + n);
            assertEquals(BasketState.PAID, till.look("b").state(), "failure " + n);
            assertEquals(1, debits(card), "failure " + n);
            if (!failed) {
                return n;
            }
        }
        throw new AssertionError("a payment with more than " + TRANSACTIONS_MAX + " transactions");
    }

    private static void tryToPay(TestTill till, TestCard card) {
        till.stall().ringUp("b", java.util.List.of(new Wanted("cheese", 1)), false);
        till.stall().awaitCard("b");
        till.tap(card);
    }

    /** What a cashier does who sees that it has not worked. */
    private static void finish(TestTill till, TestCard card) {
        for (int times = 0; times < 3; times++) {
            till.stall().ringUp("b", java.util.List.of(new Wanted("cheese", 1)), false);
            TillBasket basket = till.look("b");
            if (basket.state() == BasketState.PAID) {
                return;
            }
            till.stall().awaitCard("b");
            till.tap(card);
        }
    }

    /** The card's own count: one load, then the debits. */
    private int debits(TestCard card) {
        TestTill other = TestTill.ready(fund, 21);
        other.ringUp("probe", new Wanted("milk", 1));
        other.stall().awaitCard("probe");
        other.tap(card);
        Body.Sale probe = other.bodies(Body.Sale.class).getFirst();
        return counter(probe) - 2;
    }

    private static int counter(Body.Sale sale) {
        try {
            if (sale.card() == null) {
                throw new AssertionError("the probe paid without a card");
            }
            return (int)
                    etal.protocol.card.CardRecord.decode(sale.card().record()).counter();
        } catch (etal.protocol.cbor.Malformed malformed) {
            throw new AssertionError(malformed);
        }
    }
}

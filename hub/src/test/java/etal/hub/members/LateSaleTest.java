package etal.hub.members;

import static etal.hub.world.TestFund.vegetables;
import static etal.hub.world.TestMonths.APRIL;
import static etal.hub.world.TestMonths.JUNE;
import static etal.hub.world.TestMonths.MAY;
import static etal.hub.world.TestMonths.entitlement;
import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.hub.reconcile.Reconciliation;
import etal.hub.world.TestCard;
import etal.hub.world.TestMonths;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A sale of before an expiry that arrives after it (rows 9a to 9c). What expires is what the card itself has signed away when it
 * loads, and by then it had paid: so no sale ever finds its money expired, however late it comes, and row 9b has nothing to move.
 *
 * <pre>
 * card (keeps 40,00)    stall 3 (offline)       stall 5            hub
 *  |-- pays 97,70 ------> |                       |                  |
 *  |-- loads June, 12,30 expire ----------------> |-- load --------> |  9a, 9c: 12,30
 *  |                      |-- the sale of April -------------------> |  4: 97,70, and 9b nothing
 * </pre>
 */
class LateSaleTest {
    private final TestMonths world = new TestMonths();
    private final TestCard card = world.card(11, entitlement(4_000, 1));

    LateSaleTest() throws Exception {
        world.opens(APRIL);
        world.loads(card, APRIL);
        world.deliver(world.fund.three.batch());
        world.fund.three.sell(card, vegetables(9_770));
        world.opens(MAY);
        world.opens(JUNE);
        world.fund.five.load(card, world.token(JUNE));
    }

    @Test
    void a_sale_dated_before_the_expiry_is_paid_in_full_and_expires_nothing_twice() throws Exception {
        world.deliver(world.fund.five.batch());
        assertEquals(0, world.balance("4676", card), "expired for good, by the card's own word");
        assertEquals(43_770, world.balance("4672A", card), "the books of the card wait for its payment");

        world.deliver(world.fund.three.batch());
        assertEquals(34_000, world.balance("4672A", card));
        assertEquals(9_770, world.fund.balance("4673"));
        Reconciliation evening = world.evening();
        assertEquals(1_230, evening.i1().expired());
        assertEquals(9_770, evening.i1().spent());
        assertEquals(0, world.fund.count("event WHERE name = 'late-sale'"));
    }

    @Test
    void the_books_are_the_same_whichever_comes_first() throws Exception {
        world.deliver(world.fund.five.batch());
        world.deliver(world.fund.three.batch());
        LateSaleTest other = new LateSaleTest();
        other.world.deliver(other.world.fund.three.batch());
        other.world.deliver(other.world.fund.five.batch());
        assertEquals(List.of(other.world.books()), List.of(world.books()));
    }
}

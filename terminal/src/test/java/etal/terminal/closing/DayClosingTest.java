package etal.terminal.closing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.port.StorageFailed;
import etal.protocol.ledger.Body;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A day is closed with totals that the ledger itself bears out. */
class DayClosingTest {
    private static final LocalDate WEDNESDAY = LocalDate.of(2025, 4, 2);

    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);

    @Test
    void a_closing_counts_sales_card_money_and_all_rates() throws StorageFailed {
        market.ringUp("b1", new Wanted("cheese", 2), new Wanted("wine", 1));
        market.stall().awaitCard("b1");
        market.tap(new TestCard(fund.card(1)));
        market.ringUp("b2", new Wanted("milk", 1));
        market.stall().cash("b2");

        DayClosing.Closed closed = market.till().closing().close(WEDNESDAY);

        assertEquals(2, closed.closing().sales());
        assertEquals(900, closed.closing().cardCents());
        assertEquals(900, closed.closing().perpetualCardCents());
        assertEquals(Map.of(55, 1_035L, 200, 1_200L), closed.totals().sold().byVatPermille());
        assertEquals(1_335, closed.totals().sold().cashCents());
        assertEquals(2_235, closed.totals().sold().perpetualCents());
    }

    @Test
    void closing_twice_without_a_sale_between_is_one_closing() throws StorageFailed {
        DayClosing.Closed first = market.till().closing().close(WEDNESDAY);
        DayClosing.Closed second = market.till().closing().close(WEDNESDAY);

        assertEquals(first.entry(), second.entry());
        assertArrayEquals(first.closing().detailsHash(), second.closing().detailsHash());
        assertEquals(1, market.bodies(Body.Closing.class).size());
    }

    @Test
    void the_perpetual_total_goes_on_over_days_and_restarts() throws StorageFailed {
        sell("b1");
        market.till().closing().close(WEDNESDAY);
        market.restart();
        sell("b2");

        DayClosing.Closed next = market.till().closing().close(WEDNESDAY.plusDays(7));

        assertEquals(1, next.closing().sales());
        assertEquals(270, next.totals().sold().perpetualCents());
    }

    private void sell(String key) {
        market.ringUp(key, new Wanted("milk", 1));
        TestTill.basket(market.stall().cash(key));
    }
}

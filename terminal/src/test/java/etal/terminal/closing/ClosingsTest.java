package etal.terminal.closing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.port.StorageFailed;
import etal.protocol.ledger.Body;
import etal.terminal.basket.Tender;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A day is closed with totals that the ledger itself bears out. */
class ClosingsTest {
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

        Closings.Closed closed = market.till().closing().close(WEDNESDAY);

        assertEquals(2, closed.closing().sales());
        assertEquals(900, closed.closing().cardCents());
        assertEquals(900, closed.closing().perpetualCardCents());
        assertEquals(Map.of(55, 1_035L, 200, 1_200L), closed.totals().sold().byVatPermille());
        assertEquals(1_335, closed.totals().sold().cashCents());
        assertEquals(2_235, closed.totals().sold().perpetualCents());
    }

    @Test
    void closing_twice_without_a_sale_between_is_one_closing() throws StorageFailed {
        Closings.Closed first = market.till().closing().close(WEDNESDAY);
        Closings.Closed second = market.till().closing().close(WEDNESDAY);

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

        Closings.Closed next = market.till().closing().close(WEDNESDAY.plusDays(7));

        assertEquals(1, next.closing().sales());
        assertEquals(270, next.totals().sold().perpetualCents());
    }

    @Test
    void a_month_and_a_year_count_beside_the_days_and_end_in_the_same_perpetual_total() throws StorageFailed {
        sell("b1");
        market.till().closing().close(WEDNESDAY);
        sell("b2");
        market.till().closing().close(WEDNESDAY.plusDays(7));

        Closings.Closed month = market.till().closing().close(Term.MONTH, WEDNESDAY);
        Closings.Closed year = market.till().closing().close(Term.YEAR, WEDNESDAY);

        assertEquals("2025-04", month.closing().day());
        assertEquals(2, month.closing().sales());
        assertEquals("2025", year.closing().day());
        assertEquals(270, year.totals().sold().perpetualCents());
        assertEquals(4, market.till().closing().past().size());
    }

    @Test
    void what_was_left_open_is_closed_at_the_next_start_with_its_own_day_and_month() throws StorageFailed {
        sell("b1");
        market.clock.advance(Duration.ofDays(40));
        market.restart();

        List<Body.Closing> closings = market.bodies(Body.Closing.class);
        assertEquals(
                List.of("2025-04-02", "2025-04"),
                closings.stream().map(Body.Closing::day).toList());
        assertEquals(List.of(1L, 1L), closings.stream().map(Body.Closing::sales).toList());
    }

    @Test
    void each_means_of_paying_has_its_total_and_the_rest_is_cash() throws StorageFailed {
        market.ringUp("b1", new Wanted("wine", 1));
        TestTill.basket(market.stall()
                .paying(
                        "b1",
                        said -> said.by(List.of(
                                new Tender(Tender.Means.CHEQUE, 500), new Tender(Tender.Means.BANK_CARD, 200)))));
        TestTill.basket(market.stall().cash("b1"));

        Totals.Side sold = market.till().closing().close(WEDNESDAY).totals().sold();

        assertEquals(Map.of(Tender.Means.CHEQUE, 500L, Tender.Means.BANK_CARD, 200L), sold.byMeans());
        assertEquals(500, sold.coinsCents());
        assertEquals(sold, market.till().closing().past().getFirst().totals().sold(), "read again from the store");
    }

    private void sell(String key) {
        market.ringUp(key, new Wanted("milk", 1));
        TestTill.basket(market.stall().cash(key));
    }
}

package etal.hub.ingest;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.reconcile.Reconciliation;
import etal.hub.world.TestFund;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoodDayTest {
    @Test
    void a_day_of_loads_and_sales_balances() throws Exception {
        TestFund fund = new TestFund();
        fund.three.load(fund.cards.get(0), fund.token());
        fund.three.sell(fund.cards.get(0), vegetables(1_250));
        fund.three.sellForCash(vegetables(300));
        fund.five.load(fund.cards.get(1), fund.token());
        fund.five.sell(fund.cards.get(1), vegetables(20_000));
        fund.five.sell(fund.cards.get(0), vegetables(405));
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        fund.syncAll();

        assertEquals(List.of(), fund.quarantined());
        Reconciliation evening = fund.evening();
        assertEquals(List.of(), evening.differences());
        assertTrue(evening.balanced());
        assertEquals(4, evening.sales());
        assertEquals(1_250 + 15_000 + 405, fund.balance("4673"));
        assertEquals(15_000 - 1_250 - 405, fund.balance("4672A"));
        assertEquals(15_000, fund.balance("4671"), "the third card has not loaded");
    }
}

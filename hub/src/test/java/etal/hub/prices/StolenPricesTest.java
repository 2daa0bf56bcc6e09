package etal.hub.prices;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.edge.sqlite.SqliteDatabase;
import etal.fake.FakeLink;
import etal.hub.core.HubCore;
import etal.hub.members.Fund;
import etal.hub.members.PublishedRules;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Prices on the word of a stolen terminal. */
class StolenPricesTest {
    @Test
    void a_price_that_no_card_stands_behind_moves_nothing_and_is_named_and_the_card_beside_it_is_paid()
            throws Exception {
        PublishedRules.SchemeVersion rules =
                TestFund.version(1, "2025-03-01", "\ncard:\n", "\n" + PooledPricesTest.THREE_PRICES);
        TestFund prices = new TestFund(SqliteDatabase.inMemory(), rules);
        Fund stolen = stolen(prices.fund, new Fund.Stolen(new LedgerId(3, 1), Long.MAX_VALUE, 3, false));
        FakeLink link = new FakeLink(prices.loop);
        HubCore hub = prices.hub(prices.database, stolen, rules.yaml(), prices.scheme, link);
        assertEquals(List.of(), prices.start(hub));
        link.up();
        TestCard first = prices.cards.getFirst();
        prices.three.load(first, prices.token());
        prices.three.sellAt(PooledPricesTest.ACCESSIBLE);
        prices.three.sellAt(PooledPricesTest.ACCESSIBLE, first, vegetables(1_300));
        prices.three.close("2025-04-02");
        prices.five.close("2025-04-02");
        link.deliver(Topics.up(1, 3), prices.three.batch());
        link.deliver(Topics.up(1, 5), prices.five.batch());
        prices.loop.runUntilIdle();

        assertEquals(List.of("stolen-terminal", "stolen-terminal"), prices.quarantined());
        assertEquals(1_300, prices.balance("4673"), "what the card has signed");
        assertEquals(0, prices.balance("4677"));
        List<String> differences = hub.reconcile(TestFund.DAY, true).differences();
        assertEquals(2, differences.size(), differences::toString);
        assertEquals(
                2,
                differences.stream()
                        .filter(one -> one.contains("stolen-terminal"))
                        .count(),
                "named, and no more");
    }

    private static Fund stolen(Fund fund, Fund.Stolen stolen) {
        return new Fund(
                fund.id(),
                fund.pointsOfSale(),
                fund.debtor(),
                fund.period(),
                fund.fundersCents(),
                fund.skewMillisMax(),
                List.of(stolen));
    }
}

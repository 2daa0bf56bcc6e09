package etal.hub.ingest;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.FakeLink;
import etal.hub.core.HubCore;
import etal.hub.members.Fund;
import etal.hub.members.Member;
import etal.hub.members.PublishedRules.SchemeVersion;
import etal.hub.reconcile.Reconciliation;
import etal.hub.trace.Found;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.hub.world.TestTerminal;
import etal.port.StorageFailed;
import etal.protocol.card.Balances;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Period;
import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sales under rules that look at more of a card than its purses: what it may earn, and the point of sale it has chosen. */
class CardRulesTest {
    private static final SchemeVersion BONUS =
            TestFund.version(2, "2025-04-02", "\nconvention:\n", "\nbonus:\n  percent: 50\n\nconvention:\n");
    private static final SchemeVersion CHOSEN = TestFund.version(2, "2025-04-02", "pointsOfSale: enrolled", """
            pointsOfSale:
                chosen: true
                others: 0
                register:
                  - { id: 3, name: Chèvrerie, kind: stall }
                  - { id: 5, name: Fournil, kind: stall }""");
    private static final long FUNDERS_CENTS = 2_500;

    private final TestFund fund = new TestFund();
    private final FakeLink link = new FakeLink(fund.loop);

    CardRulesTest() throws StorageFailed {}

    private TestCard card(long pointOfSale) {
        TestCard card = new TestCard(
                fund.authority,
                11,
                new Entitlement(
                        15_000,
                        2_500,
                        Balances.PURSE_MAX,
                        pointOfSale,
                        Period.of(2025, 4),
                        Period.of(2026, 3),
                        0,
                        Member.FIRST_VERSION));
        fund.cards.add(card);
        return card;
    }

    /** The hub publishes these rules; funders have paid for all the bonus that can be earned. */
    private HubCore under(SchemeVersion rules) throws StorageFailed {
        Fund funded = new Fund(
                fund.fund.id(),
                fund.fund.pointsOfSale(),
                fund.fund.debtor(),
                fund.fund.period(),
                FUNDERS_CENTS,
                fund.fund.skewMillisMax());
        HubCore hub = fund.hub(fund.database, funded, rules.yaml(), rules.scheme(), link);
        assertEquals(List.of(), fund.start(hub));
        link.up();
        return hub;
    }

    private TestTerminal stall(SchemeVersion rules) {
        return new TestTerminal(fund.authority, 3, rules.scheme(), fund.clock.now());
    }

    private void deliver(TestTerminal stall) {
        link.deliver(Topics.up(1, 3), stall.batch());
        fund.loop.runUntilIdle();
        assertEquals(List.of(), fund.failures);
    }

    private static List<String> unexplained(Reconciliation evening) {
        return evening.differences().stream()
                .filter(one -> !one.startsWith("terminal 5"))
                .toList();
    }

    @Test
    void bonus_is_earned_with_the_sale_and_spent_like_the_allocation() throws Exception {
        TestCard card = card(Entitlement.EVERYWHERE);
        HubCore hub = under(BONUS);
        TestTerminal three = stall(BONUS);
        three.load(card, fund.token());
        long sale = three.sell(card, vegetables(2_000)).entry().number();
        assertEquals(new Deltas(-2_000, 1_000, -1_000), card.newest().deltas());
        three.sell(card, vegetables(4_000));
        assertEquals(new Balances(9_000, 2_500, 0), card.balances(), "no more is earned than can be");
        three.sell(card, vegetables(10_000));
        assertEquals(new Balances(0, 1_500, 0), card.balances());
        three.close("2025-04-02");
        deliver(three);

        assertEquals(List.of(), fund.quarantined());
        assertEquals(16_000, fund.balance("4673"));
        assertEquals(1_500, fund.balance("4672B"));
        assertEquals(-2_500, fund.balance("6572B"));
        Reconciliation evening = hub.reconcile(TestFund.DAY, true);
        assertEquals(List.of(), unexplained(evening));
        assertEquals(2_500, evening.i1().bonus());
        assertTrue(assertInstanceOf(Found.Shown.class, hub.way(new LedgerId(3, 1), sale))
                .way()
                .holds());
    }

    @Test
    void a_card_pays_at_the_point_of_sale_that_its_household_has_chosen() throws Exception {
        TestCard card = card(3);
        HubCore hub = under(CHOSEN);
        TestTerminal three = stall(CHOSEN);
        three.load(card, fund.token());
        long sale = three.sell(card, vegetables(2_000)).entry().number();
        three.close("2025-04-02");
        deliver(three);

        assertEquals(List.of(), fund.quarantined());
        assertEquals(2_000, fund.balance("4673"));
        assertEquals(List.of(), unexplained(hub.reconcile(TestFund.DAY, true)));
        assertTrue(assertInstanceOf(Found.Shown.class, hub.way(new LedgerId(3, 1), sale))
                .way()
                .holds());
    }

    @Test
    void a_sale_at_another_point_of_sale_than_the_chosen_one_is_kept_apart_and_pays_nobody() throws Exception {
        TestCard card = card(5);
        under(CHOSEN);
        TestTerminal three = stall(CHOSEN);
        three.load(card, fund.token());
        three.append(three.sale(
                List.of(vegetables(2_000)),
                three.debit(card, List.of(vegetables(2_000)), new Deltas(-2_000, 0, 0)),
                null));
        deliver(three);

        assertEquals(List.of("other-split"), fund.quarantined());
        assertEquals(0, fund.balance("4673"));
    }
}

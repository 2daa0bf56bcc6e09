package etal.hub.reconcile;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.FakeLink;
import etal.hub.core.HubCore;
import etal.hub.members.Fund;
import etal.hub.members.Member;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.port.StorageFailed;
import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Period;
import etal.protocol.ledger.FundedLine;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.sync.Topics;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Bonus that a card has earned with a payment: row 6a, whichever way the payment takes into the books.
 * <pre>
 *  card (25,00 earnable)     stall 3                    stall 5             hub
 *   | <- DEBIT 20,00; 10,00 earned, 3,00 of it spent       |                  |
 *   | -- record R ----------- X  burns before its sync     |                  |
 *   | -------------------------------- R ----------------> | -- sale, R ----> |  6572B 10,00 to 4672B; 23,00 to suspense
 * </pre>
 */
class EarnedBonusTest {
    private static final List<FundedLine> LINES = List.of(vegetables(2_300));
    private static final Deltas EARNED = new Deltas(-2_000, 1_000 - 300, -1_000);

    private final TestFund fund = new TestFund();
    private final TestCard card = new TestCard(
            fund.authority,
            11,
            new Entitlement(
                    15_000,
                    2_500,
                    Balances.PURSE_MAX,
                    Entitlement.EVERYWHERE,
                    Period.of(2025, 4),
                    Period.of(2026, 3),
                    0,
                    Member.FIRST_VERSION));
    private final FakeLink link = new FakeLink(fund.loop);
    private final HubCore hub;
    private final long counter;

    /** The card has earned at terminal 3, and only terminal 5 brings the news of it. */
    EarnedBonusTest() throws Exception {
        fund.cards.add(card);
        // Bonus is granted out of what funders pay: without it the bank holds less than is owed.
        Fund funded = new Fund(
                fund.fund.id(),
                fund.fund.pointsOfSale(),
                fund.fund.debtor(),
                fund.fund.period(),
                1_000,
                fund.fund.skewMillisMax());
        hub = fund.hub(fund.database, funded, SchemeFile.dieulefit(), fund.scheme, link);
        assertEquals(List.of(), fund.start(hub));
        link.up();
        fund.three.load(card, fund.token());
        counter = CardRecord.decode(fund.three.debit(card, LINES, EARNED).record())
                .counter();
        assertEquals(new Balances(13_000, 700, 1_500), card.balances());
        fund.five.sell(card, vegetables(200));
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        sync();
    }

    private void sync() {
        link.deliver(Topics.up(1, 3), fund.three.batch());
        link.deliver(Topics.up(1, 5), fund.five.batch());
        fund.loop.runUntilIdle();
        assertEquals(List.of(), fund.failures);
    }

    private Reconciliation evening() throws StorageFailed {
        Reconciliation evening = hub.reconcile(TestFund.DAY, true);
        assertEquals(List.of(), evening.differences());
        assertTrue(evening.i1().holds());
        assertEquals(1_000, evening.i1().bonus());
        assertEquals(card.balances().bonus(), fund.balance("4672B"));
        assertEquals(-1_000, fund.balance("6572B"));
        return evening;
    }

    @Test
    void what_was_earned_is_granted_and_on_the_card_while_the_payment_waits() throws Exception {
        assertEquals(List.of(), fund.quarantined());
        Reconciliation evening = evening();
        assertEquals(2_300, fund.balance("471"), "allocation and bonus spent, not what was earned");
        assertEquals(2_300, evening.suspense().getFirst().cents());
        assertEquals(200, fund.balance("4673"));
        assertEquals(13_700 - 200, evening.i1().onCards());
    }

    @Test
    void decided_for_the_producer_it_is_paid_whole_and_the_bonus_stays_the_cards() throws Exception {
        evening();
        assertEquals(Optional.empty(), hub.decide(card.id(), counter, true, "A. Operator"));
        evening();
        assertEquals(0, fund.balance("471"));
        assertEquals(2_500, fund.balance("4673"));
    }

    @Test
    void decided_for_the_member_the_payment_comes_back_and_the_bonus_stays_the_cards() throws Exception {
        evening();
        long rights = fund.balance("4671");
        assertEquals(Optional.empty(), hub.decide(card.id(), counter, false, "A. Operator"));
        evening();
        assertEquals(0, fund.balance("471"));
        assertEquals(rights + 2_300, fund.balance("4671"));
        assertEquals(200, fund.balance("4673"));
    }

    @Test
    void more_bonus_than_was_earned_is_no_debit() throws Exception {
        fund.three.debit(card, LINES, new Deltas(-100, 501, -500));
        fund.five.sell(card, vegetables(100));
        fund.five.close("2025-04-02");
        sync();
        assertEquals(List.of("wrong-carried"), fund.quarantined());
    }
}

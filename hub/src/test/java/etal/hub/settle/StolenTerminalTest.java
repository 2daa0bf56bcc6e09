package etal.hub.settle;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import etal.fake.FakeLink;
import etal.hub.core.HubCore;
import etal.hub.members.Fund;
import etal.hub.settle.PayoutRuns.Ordered;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.protocol.ledger.LedgerId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A terminal in a thief's hands: what cards have signed there waits for the operator, what only it says is not believed. */
class StolenTerminalTest {
    private static final long NEVER = Long.MAX_VALUE;

    private final TestFund fund = new TestFund();
    private final TestCard card = fund.cards.getFirst();

    StolenTerminalTest() throws Exception {
        fund.three.load(card, fund.token());
        fund.three.sell(card, vegetables(1_000));
        fund.syncAll();
    }

    @Test
    void what_cards_signed_after_the_theft_is_the_producers_and_held_until_the_operators_word() throws Exception {
        long theftMillis = fund.clock.now().plusSeconds(600).toEpochMilli();
        fund.clock.advance(java.time.Duration.ofMinutes(20));
        fund.three.pass(java.time.Duration.ofMinutes(15));
        fund.three.sell(card, vegetables(400));
        fund.syncAll();

        HubCore hub = hub(new Fund.Stolen(new LedgerId(3, 1), theftMillis, NEVER, false));
        assertEquals(1_400, fund.balance("4673"), "it is owed");
        Ordered.Submitted paid = assertInstanceOf(Ordered.Submitted.class, hub.payOut(TestFund.DAY, "R1"));
        assertEquals(1_000, paid.run().payouts().getFirst().amountCents(), "what was sold before is paid");
        assertInstanceOf(Ordered.NothingDue.class, hub.payOut(TestFund.DAY, "R2"));

        HubCore looked = hub(new Fund.Stolen(new LedgerId(3, 1), theftMillis, NEVER, true));
        paid = assertInstanceOf(Ordered.Submitted.class, looked.payOut(TestFund.DAY, "R2"));
        assertEquals(400, paid.run().payouts().getFirst().amountCents());
    }

    @Test
    void a_thief_who_sets_the_clock_back_gains_nothing_for_it_arrives_after_the_theft() throws Exception {
        long theftMillis = fund.clock.now().plusSeconds(600).toEpochMilli();
        fund.clock.advance(java.time.Duration.ofHours(2));
        fund.three.sell(card, vegetables(400));
        fund.syncAll();
        HubCore hub = hub(new Fund.Stolen(new LedgerId(3, 1), theftMillis, NEVER, false));
        Ordered.Submitted paid = assertInstanceOf(Ordered.Submitted.class, hub.payOut(TestFund.DAY, "R1"));
        assertEquals(1_000, paid.run().payouts().getFirst().amountCents());
    }

    @Test
    void from_an_entry_on_it_is_held_whatever_the_time_and_another_epoch_is_not() throws Exception {
        fund.three.sell(card, vegetables(400));
        fund.syncAll();
        HubCore hub = hub(new Fund.Stolen(new LedgerId(3, 1), NEVER, 4, false));
        Ordered.Submitted paid = assertInstanceOf(Ordered.Submitted.class, hub.payOut(TestFund.DAY, "R1"));
        assertEquals(1_000, paid.run().payouts().getFirst().amountCents());
        hub = hub(new Fund.Stolen(new LedgerId(3, 2), NEVER, 1, false));
        paid = assertInstanceOf(Ordered.Submitted.class, hub.payOut(TestFund.DAY, "R2"));
        assertEquals(400, paid.run().payouts().getFirst().amountCents());
    }

    private HubCore hub(Fund.Stolen stolen) throws Exception {
        HubCore hub = fund.hub(
                fund.database,
                with(fund.fund, stolen),
                etal.protocol.scheme.file.SchemeFile.dieulefit(),
                fund.scheme,
                new FakeLink(fund.loop));
        assertEquals(List.of(), fund.start(hub));
        return hub;
    }

    static Fund with(Fund fund, Fund.Stolen stolen) {
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

package etal.hub.reconcile;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.protocol.card.Deltas;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.FundedLine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What failed on one day speaks against that day's evening; on later ones it is listed with its age. */
class AgedTest {
    private final TestFund fund = new TestFund();
    private final TestCard card = fund.cards.getFirst();

    AgedTest() throws Exception {
        fund.three.load(card, fund.token());
    }

    @Test
    void a_message_that_failed_keeps_its_own_evening_from_being_green_and_no_later_one() throws Exception {
        fund.deliver(new byte[] {1, 2, 3});
        closeAndSync(TestFund.DAY.toString());
        assertEquals(1, fund.evening().differences().size());

        fund.clock.advance(Duration.ofDays(7));
        String next = TestFund.DAY.plusDays(7).toString();
        closeAndSync(next);
        Reconciliation evening = fund.hub.reconcile(TestFund.DAY.plusDays(7), true);
        assertEquals(List.of(), evening.differences());
        assertTrue(evening.balanced());
        Reconciliation.Quarantined old = evening.quarantine().getFirst();
        assertEquals("2025-04-02", old.received());
        assertEquals(7, old.ageDays());
        assertEquals(1, fund.evening().differences().size(), "the day on which it came, asked again");
    }

    @Test
    void a_late_sale_that_fails_speaks_against_the_day_it_is_dated_too() throws Exception {
        List<FundedLine> lines = List.of(vegetables(1_000));
        CardProof more = fund.three.debit(card, lines, new Deltas(-1_001, 0, 0));
        fund.three.append(fund.three.sale(lines, more, null));
        fund.clock.advance(Duration.ofDays(2));
        closeAndSync(TestFund.DAY.toString());
        assertTrue(fund.evening().differences().stream().anyMatch(one -> one.contains("other-split")));
    }

    // every kind of entry beside the ledger: listed, and nothing of it stops the hub
    @Test
    void a_branch_with_every_kind_of_entry_is_listed_and_what_its_cards_signed_is_not_lost() throws Exception {
        fund.three.sell(card, vegetables(100));
        List<FundedLine> lines = List.of(vegetables(1_000));
        fund.three.append(new Body.TechnicalEvent(Body.TechnicalEvent.STARTED, null));
        fund.deliver(fund.three.batch());
        fund.three.forget();
        CardProof paid = fund.three.debit(card, lines, new Deltas(-1_000, 0, 0));
        long sale = fund.three.lastSale();
        fund.three.append(new Body.InDoubt(sale, card.id(), 2, new Deltas(-1_000, 0, 0), new byte[32], null));
        fund.three.append(new Body.Abandoned(sale, Body.Abandoned.GIVEN_UP_UNDONE));
        fund.three.append(new Body.RefundRequest(sale, paid));
        fund.three.append(new Body.RulesApplied("dieulefit", 1, new byte[32], new byte[32]));
        fund.three.append(new Body.ClockAdjusted(5, 6));
        closeAndSync(TestFund.DAY.toString());

        Reconciliation evening = fund.evening();
        assertEquals(6, evening.forks().size());
        assertTrue(
                evening.quarantine().stream()
                        .anyMatch(one -> one.detail().equals("beside the ledger: refund request for sale " + sale)),
                () -> evening.quarantine().toString());
        assertEquals(1, evening.suspense().size(), "the member's money waits for a person");
        assertEquals(1_000, fund.balance("471"));
        assertTrue(fund.hub.decide(card.id(), 3, false, "A. Operator").isEmpty());
        assertTrue(fund.evening().differences().stream()
                .noneMatch(one -> one.contains("posted") || one.contains("I1") || one.contains("I3")));
        fund.clock.advance(Duration.ofDays(7));
        assertEquals(7, fund.evening().forks().getFirst().ageDays());
    }

    private void closeAndSync(String day) {
        fund.three.close(day);
        fund.five.close(day);
        fund.syncAll();
    }
}

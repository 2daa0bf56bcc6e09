package etal.hub.reconcile;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.Body.Abandoned;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.SignedEntry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A card took back, and its stall could not say so.
 *
 * <pre>
 *  card              stall 3                stall 5            hub
 *   | <-- CANCEL ---- |                                         |
 *   | -- answer -X    |  the card does not come back here       |
 *   | -------------------- SELECT, DEBIT --> |                  |
 *   |                                        | -- sale, EC ---> |  471 to 4672A
 * </pre>
 */
class OrphanCancelTest {
    private static final Deltas BACK = new Deltas(1_000, 0, 0);

    private final TestFund fund = new TestFund();
    private final TestCard card = fund.cards.getFirst();
    private final SignedEntry sale;
    private final CardProof back;

    OrphanCancelTest() throws Exception {
        fund.three.load(card, fund.token());
        sale = fund.three.sell(card, vegetables(1_000));
        back = fund.three.takeBack(card, sale, BACK);
    }

    @Test
    void a_record_that_only_another_stall_has_seen_waits_in_suspense() throws Exception {
        seenElsewhere();
        Reconciliation evening = evening();

        assertEquals(List.of(), evening.differences());
        assertEquals(-1_000, fund.balance("471"));
        assertEquals(1_200, fund.balance("4673"));
        assertEquals(-1_000, evening.suspense().getFirst().cents());
        assertEquals("Chèvrerie", evening.suspense().getFirst().owner());
        assertEquals(List.of(), fund.evening().differences(), "a second evening posts nothing twice");
        assertEquals(-1_000, fund.balance("471"));
    }

    @Test
    void the_entry_that_arrives_after_all_takes_it_out_of_suspense() throws Exception {
        seenElsewhere();
        evening();
        fund.three.append(fund.three.cancelled(sale, back));
        fund.three.close("2025-04-02");
        fund.syncAll();

        assertEquals(List.of(), fund.quarantined());
        assertEquals(0, fund.balance("471"));
        assertEquals(200, fund.balance("4673"));
        Reconciliation evening = fund.evening();
        assertEquals(List.of(), evening.differences());
        assertEquals(List.of(), evening.suspense());
    }

    @Test
    void what_the_stall_has_asked_for_is_its_own_whatever_it_said_afterwards() throws Exception {
        for (boolean givenUp : new boolean[] {false, true}) {
            OrphanCancelTest day = new OrphanCancelTest();
            day.asked();
            if (givenUp) {
                day.fund.three.append(new Abandoned(1, Abandoned.GIVEN_UP_UNDONE, true));
            }
            day.seenElsewhere();
            Reconciliation evening = day.evening();

            assertEquals(List.of(), evening.differences());
            assertEquals(List.of(), evening.suspense());
            assertEquals(List.of(), evening.inDoubt());
            assertEquals(0, day.fund.balance("471"));
            assertEquals(200, day.fund.balance("4673"));

            day.fund.three.append(day.fund.three.cancelled(day.sale, day.back));
            day.fund.three.close("2025-04-02");
            day.fund.syncAll();
            assertEquals(List.of(), day.fund.quarantined());
            assertEquals(200, day.fund.balance("4673"), "posted once");
            assertEquals(List.of(), day.fund.evening().differences());
        }
    }

    @Test
    void a_cancellation_in_doubt_is_listed_until_it_is_decided() throws Exception {
        asked();
        Reconciliation evening = evening();
        assertEquals(List.of(), evening.differences());
        assertEquals(-1_000, evening.inDoubt().getFirst().cents());
        assertEquals(1_000, fund.balance("4673"));

        fund.three.append(fund.three.cancelled(sale, back));
        fund.three.close("2025-04-02");
        fund.syncAll();
        assertEquals(List.of(), fund.evening().inDoubt());
        assertEquals(0, fund.balance("4673"));
    }

    @Test
    void the_operator_decides_once_what_nobody_else_can() throws Exception {
        for (boolean payable : new boolean[] {true, false}) {
            OrphanCancelTest day = new OrphanCancelTest();
            day.seenElsewhere();
            day.evening();
            long counter = CardRecord.decode(day.back.record()).counter();
            assertEquals(Optional.empty(), day.fund.hub.decide(day.card.id(), counter, payable, "A. Operator"));
            assertTrue(
                    day.fund
                            .hub
                            .decide(day.card.id(), counter, !payable, "A. Operator")
                            .isPresent(),
                    "decided already");
            assertEquals(0, day.fund.balance("471"));
            assertEquals(payable ? 1_200 : 200, day.fund.balance("4673"));
            List<String> differences = day.fund.evening().differences();
            // What the fund bears it must have: here nobody has given it that, and the third invariant says so.
            assertEquals(payable ? 1 : 0, differences.size(), differences::toString);
            assertTrue(differences.stream().allMatch(each -> each.startsWith("I3 ")), differences::toString);
            assertEquals(List.of(), day.fund.evening().suspense());
        }
    }

    @Test
    void the_record_may_come_before_the_sale_it_undoes() throws Exception {
        seenElsewhere();
        fund.five.close("2025-04-02");
        fund.deliver(fund.five.batch());
        fund.evening();
        fund.three.append(fund.three.cancelled(sale, back));
        fund.three.close("2025-04-02");
        fund.deliver(fund.three.batch());

        assertEquals(List.of(), fund.quarantined());
        assertEquals(List.of(), fund.evening().differences());
        assertEquals(0, fund.balance("471"));
        assertEquals(200, fund.balance("4673"));
    }

    @Test
    void what_a_card_has_taken_back_it_is_not_given_a_second_time() throws Exception {
        // Both records come by another stall, and stall 3 has burnt with both entries.
        TestFund burnt = new TestFund();
        TestCard member = burnt.cards.getFirst();
        burnt.three.load(member, burnt.token());
        SignedEntry sold = burnt.three.sell(member, vegetables(1_000));
        burnt.three.takeBack(member, sold, BACK);
        burnt.five.append(new Body.RecordCarried(null, burnt.five.seal(member.proof(1))));
        burnt.five.append(new Body.RecordCarried(null, burnt.five.seal(member.proof(2))));
        burnt.five.append(new Body.RecordCarried(null, burnt.five.seal(member.proof(3))));
        burnt.deliver(burnt.five.batch());
        burnt.evening();

        assertEquals(0, burnt.balance("471"));
        assertEquals(
                Optional.of("the card has taken it back already"),
                burnt.hub.decide(member.id(), 2, false, "A. Operator"));
        assertEquals(Optional.empty(), burnt.hub.decide(member.id(), 2, true, "A. Operator"));
        assertEquals(Optional.empty(), burnt.hub.decide(member.id(), 3, false, "A. Operator"));
        assertEquals(0, burnt.balance("4673"));
        assertEquals(0, burnt.balance("471"));
    }

    private void asked() {
        CardRecord record;
        try {
            record = CardRecord.decode(back.record());
        } catch (etal.protocol.cbor.Malformed e) {
            throw new AssertionError(e);
        }
        fund.three.append(
                new Body.InDoubt(1, card.id(), record.counter() - 1, record.deltas(), record.intentHash(), null, true));
    }

    private void seenElsewhere() {
        fund.five.sell(card, vegetables(200));
    }

    private Reconciliation evening() throws Exception {
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        fund.syncAll();
        assertEquals(List.of(), fund.quarantined());
        return fund.evening();
    }
}

package etal.hub.orders;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.core.Status;
import etal.hub.orders.Correction.Outcome;
import etal.hub.reconcile.Reconciliation;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.protocol.card.Balances;
import etal.protocol.card.Deltas;
import etal.protocol.card.order.CardOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator puts a mistake right, up or down: within bounds, once for each note, and in the books when the card has taken it. */
class CorrectionTest {
    private final TestFund fund = new TestFund();
    private final TestCard card = fund.cards.getFirst();

    CorrectionTest() throws Exception {
        fund.three.load(card, fund.token());
        fund.syncAll();
    }

    @Test
    void a_correction_downwards_counts_once_the_card_has_taken_it() throws Exception {
        assertEquals(new Outcome.Issued(1), correct(-2_500, 0, "loaded twice in March"));
        assertEquals(15_000, fund.balance("4672A"), "nothing moves yet");
        CardOrder.Add add = assertInstanceOf(CardOrder.Add.class, fund.order(card));
        assertEquals(CardOrder.Reason.CORRECTION, add.reason());
        fund.five.take(card, add);
        evening(0);
        assertEquals(12_500, fund.balance("4672A"));
        assertEquals(new Balances(12_500, 0, 0), card.balances());
    }

    @Test
    void a_correction_upwards_is_granted_at_once_and_waits_as_a_right() throws Exception {
        correct(-3_000, 0, "counts against the other");
        assertEquals(new Outcome.Issued(2), correct(2_000, 700, "stall 3 rang up twice"));
        assertEquals(2 * 15_000 + 2_700, fund.balance("4671"));
        List<CardOrder> orders = fund.orders(card);
        // In the other order than that of their numbers.
        fund.five.take(card, orders.get(1));
        fund.five.take(card, orders.get(0));
        evening(0);
        assertEquals(new Balances(14_000, 700, 0), card.balances());
        assertEquals(700, fund.balance("4672B"));
    }

    @Test
    void the_same_note_for_the_same_card_is_the_same_correction() throws Exception {
        correct(-500, 0, "a note");
        assertEquals(new Outcome.Issued(1), correct(-500, 0, "a note"));
        Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, correct(-600, 0, "a note"));
        assertTrue(refused.sentence().contains("another correction"), refused::sentence);
        assertEquals(1, fund.count("card_order"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, a correction is of 1 to 150000",
        "150001, 0, a correction is of 1 to 150000",
        "0, -150001, a correction is of 1 to 150000",
    })
    void a_correction_has_a_bound(long allocation, long bonus, String sentence) throws Exception {
        Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, correct(allocation, bonus, "a note"));
        assertTrue(refused.sentence().startsWith(sentence), refused::sentence);
        assertEquals(0, fund.count("card_order"));
    }

    @Test
    void no_more_is_issued_than_a_card_can_take_in_any_order_and_nothing_to_a_lost_one() throws Exception {
        for (int i = 0; i < 60; i++) {
            assertEquals(new Outcome.Issued(i + 1), correct(-1, 0, "note " + i));
        }
        assertInstanceOf(Outcome.Refused.class, correct(-1, 0, "one more"));
        assertEquals(60, fund.orders(card).size());
        Correction stranger = new Correction(new byte[8], new Deltas(-1, 0, 0), "a note", "A. Operator");
        assertEquals(new Outcome.Refused("the fund has no such card"), fund.hub.correct(stranger));
    }

    @Test
    void what_waits_is_listed_with_its_age_and_counted() throws Exception {
        correct(-500, 0, "a note");
        correct(-600, 0, "another note");
        fund.five.take(card, fund.orders(card).getFirst());
        fund.three.sell(card, vegetables(100));
        Reconciliation evening = evening(1);
        OpenOrder open = evening.orders().getFirst();
        assertEquals("ADD", open.kind());
        assertEquals(2, open.number());
        assertEquals("2025-04-02", open.issued());
        assertEquals(0, open.ageDays());
        assertEquals(new Status.Orders(2, 1, 0), fund.hub.status().orders());
    }

    private Outcome correct(long allocation, long bonus, String note) throws Exception {
        return fund.hub.correct(new Correction(card.id(), new Deltas(allocation, bonus, 0), note, "A. Operator"));
    }

    private Reconciliation evening(int open) throws Exception {
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        fund.syncAll();
        Reconciliation evening = fund.evening();
        assertEquals(List.of(), evening.differences());
        assertEquals(open, evening.orders().size());
        return evening;
    }
}

package etal.terminal.sale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import etal.port.Signal;
import etal.protocol.ledger.Body;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The table "One payment: what is seen, what is done", row by row, with the real applet.
 *
 * <pre>
 * till                         card
 *  |-- SELECT, STATE ---------->|   counter n0
 *  |   intention durable        |
 *  |-- DEBIT ------------------>|   record n0+1
 *  |            X<-- answer ----|   lost: in doubt
 *  |-- SELECT, STATE ---------->|   the same card again
 *  |-- READ LOG n0+1 ---------->|   decides
 * </pre>
 */
class DoubtTest {
    private static final Wanted CHEESE = new Wanted("cheese", 1);

    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);
    private final TestCard card = new TestCard(fund.card(1));

    @Test
    void a_refusal_by_status_word_is_abandoned_and_the_next_try_has_a_new_number() {
        awaitCard("b1");
        card.on(TestCard.DEBIT, (chip, apdu) -> new byte[] {0x69, (byte) 0xC2});
        market.tap(card);

        assertEquals(BasketState.REFUSED, state("b1"));
        assertEquals(List.of(new Body.Abandoned(1, Body.Abandoned.REFUSED_BY_CARD)), abandoned());

        awaitAgain("b1");
        market.tap(card);
        assertEquals(BasketState.PAID, state("b1"));
        assertEquals(2, market.bodies(Body.Sale.class).getFirst().sale());
    }

    @Test
    void an_answer_that_proves_nothing_is_in_doubt_and_its_bytes_are_kept() {
        awaitCard("b1");
        byte[] nonsense = new byte[148];
        nonsense[146] = (byte) 0x90;
        card.on(TestCard.DEBIT, (chip, apdu) -> nonsense);
        market.tap(card);

        assertEquals(BasketState.IN_DOUBT, state("b1"));
        assertArrayEquals(nonsense, market.bodies(Body.InDoubt.class).getFirst().answer());
    }

    @Test
    void the_word_of_a_refusal_behind_other_bytes_proves_nothing() {
        awaitCard("b1");
        card.on(TestCard.DEBIT, (chip, apdu) -> {
            byte[] answer = chip.transmit(apdu);
            answer[answer.length - 2] = 0x69;
            answer[answer.length - 1] = (byte) 0xC1;
            return answer;
        });
        market.tap(card);
        assertEquals(BasketState.IN_DOUBT, state("b1"));

        market.tap(card);
        assertSoldOnce("b1", 1);
    }

    @Test
    void not_debited_and_open_is_sent_again_with_the_same_number() {
        inDoubtNotDebited("b1");
        market.tap(card);

        assertEquals(List.of(0xA4, 0x10, 0x14), lastInstructions(3));
        assertSoldOnce("b1", 1);
    }

    @Test
    void not_debited_and_kept_is_sent_again() {
        inDoubtNotDebited("b1");
        market.stall().giveUp("b1", true);
        market.tap(card);

        assertSoldOnce("b1", 1);
    }

    @Test
    void not_debited_and_undone_is_never_sent_again() {
        inDoubtNotDebited("b1");
        market.stall().giveUp("b1", false);
        card.takeInstructions();
        market.tap(card);

        assertFalse(card.takeInstructions().contains(TestCard.DEBIT));
        assertEquals(BasketState.ABANDONED, state("b1"));
        assertEquals(List.of(new Body.Abandoned(1, Body.Abandoned.GIVEN_UP_UNDONE)), abandoned());
        assertEquals(List.of(), market.bodies(Body.RefundRequest.class));
    }

    @Test
    void debited_and_open_is_the_sale_that_was_meant() {
        inDoubtDebited("b1");
        market.tap(card);

        assertSoldOnce("b1", 1);
        assertFalse(lastInstructions(4).contains(TestCard.DEBIT), "the record alone decides");
    }

    @Test
    void debited_and_kept_is_the_sale() {
        inDoubtDebited("b1");
        market.stall().giveUp("b1", true);
        assertEquals(BasketState.IN_DOUBT, state("b1"));
        market.tap(card);

        assertSoldOnce("b1", 1);
    }

    @Test
    void debited_and_undone_is_a_refund_request() {
        inDoubtDebited("b1");
        market.stall().giveUp("b1", false);
        market.tap(card);

        assertEquals(BasketState.ABANDONED, state("b1"));
        assertEquals(1, market.bodies(Body.RefundRequest.class).getFirst().sale());
        assertEquals(List.of(), market.bodies(Body.Sale.class));
        market.tap(card);
        assertEquals(1, market.bodies(Body.RefundRequest.class).size(), "once");
    }

    @Test
    void paid_in_cash_instead_is_undone_for_the_card() {
        inDoubtDebited("b1");
        market.stall().cash("b1");
        assertEquals(BasketState.PAID, state("b1"));
        market.tap(card);

        Body.Sale sale = market.bodies(Body.Sale.class).getFirst();
        assertEquals(2, sale.sale());
        assertEquals(null, sale.card());
        assertEquals(1, market.bodies(Body.RefundRequest.class).getFirst().sale());
    }

    @Test
    void another_record_in_its_place_means_that_it_can_never_be_debited() {
        inDoubtNotDebited("b1");
        TestTill other = TestTill.ready(fund, 4);
        pay(other, "elsewhere");
        market.tap(card);

        assertEquals(List.of(new Body.Abandoned(1, Body.Abandoned.OTHER_RECORD)), abandoned());
        assertSoldOnce("b1", 2);
    }

    @Test
    void a_record_no_longer_in_the_ring_stays_in_doubt_and_blocks_only_its_basket() {
        inDoubtDebited("b1");
        TestTill other = TestTill.ready(fund, 4);
        for (int payment = 0; payment < 16; payment++) {
            pay(other, "elsewhere-" + payment);
        }
        awaitCard("b2");
        market.tap(card);

        assertEquals(BasketState.IN_DOUBT, state("b1"));
        assertEquals(BasketState.PAID, state("b2"));
        assertEquals(2, market.bodies(Body.Sale.class).getFirst().sale());
    }

    @Test
    void a_card_that_went_back_is_refused_and_the_evidence_kept() {
        inDoubtDebited("b1");
        TestCard rolledBack = new TestCard(fund.card(1));
        market.tap(rolledBack);
        market.tap(rolledBack);

        assertEquals(BasketState.IN_DOUBT, state("b1"));
        assertFalse(rolledBack.takeInstructions().contains(TestCard.DEBIT));
        List<Body.TechnicalEvent> alerts = market.bodies(Body.TechnicalEvent.class).stream()
                .filter(event -> event.code() == Body.TechnicalEvent.CARD_ROLLED_BACK)
                .toList();
        assertEquals(1, alerts.size(), "once, however often the card is shown");
    }

    @Test
    void nothing_is_sent_to_another_card() {
        inDoubtDebited("b1");
        awaitAgain("b1");
        TestCard another = new TestCard(fund.card(2));
        market.tap(another);

        assertFalse(another.takeInstructions().contains(TestCard.DEBIT));
        assertEquals(BasketState.IN_DOUBT, state("b1"));
        assertEquals("another-card", market.look("b1").said().key());
    }

    @Test
    void while_one_basket_is_in_doubt_another_card_pays_the_next() {
        inDoubtDebited("b1");
        awaitCard("b2");
        market.tap(new TestCard(fund.card(2)));

        assertEquals(BasketState.PAID, state("b2"));
        market.tap(card);
        assertEquals(BasketState.PAID, state("b1"));
        assertEquals(List.of(2L, 1L), sales());
    }

    @Test
    void one_tap_decides_the_old_basket_and_pays_the_new() {
        inDoubtDebited("b1");
        awaitCard("b2");
        market.tap(card);

        assertEquals(BasketState.PAID, state("b1"));
        assertEquals(BasketState.PAID, state("b2"));
    }

    @Test
    void the_light_is_not_green_for_a_basket_whose_card_left_after_an_older_one() {
        inDoubtNotDebited("b1");
        awaitCard("b2");
        List<String> printed = new ArrayList<>();
        market.stall().onPaid(basket -> printed.add(basket.key()));
        card.on(TestCard.DEBIT, (chip, apdu) -> {
            byte[] answer = chip.transmit(apdu);
            card.goneBefore(0xA4);
            return answer;
        });
        market.tap(card);

        assertEquals(BasketState.PAID, state("b1"));
        assertEquals(BasketState.AWAITING_CARD, state("b2"));
        assertFalse(market.signal.takeShown().contains(Signal.Outcome.PAID));
        assertEquals(List.of("b1"), printed);
    }

    @Test
    void an_older_sale_decided_by_the_same_tap_has_its_receipt_too() {
        inDoubtDebited("b1");
        awaitCard("b2");
        List<String> printed = new ArrayList<>();
        market.stall().onPaid(basket -> printed.add(basket.key()));
        market.tap(card);

        assertEquals(List.of("b1", "b2"), printed);
    }

    @Test
    void a_refusal_of_an_older_payment_leaves_the_basket_in_hand_waiting() {
        inDoubtNotDebited("b1");
        awaitCard("b2");
        card.on(TestCard.DEBIT, (chip, apdu) -> new byte[] {0x69, (byte) 0xC2});
        market.tap(card);
        assertEquals(BasketState.REFUSED, state("b1"));

        market.tap(card);

        assertEquals(BasketState.PAID, state("b2"));
    }

    private void inDoubtDebited(String key) {
        awaitCard(key);
        card.answerLost(TestCard.DEBIT);
        market.tap(card);
        assertEquals(BasketState.IN_DOUBT, state(key));
    }

    private void inDoubtNotDebited(String key) {
        awaitCard(key);
        card.goneBefore(TestCard.DEBIT);
        market.tap(card);
        assertEquals(BasketState.IN_DOUBT, state(key));
    }

    private void pay(TestTill till, String key) {
        till.ringUp(key, new Wanted("milk", 1));
        till.stall().awaitCard(key);
        till.tap(card);
        assertEquals(BasketState.PAID, till.look(key).state());
    }

    private void awaitCard(String key) {
        market.ringUp(key, CHEESE);
        awaitAgain(key);
    }

    private void awaitAgain(String key) {
        TestTill.basket(market.stall().awaitCard(key));
    }

    private BasketState state(String key) {
        return market.look(key).state();
    }

    private List<Body.Abandoned> abandoned() {
        return market.bodies(Body.Abandoned.class);
    }

    private List<Long> sales() {
        return market.bodies(Body.Sale.class).stream().map(Body.Sale::sale).toList();
    }

    private List<Integer> lastInstructions(int count) {
        List<Integer> all = new ArrayList<>(card.takeInstructions());
        return all.subList(all.size() - count, all.size());
    }

    private void assertSoldOnce(String key, long sale) {
        assertEquals(BasketState.PAID, state(key));
        assertEquals(List.of(sale), sales());
    }
}

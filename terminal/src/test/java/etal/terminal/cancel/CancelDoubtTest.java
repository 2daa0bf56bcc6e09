package etal.terminal.cancel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import etal.protocol.ledger.Body;
import etal.terminal.basket.BasketState;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestTill;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The table of one payment, row by row, read for a cancellation: what is unknown is whether the card has taken back.
 *
 * <pre>
 * till                         card
 *  |-- SELECT, STATE ----------&gt;|   counter n0
 *  |   intention durable        |
 *  |-- CANCEL -----------------&gt;|   record n0+1
 *  |            X&lt;-- answer ----|   lost: in doubt
 *  |-- SELECT, STATE ----------&gt;|   the same card again
 *  |-- READ LOG n0+1 ----------&gt;|   decides
 * </pre>
 */
class CancelDoubtTest {
    private final SoldStall stall = SoldStall.ready();

    @Test
    void a_refusal_by_status_word_leaves_the_sale_as_it_is_and_can_be_tried_again() {
        stall.cancel(1);
        stall.card.on(SoldStall.CANCEL, (chip, apdu) -> new byte[] {0x69, (byte) 0xC2});
        stall.tap();

        stall.assertStands();
        assertEquals("cancel-bonus-spent", stall.said());
        assertEquals(List.of(new Body.Abandoned(1, Body.Abandoned.REFUSED_BY_CARD, true)), abandoned());
        stall.cancel(1);
        stall.tap();
        stall.assertCancelledOnce();
    }

    @Test
    void an_answer_that_proves_nothing_is_in_doubt_and_its_bytes_are_kept() {
        stall.cancel(1);
        byte[] nonsense = new byte[148];
        nonsense[146] = (byte) 0x90;
        stall.card.on(SoldStall.CANCEL, (chip, apdu) -> nonsense);
        stall.tap();

        assertEquals(BasketState.CANCEL_IN_DOUBT, stall.state("b1"));
        Body.InDoubt doubt = stall.till.bodies(Body.InDoubt.class).getFirst();
        assertEquals(true, doubt.cancelling());
        assertArrayEquals(nonsense, doubt.answer());
    }

    @Test
    void not_taken_back_and_open_is_sent_again() {
        inDoubt(false);
        stall.tap();

        stall.assertCancelledOnce();
        assertEquals(List.of(0xA4, 0x10, SoldStall.CANCEL), last(3));
    }

    @Test
    void not_taken_back_and_given_up_is_never_sent_again() {
        inDoubt(false);
        assertEquals(BasketState.PAID, stall.keep().state());
        stall.card.takeInstructions();
        stall.tap();
        stall.tap();

        assertFalse(stall.card.takeInstructions().contains(SoldStall.CANCEL));
        stall.assertStands();
        assertEquals(List.of(new Body.Abandoned(1, Body.Abandoned.GIVEN_UP_UNDONE, true)), abandoned());
    }

    @Test
    void given_up_and_wished_again_is_a_new_try() {
        inDoubt(false);
        stall.keep();
        stall.cancel(1);
        stall.tap();

        stall.assertCancelledOnce();
    }

    @Test
    void taken_back_and_open_is_the_cancellation_that_was_meant() {
        inDoubt(true);
        stall.tap();

        stall.assertCancelledOnce();
        assertFalse(last(4).contains(SoldStall.CANCEL), "the record alone decides");
    }

    @Test
    void taken_back_and_given_up_is_the_cancellation_all_the_same() {
        inDoubt(true);
        stall.keep();
        stall.assertStands();
        stall.tap();

        stall.assertCancelledOnce();
        stall.tap();
        assertEquals(1, stall.cancellations().size(), "once");
    }

    @Test
    void taken_back_given_up_and_wished_again_is_one_cancellation() {
        inDoubt(true);
        stall.keep();
        stall.cancel(1);
        stall.tap();

        stall.assertCancelledOnce();
    }

    @Test
    void another_record_in_its_place_means_that_it_never_happened() {
        inDoubt(false);
        stall.pay(TestTill.ready(stall.fund, 4), "elsewhere");
        stall.tap();

        stall.assertStands();
        assertEquals("cancel-not-done", stall.said());
        assertEquals(List.of(new Body.Abandoned(1, Body.Abandoned.OTHER_RECORD, true)), abandoned());
        stall.cancel(1);
        stall.tap();
        assertEquals(BasketState.CANCELLED, stall.state("b1"));
    }

    @Test
    void a_record_no_longer_in_the_ring_stays_in_doubt_and_blocks_nothing() {
        inDoubt(true);
        TestTill other = TestTill.ready(stall.fund, 4);
        for (int payment = 0; payment < 16; payment++) {
            stall.pay(other, "elsewhere-" + payment);
        }
        stall.pay(stall.till, "b2");

        assertEquals(BasketState.CANCEL_IN_DOUBT, stall.state("b1"));
        assertEquals(List.of(), stall.cancellations());
    }

    @Test
    void nothing_is_sent_to_another_card() {
        inDoubt(true);
        stall.cancel(1);
        TestCard another = new TestCard(stall.fund.card(2));
        stall.till.tap(another);

        assertFalse(another.takeInstructions().contains(SoldStall.CANCEL));
        assertEquals("another-card", stall.said());
        stall.tap();
        stall.assertCancelledOnce();
    }

    @Test
    void while_it_is_in_doubt_the_next_basket_is_paid_by_any_card() {
        inDoubt(true);
        stall.till.ringUp("b2", SoldStall.CHEESE);
        stall.till.stall().awaitCard("b2");
        stall.till.tap(new TestCard(stall.fund.card(2)));

        assertEquals(BasketState.PAID, stall.state("b2"));
        assertEquals(BasketState.CANCEL_IN_DOUBT, stall.state("b1"));
        stall.tap();
        stall.assertCancelledOnce();
    }

    @Test
    void one_tap_decides_the_cancellation_and_pays_the_next_basket() {
        inDoubt(false);
        stall.till.ringUp("b2", SoldStall.CHEESE);
        stall.till.stall().awaitCard("b2");
        stall.tap();

        stall.assertCancelledOnce();
        assertEquals(BasketState.PAID, stall.state("b2"));
    }

    @Test
    void a_payment_in_doubt_and_a_cancellation_of_the_same_card_are_both_decided() {
        stall.till.ringUp("b2", SoldStall.CHEESE);
        stall.till.stall().awaitCard("b2");
        stall.card.answerLost(TestCard.DEBIT);
        stall.tap();
        assertEquals(BasketState.IN_DOUBT, stall.state("b2"));
        stall.cancel(1);
        stall.tap();

        assertEquals(BasketState.PAID, stall.state("b2"));
        assertEquals(BasketState.CANCELLED, stall.state("b1"));
    }

    @Test
    void a_card_that_went_back_is_refused_and_sent_nothing() {
        inDoubt(true);
        TestCard rolledBack = new TestCard(stall.fund.card(1));
        stall.till.tap(rolledBack);

        assertFalse(rolledBack.takeInstructions().contains(SoldStall.CANCEL));
        assertEquals(BasketState.CANCEL_IN_DOUBT, stall.state("b1"));
    }

    @Test
    void after_a_restart_what_was_open_is_in_doubt_before_anything_is_sold() {
        stall.cancel(1);
        stall.card.on(SoldStall.CANCEL, (chip, apdu) -> {
            chip.transmit(apdu);
            throw new PlugPulled();
        });
        try {
            stall.tap();
        } catch (PlugPulled pulled) {
            stall.card.withdrawn();
        }
        stall.till.restart();

        assertEquals(BasketState.CANCEL_IN_DOUBT, stall.state("b1"));
        assertEquals(true, ((Body.InDoubt) stall.till.bodies().getLast()).cancelling());
        stall.tap();
        stall.assertCancelledOnce();
    }

    private void inDoubt(boolean takenBack) {
        stall.cancel(1);
        if (takenBack) {
            stall.card.answerLost(SoldStall.CANCEL);
        } else {
            stall.card.goneBefore(SoldStall.CANCEL);
        }
        stall.tap();
        assertEquals(BasketState.CANCEL_IN_DOUBT, stall.state("b1"));
    }

    private List<Body.Abandoned> abandoned() {
        return stall.till.bodies(Body.Abandoned.class);
    }

    private List<Integer> last(int count) {
        List<Integer> all = stall.card.takeInstructions();
        return all.subList(all.size() - count, all.size());
    }

    /** The plug is pulled in the middle of an event: nothing after it happens. */
    private static final class PlugPulled extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}

package etal.terminal.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.card.CardRecord;
import etal.protocol.card.CardRecord.Tag;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestOrders;
import etal.terminal.main.TestTill;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same voucher lies at every stall: the card takes it once, and its record reaches the hub whatever is lost. */
class TwoStallsTest {
    private static final int VOUCHER = 0x1C;

    private final TestFund fund = new TestFund();
    private final TestOrders hub = new TestOrders(fund);
    private final TestTill goats = TestTill.ready(fund, 3);
    private final TestTill bread = TestTill.ready(fund, 4);
    private final TestCard card = new TestCard(fund.card(1));

    @BeforeEach
    void the_same_voucher_at_both() {
        hub.publish(goats, hub.add(1, 1, 450));
        hub.publish(bread, hub.add(1, 1, 450));
    }

    @Test
    void the_card_takes_it_once() {
        pay(goats, "b1");
        pay(bread, "b1");
        goats.tap(card);
        bread.tap(card);

        assertEquals(1, vouchersSent());
        assertEquals(List.of(Tag.LOAD, Tag.ADDED), CarriedRecords.tags(goats, 1));
        assertTrue(CarriedRecords.here(bread, 1).isEmpty());
    }

    @Test
    void a_record_made_at_one_is_carried_by_the_other_once_and_sealed() {
        goats.tap(card);
        bread.tap(card);
        bread.tap(card);
        pay(bread, "b1");

        assertEquals(List.of(Tag.LOAD, Tag.ADDED), tags(CarriedRecords.fromElsewhere(bread, fund, 1)));
        assertEquals(1, vouchersSent());
    }

    @Test
    void an_answer_lost_at_one_and_the_next_tap_at_the_other() {
        card.answerLost(VOUCHER);
        goats.tap(card);
        pay(bread, "b1");

        assertEquals(List.of(Tag.LOAD), CarriedRecords.tags(goats, 1));
        assertEquals(List.of(Tag.LOAD, Tag.ADDED), tags(CarriedRecords.fromElsewhere(bread, fund, 1)));
        assertEquals(1, vouchersSent());
    }

    @Test
    void an_answer_lost_at_one_then_another_order_lost_at_the_other() {
        hub.publish(bread, hub.add(1, 1, 450), hub.add(1, 2, 100));
        card.answerLost(VOUCHER);
        goats.tap(card);
        card.answerLost(VOUCHER);
        bread.tap(card);
        bread.tap(card);

        assertEquals(
                List.of(Tag.LOAD, Tag.ADDED),
                tags(CarriedRecords.fromElsewhere(bread, fund, 1)),
                "the first, before the second was shown");
        assertEquals(List.of(Tag.ADDED), CarriedRecords.tags(bread, 1));
        assertEquals(2, vouchersSent());
    }

    @Test
    void two_answers_lost_at_two_stalls_are_both_brought_by_a_third() {
        TestTill honey = TestTill.ready(fund, 5);
        pay(goats, "b1");
        hub.publish(goats, hub.add(1, 2, 200));
        hub.publish(bread, hub.set(1, 2, 20_000));
        hub.publish(honey, hub.set(1, 2, 20_000), hub.add(1, 2, 200));
        card.answerLost(VOUCHER);
        goats.tap(card);
        card.answerLost(VOUCHER);
        // The other stall has not heard of the first order, and nothing there tells that it was lost.
        bread.tap(card);
        pay(honey, "b1");

        assertEquals(List.of(Tag.ADDED, Tag.SET), tags(CarriedRecords.fromElsewhere(honey, fund, 1)));
    }

    @Test
    void a_load_and_a_voucher_lost_one_after_the_other_are_both_brought_home() {
        card.answerLost(TestCard.LOAD);
        goats.tap(card);
        card.answerLost(VOUCHER);
        goats.tap(card);
        goats.tap(card);

        List<CardRecord> carried = CarriedRecords.here(goats, 1);
        assertEquals(List.of(Tag.LOAD, Tag.ADDED), tags(carried));
        assertEquals(List.of(1L, 2L), carried.stream().map(CardRecord::counter).toList());
    }

    private static List<Tag> tags(List<CardRecord> records) {
        return records.stream().map(CardRecord::tag).toList();
    }

    private long vouchersSent() {
        return card.takeInstructions().stream().filter(sent -> sent == VOUCHER).count();
    }

    private void pay(TestTill till, String key) {
        till.ringUp(key, new Wanted("cheese", 1));
        till.stall().awaitCard(key);
        till.tap(card);
        assertEquals(BasketState.PAID, till.look(key).state());
    }
}

package etal.terminal.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.Signal;
import etal.protocol.card.CardRecord;
import etal.protocol.card.CardRecord.Tag;
import etal.protocol.ledger.Body;
import etal.protocol.sync.DenyList;
import etal.protocol.sync.Document;
import etal.protocol.sync.Topics;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestOrders;
import etal.terminal.main.TestTill;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A lost card is ended by the first stall it comes to, and tells with its last word what it still held.
 * <pre>
 *  terminal                                  card
 *     |-- SELECT, STATE ---------------------->|
 *     |   (undecided payments are decided)     |
 *     |-- BLOCK ------------------------------>|
 *     |<------------ EB: balances, signed -----|  the replacement gets these
 * </pre>
 */
class BlockedCardTest {
    private static final int BLOCK = 0x1E;
    private static final int SELECT = 0xA4;

    private final TestFund fund = new TestFund();
    private final TestOrders hub = new TestOrders(fund);
    private final TestTill goats = TestTill.ready(fund, 3);
    private final TestTill bread = TestTill.ready(fund, 4);
    private final TestCard card = new TestCard(fund.card(1));

    @Test
    void it_pays_no_more_and_its_last_record_tells_what_it_held() {
        pay(goats, "b1");
        hub.publish(goats, hub.block(1), hub.add(1, 1, 450), hub.set(1, 2, 20_000));
        await(goats, "b2");
        card.takeInstructions();
        goats.tap(card);

        List<Integer> sent = card.takeInstructions();
        assertEquals(BLOCK, sent.getLast(), "nothing but the block order: " + sent);
        assertEquals(BasketState.REFUSED, goats.look("b2").state());
        assertEquals("card-blocked", goats.look("b2").said().key());
        CardRecord last = CarriedRecords.here(goats, 1).getLast();
        assertEquals(Tag.BLOCKED, last.tag());
        assertEquals(TestFund.ALLOCATION_CENTS - 450, last.after().allocation());
    }

    @Test
    void a_mere_tap_is_enough_and_the_light_says_no() {
        hub.publish(goats, hub.block(1));
        goats.signal.takeShown();
        goats.tap(card);

        assertEquals(List.of(Tag.BLOCKED), CarriedRecords.tags(goats, 1));
        assertTrue(goats.signal.takeShown().contains(Signal.Outcome.REFUSED));
    }

    @Test
    void it_is_refused_wherever_it_comes_also_where_nobody_knows_of_the_order() {
        hub.publish(goats, hub.block(1));
        goats.tap(card);
        await(bread, "b1");
        bread.tap(card);

        assertEquals("card-blocked", bread.look("b1").said().key());
        assertFalse(card.takeInstructions().contains(TestCard.DEBIT));
    }

    @Test
    void its_last_record_is_carried_once_by_whoever_meets_it_also_where_nobody_knows_of_the_order() {
        hub.publish(goats, hub.block(1));
        goats.tap(card);
        await(bread, "b1");
        bread.tap(card);
        bread.stall().awaitCard("b1");
        bread.tap(card);

        List<Tag> carried = CarriedRecords.fromElsewhere(bread, fund, 1).stream()
                .map(CardRecord::tag)
                .toList();
        assertEquals(List.of(Tag.BLOCKED), carried);
    }

    @Test
    void the_basket_waits_for_another_card() {
        hub.publish(goats, hub.block(1));
        await(goats, "b1");
        goats.tap(card);
        goats.tap(new TestCard(fund.card(2)));

        assertEquals(BasketState.PAID, goats.look("b1").state());
    }

    @Test
    void a_denied_card_is_blocked_too_and_one_without_order_is_asked_for_nothing() {
        deny(goats);
        await(goats, "b1");
        goats.tap(card);
        assertEquals(List.of(SELECT), card.takeInstructions());
        assertEquals("card-denied", goats.look("b1").said().key());

        hub.publish(goats, hub.block(1));
        goats.tap(card);
        assertEquals("card-blocked", goats.look("b1").said().key());
        assertEquals(List.of(Tag.BLOCKED), CarriedRecords.tags(goats, 1));
    }

    @Test
    void what_it_had_paid_before_is_still_the_producers() {
        await(goats, "b1");
        card.answerLost(TestCard.DEBIT);
        goats.tap(card);
        hub.publish(goats, hub.block(1));
        await(goats, "b2");
        goats.tap(card);

        assertEquals(BasketState.PAID, goats.look("b1").state());
        assertEquals("card-blocked", goats.look("b2").said().key());
        assertEquals(List.of(Tag.LOAD, Tag.BLOCKED), CarriedRecords.tags(goats, 1), "the sale stands between the two");
    }

    @Test
    void kept_goods_that_it_had_not_paid_are_closed_by_its_last_record() {
        await(goats, "b1");
        card.goneBefore(TestCard.DEBIT);
        goats.tap(card);
        goats.stall().giveUp("b1", true);
        hub.publish(goats, hub.block(1));
        card.takeInstructions();
        goats.tap(card);

        assertFalse(card.takeInstructions().contains(TestCard.DEBIT));
        assertEquals(List.of(new Body.Abandoned(1, Body.Abandoned.OTHER_RECORD)), goats.bodies(Body.Abandoned.class));
        assertEquals(List.of(Tag.LOAD, Tag.BLOCKED), CarriedRecords.tags(goats, 1));
    }

    @Test
    void a_last_word_that_was_lost_is_read_from_the_ring_by_the_same_stall() {
        hub.publish(goats, hub.block(1));
        card.answerLost(BLOCK);
        goats.tap(card);
        assertTrue(CarriedRecords.here(goats, 1).isEmpty());

        goats.tap(card);
        goats.tap(card);
        assertEquals(List.of(Tag.BLOCKED), CarriedRecords.tags(goats, 1));
    }

    @Test
    void or_by_any_other_that_still_has_the_order_once() {
        hub.publish(goats, hub.block(1));
        hub.publish(bread, hub.block(1));
        card.answerLost(BLOCK);
        goats.tap(card);
        bread.tap(card);
        bread.tap(card);
        await(bread, "b1");
        bread.tap(card);

        List<CardRecord> brought = CarriedRecords.fromElsewhere(bread, fund, 1);
        assertEquals(List.of(Tag.BLOCKED), brought.stream().map(CardRecord::tag).toList());
        assertEquals(3, brought.getFirst().terminal());
        assertTrue(CarriedRecords.here(bread, 1).isEmpty());
    }

    private void deny(TestTill till) {
        byte[] list = DenyList.of(List.of(TestFund.cardId(1))).encode();
        till.link.deliver(Topics.doc(1, Document.DENY, 1), fund.document(Document.DENY, 1, list));
        till.loop.runUntilIdle();
    }

    private static void await(TestTill till, String key) {
        till.ringUp(key, new Wanted("cheese", 1));
        till.stall().awaitCard(key);
    }

    private void pay(TestTill till, String key) {
        await(till, key);
        till.tap(card);
        assertEquals(BasketState.PAID, till.look(key).state());
    }
}

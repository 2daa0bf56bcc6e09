package etal.terminal.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.card.CardRecord.Tag;
import etal.protocol.card.Deltas;
import etal.protocol.card.order.CardOrder;
import etal.protocol.ledger.Body;
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
 * What the hub has for a card reaches it at its next tap, wherever that is, before it pays.
 * <pre>
 *  hub            terminal                            card
 *   |-- orders-N ---->|
 *   |-- keys -------->|
 *                     |-- SELECT, STATE --------------->|  key generation; record, entitlement, voucher window
 *                     |-- KEY UPDATE, at most two ------>|
 *                     |-- VOUCHER: SET ----------------->|  the new amount speaks from this load on
 *                     |-- LOAD ------------------------->|
 *                     |-- VOUCHER: ADD, at most two ---->|  after the load, which lets expire what is above "keep"
 *                     |-- DEBIT ------------------------>|  planned with what the card then holds
 * </pre>
 */
class HandOverTest {
    private static final int SELECT = 0xA4;
    private static final int STATE = 0x10;
    private static final int INTRODUCE = 0x12;
    private static final int READ_LOG = 0x16;
    private static final int VOUCHER = 0x1C;
    private static final int KEY_UPDATE = 0x20;

    private final TestFund fund = new TestFund();
    private final TestOrders hub = new TestOrders(fund);
    private final TestTill goats = TestTill.ready(fund, 3);
    private final TestCard card = new TestCard(fund.card(1));

    @Test
    void keys_entitlement_month_and_money_in_this_order_and_then_the_payment() {
        hub.publish(goats, hub.add(1, 1, 450), hub.set(1, 2, 20_000));
        hub.publishKeys(goats, hub.update(2));
        pay(goats, "b1");

        assertEquals(
                List.of(SELECT, STATE, INTRODUCE, STATE, KEY_UPDATE, VOUCHER, TestCard.LOAD, VOUCHER, TestCard.DEBIT),
                card.takeInstructions());
        List<CardRecord> carried = CarriedRecords.here(goats, 1);
        assertEquals(
                List.of(Tag.SET, Tag.LOAD, Tag.ADDED),
                carried.stream().map(CardRecord::tag).toList());
        assertEquals(
                new Balances(20_450, 0, 0), carried.getLast().after(), "the new amount loaded, and the voucher on top");
        assertEquals(2, carried.getFirst().sale(), "the entitlement's version");
    }

    @Test
    void what_the_card_has_taken_is_not_shown_again_and_each_record_is_carried_once() {
        hub.publish(goats, hub.add(1, 1, 450), hub.set(1, 2, 20_000));
        hub.publishKeys(goats, hub.update(2));
        pay(goats, "b1");
        card.takeInstructions();
        pay(goats, "b2");
        pay(goats, "b3");

        List<Integer> sent = card.takeInstructions();
        assertFalse(sent.contains(VOUCHER) || sent.contains(KEY_UPDATE) || sent.contains(READ_LOG), sent.toString());
        assertEquals(3, CarriedRecords.here(goats, 1).size());
    }

    @Test
    void a_mere_tap_brings_what_waits_and_without_anything_waiting_asks_only_who_it_is() {
        goats.tap(card);
        assertEquals(List.of(SELECT), card.takeInstructions());

        hub.publish(goats, hub.add(1, 1, 450), hub.add(2, 1, 999));
        goats.tap(card);

        assertEquals(List.of(Tag.LOAD, Tag.ADDED), CarriedRecords.tags(goats, 1));
        assertEquals(15_450, CarriedRecords.here(goats, 1).getLast().after().allocation());
        hub.publish(goats);
        card.takeInstructions();
        goats.tap(card);
        assertEquals(List.of(SELECT), card.takeInstructions());
    }

    @Test
    void money_that_came_with_the_tap_pays_at_once() {
        pay(goats, "b1");
        hub.publish(goats, hub.add(1, 1, 100_000));
        goats.ringUp("b2", new Wanted("cheese", 100));
        goats.stall().awaitCard("b2");
        goats.tap(card);

        assertEquals(BasketState.PAID, goats.look("b2").state(), "450,00 of which the month had brought 150,00");
    }

    @Test
    void two_vouchers_a_tap_and_the_rest_at_the_next_ones() {
        pay(goats, "b1");
        hub.publish(
                goats,
                hub.add(1, 5, 500),
                hub.add(1, 4, 400),
                hub.add(1, 3, 300),
                hub.add(1, 2, 200),
                hub.add(1, 1, 100));
        pay(goats, "b2");
        assertEquals(List.of(1L, 2L), numbers());
        goats.tap(card);
        assertEquals(List.of(1L, 2L, 3L, 4L), numbers());
        pay(goats, "b3");
        pay(goats, "b4");
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), numbers());
    }

    @Test
    void a_refund_does_not_ask_for_the_load_cap_and_does_not_expire_with_the_load_of_the_same_tap() {
        // The cap is 1 500,00: the month alone stays below it, the member's own money is not the month's.
        hub.publish(goats, hub.add(1, 1, 149_000));
        pay(goats, "b1");

        assertEquals(List.of(Tag.LOAD, Tag.ADDED), CarriedRecords.tags(goats, 1));
        assertEquals(164_000, CarriedRecords.here(goats, 1).getLast().after().allocation());
        goats.link.deliver(Topics.doc(1, "any", 1), fund.period(TestFund.APRIL + 1));
        goats.loop.runUntilIdle();
        pay(goats, "b2");
        assertEquals(2, CarriedRecords.here(goats, 1).size(), "no load while there is no room");
    }

    @Test
    void a_correction_that_the_purse_cannot_bear_waits() {
        pay(goats, "b1");
        hub.publish(
                goats, hub.add(TestOrders.head(1, 1), 1, new Deltas(-14_551, 0, 0), hub.issuing()), hub.add(1, 2, 1));
        pay(goats, "b2");
        assertEquals(List.of(2L), numbers(), "14 551 less is one more than the card held");

        pay(goats, "b3");
        hub.publish(goats, hub.add(TestOrders.head(1, 1), 1, new Deltas(-100, 0, 0), hub.issuing()));
        pay(goats, "b4");
        assertEquals(List.of(2L, 1L), numbers());
    }

    @Test
    void an_order_signed_by_a_new_key_follows_the_update_that_brings_the_key() {
        hub.publishKeys(goats, hub.update(2));
        CardOrder.Head newSlot = new CardOrder.Head(1, TestFund.cardId(1), 1, TestFund.NOON_MILLIS / 1_000);
        hub.publish(goats, hub.add(newSlot, 1, new Deltas(450, 0, 0), hub.newIssuing()));
        pay(goats, "b1");

        assertEquals(List.of(Tag.LOAD, Tag.ADDED), CarriedRecords.tags(goats, 1));
    }

    @Test
    void a_card_from_the_drawer_takes_its_keys_two_a_tap() {
        hub.publishKeys(goats, hub.update(2), hub.update(3), hub.update(4));
        pay(goats, "b1");
        assertEquals(2, updatesSent());
        goats.tap(card);
        assertEquals(1, updatesSent());
        pay(goats, "b2");
        assertEquals(0, updatesSent());
    }

    @Test
    void orders_and_keys_are_kept_over_a_restart_and_a_newer_document_takes_them_away() {
        hub.publish(goats, hub.add(1, 1, 450));
        hub.publishKeys(goats, hub.update(2));
        goats.restart();
        pay(goats, "b1");
        assertEquals(List.of(Tag.LOAD, Tag.ADDED), CarriedRecords.tags(goats, 1));
        assertEquals(1, updatesSent());

        hub.publish(goats, hub.add(1, 2, 450));
        hub.publish(goats);
        goats.restart();
        pay(goats, "b2");
        assertEquals(2, CarriedRecords.here(goats, 1).size());
    }

    @Test
    void an_older_document_brought_again_does_not_come_back() {
        byte[] first = fund.document(
                etal.protocol.sync.Document.orders(shard()),
                1,
                etal.protocol.sync.CardOrders.of(shard(), List.of(hub.add(1, 1, 450)))
                        .encode());
        hub.publish(goats, hub.add(1, 1, 450));
        hub.publish(goats);
        goats.link.deliver(Topics.doc(1, "any", 1), first);
        goats.loop.runUntilIdle();
        pay(goats, "b1");

        assertEquals(List.of(Tag.LOAD), CarriedRecords.tags(goats, 1));
        assertTrue(goats.bodies(Body.TechnicalEvent.class).stream()
                .noneMatch(event -> event.code() == Body.TechnicalEvent.MESSAGE_REFUSED));
    }

    private static int shard() {
        return etal.protocol.sync.CardOrders.shardOf(TestFund.cardId(1));
    }

    private List<Long> numbers() {
        return CarriedRecords.here(goats, 1).stream()
                .filter(record -> record.tag() == Tag.ADDED)
                .map(CardRecord::sale)
                .toList();
    }

    private long updatesSent() {
        return card.takeInstructions().stream()
                .filter(sent -> sent == KEY_UPDATE)
                .count();
    }

    private void pay(TestTill till, String key) {
        till.ringUp(key, new Wanted("cheese", 1));
        till.stall().awaitCard(key);
        till.tap(card);
        assertEquals(BasketState.PAID, till.look(key).state());
    }
}

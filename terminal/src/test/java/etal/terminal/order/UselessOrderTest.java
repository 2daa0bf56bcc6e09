package etal.terminal.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.card.CardRecord.Tag;
import etal.protocol.card.Deltas;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.card.StatusWord;
import etal.protocol.card.order.CardOrder;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cose.P256;
import etal.protocol.ledger.Body;
import etal.protocol.sync.CardOrders;
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

/** Orders that no card should take, and answers that no card should give: the member pays all the same. */
class UselessOrderTest {
    private static final int VOUCHER = 0x1C;
    private static final int KEY_UPDATE = 0x20;

    /** A key that no card knows: TEST SECRET. */
    private static final byte[] STRANGER = TestFund.agreementScalar(77, 77);

    private final TestFund fund = new TestFund();
    private final TestOrders hub = new TestOrders(fund);
    private final TestTill goats = TestTill.ready(fund, 3);
    private final TestCard card = new TestCard(fund.card(1));

    @Test
    void one_that_the_issuing_key_has_not_signed_costs_one_refusal_and_the_hub_hears_of_it() {
        hub.publish(goats, badlySigned(1), hub.add(1, 2, 450));
        pay("b1");

        assertEquals(List.of(Tag.LOAD, Tag.ADDED), CarriedRecords.tags(goats, 1));
        assertEquals(1, refusals());
        card.takeInstructions();
        pay("b2");
        goats.tap(card);
        assertFalse(card.takeInstructions().contains(VOUCHER), "shown once, refused once");
        assertEquals(1, refusals());
    }

    @Test
    void a_block_order_that_the_issuing_key_has_not_signed_blocks_nothing_and_yet_nothing_is_sold_to_the_card() {
        hub.publish(goats, CardOrder.Block.sign(TestOrders.head(1, 1), message -> P256.sign(STRANGER, message)));
        goats.ringUp("b1", new Wanted("cheese", 1));
        goats.stall().awaitCard("b1");
        goats.tap(card);

        assertEquals("card-denied", goats.look("b1").said().key());
        assertEquals(1, refusals());
        hub.publish(goats);
        goats.stall().awaitCard("b1");
        goats.tap(card);
        assertEquals(BasketState.PAID, goats.look("b1").state());
    }

    @Test
    void a_document_with_an_order_of_another_fund_is_refused_whole_and_the_one_before_holds() {
        hub.publish(goats, hub.add(1, 1, 450));
        hub.publish(
                goats, hub.add(1, 2, 450), hub.add(TestOrders.head(1, 2), 3, new Deltas(99_999, 0, 0), hub.issuing()));
        pay("b1");

        assertEquals(List.of(Tag.LOAD, Tag.ADDED), CarriedRecords.tags(goats, 1));
        assertEquals(1, CarriedRecords.here(goats, 1).getLast().sale());
        assertEquals(1, events(Body.TechnicalEvent.MESSAGE_REFUSED));
    }

    @Test
    void a_document_that_lies_in_another_shards_place_is_refused() {
        int shard = CardOrders.shardOf(TestFund.cardId(1));
        byte[] content = CardOrders.of(shard, List.of(hub.add(1, 1, 450))).encode();
        String other = Document.orders((shard + 1) % CardOrders.SHARDS);
        goats.link.deliver(Topics.doc(1, other, 1), fund.document(other, 1, content));
        goats.loop.runUntilIdle();

        assertEquals(1, events(Body.TechnicalEvent.MESSAGE_REFUSED));
    }

    @Test
    void a_key_update_that_the_root_has_not_signed_reaches_no_card() {
        KeyUpdate update =
                KeyUpdate.sign(1, KeySlot.ISSUING_1, 2, hub.newKey(), message -> P256.sign(STRANGER, message));
        hub.publishKeys(goats, update);
        pay("b1");

        assertFalse(card.takeInstructions().contains(KEY_UPDATE));
        assertEquals(1, events(Body.TechnicalEvent.MESSAGE_REFUSED));
    }

    @Test
    void a_card_that_refuses_a_key_pays_all_the_same() {
        hub.publishKeys(goats, hub.update(2));
        card.on(KEY_UPDATE, (chip, apdu) -> word(StatusWord.BAD_TOKEN));
        pay("b1");

        assertEquals(1, refusals());
    }

    @Test
    void a_card_that_knows_nothing_of_vouchers_pays_all_the_same() {
        hub.publish(goats, hub.add(1, 1, 450), hub.set(1, 2, 20_000));
        card.on(VOUCHER, (chip, apdu) -> {
            card.on(VOUCHER, (again, bytes) -> word(StatusWord.UNKNOWN_INSTRUCTION));
            return word(StatusWord.UNKNOWN_INSTRUCTION);
        });
        pay("b1");

        assertEquals(List.of(Tag.LOAD), CarriedRecords.tags(goats, 1));
        assertEquals(2, refusals());
    }

    @Test
    void an_answer_that_proves_nothing_ends_the_tap_and_the_next_one_finds_the_money_there() {
        hub.publish(goats, hub.add(1, 1, 450));
        card.on(VOUCHER, (chip, apdu) -> {
            byte[] answer = chip.transmit(apdu);
            answer[30] ^= 1;
            return answer;
        });
        goats.ringUp("b1", new Wanted("cheese", 1));
        goats.stall().awaitCard("b1");
        goats.tap(card);
        assertEquals(BasketState.AWAITING_CARD, goats.look("b1").state());
        assertEquals("present-again", goats.look("b1").said().key());

        goats.tap(card);
        assertEquals(BasketState.PAID, goats.look("b1").state());
        assertEquals(List.of(Tag.LOAD, Tag.ADDED), CarriedRecords.tags(goats, 1));
        assertTrue(CarriedRecords.fromElsewhere(goats, fund, 1).isEmpty());
    }

    @Test
    void a_card_that_sends_nonsense_for_ever_is_asked_to_be_presented_again_and_never_charged() {
        hub.publish(goats, hub.add(1, 1, 450));
        goats.ringUp("b1", new Wanted("cheese", 1));
        goats.stall().awaitCard("b1");
        for (int i = 0; i < 3; i++) {
            card.on(VOUCHER, (chip, apdu) -> new byte[] {1, 2, 3, (byte) 0x90, 0});
            goats.tap(card);
            assertEquals(BasketState.AWAITING_CARD, goats.look("b1").state());
        }
        assertFalse(card.takeInstructions().contains(TestCard.DEBIT));
    }

    private CardOrder badlySigned(long number) {
        return hub.add(
                TestOrders.head(1, 1), number, new Deltas(99_999, 0, 0), message -> P256.sign(STRANGER, message));
    }

    private static byte[] word(int statusWord) {
        return new byte[] {(byte) (statusWord >> 8), (byte) statusWord};
    }

    private long refusals() {
        return events(Body.TechnicalEvent.ORDER_REFUSED);
    }

    private long events(int code) {
        return goats.bodies(Body.TechnicalEvent.class).stream()
                .filter(event -> event.code() == code)
                .count();
    }

    private void pay(String key) {
        goats.ringUp(key, new Wanted("cheese", 1));
        goats.stall().awaitCard(key);
        goats.tap(card);
        assertEquals(BasketState.PAID, goats.look(key).state());
    }
}

package etal.hub.orders;

import static etal.hub.world.TestFund.vegetables;
import static etal.hub.world.TestMonths.APRIL;
import static etal.hub.world.TestMonths.MAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.hub.world.TestMonths;
import etal.protocol.card.Balances;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.order.CardOrder;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.FundedLine;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A lost card is blocked by the first stall that sees it; its last record says to the cent what the card in its place gets.
 * <pre>
 *  members' list      hub                   a stall       lost card      card in its place
 *   | denied ------->  | deny list, block -> |             |
 *   |                  |                     | -- BLOCK -> |
 *   |                  | <-- EB, balances -- | <-- EB ---- |
 *   | replaces ----->  | ADD (transfer) ---> | -- VOUCHER ---------------> |
 *   |                  | <-- EA ------------ | <-------------------------- |
 * </pre>
 */
class ReplacementTest {
    private static final String RIGHTS = "4671";
    private static final String ON_CARD = "4672A";
    private static final List<FundedLine> LINES = List.of(vegetables(1_000));

    private final TestMonths world = new TestMonths();
    private final TestCard lost = world.fund.cards.getFirst();
    private final TestCard other = new TestCard(world.fund.authority, 21, from(MAY));

    ReplacementTest() throws Exception {
        world.opens(APRIL);
        world.loads(lost, APRIL);
        world.fund.five.sell(lost, vegetables(1_234));
    }

    @Test
    void what_the_lost_card_held_goes_to_the_card_in_its_place_to_the_cent_and_once() throws Exception {
        denied();
        CardOrder block = assertInstanceOf(CardOrder.Block.class, world.fund.order(lost));
        world.fund.three.take(lost, block);
        world.sync();
        assertEquals(List.of(), world.fund.orders(lost));
        assertEquals(13_766, world.balance(ON_CARD, lost), "still on the old card");

        replaced();
        CardOrder.Add add = assertInstanceOf(CardOrder.Add.class, world.fund.order(other));
        assertEquals(new Deltas(13_766, 0, 0), add.deltas());
        assertEquals(CardOrder.Reason.TRANSFER, add.reason());
        assertEquals(0, world.balance(ON_CARD, lost));
        assertEquals(13_766, world.balance(RIGHTS, other));
        world.opens(APRIL);
        assertEquals(add, world.fund.order(other), "a start again issues nothing again");
        world.fund.five.take(other, add);
        world.sync();
        world.sync();
        assertEquals(new Balances(13_766, 0, 0), other.balances());
        assertEquals(13_766, world.balance(ON_CARD, other));
        assertEquals(0, world.balance(RIGHTS, other));
        world.evening();
        world.opens(MAY);
        world.fund.three.load(other, world.token(MAY));
        world.sync();
        assertEquals(28_766, world.balance(ON_CARD, other));
        assertEquals(0, world.balance(RIGHTS, lost), "a blocked card has no more months");
        world.evening();
    }

    @Test
    void a_card_entered_in_its_place_before_waits_for_the_last_record() throws Exception {
        denied();
        CardOrder block = world.fund.order(lost);
        replaced();
        assertEquals(List.of(), world.fund.orders(other), "nobody knows yet how much it is");
        // A stall that has not heard lets it pay once more.
        world.fund.five.sell(lost, vegetables(100));
        world.fund.three.take(lost, block);
        world.deliver(world.fund.three.batch());
        assertEquals(13_666, world.fund.order(other).deltas().allocation(), "its last word, whatever else is missing");
        world.deliver(world.fund.five.batch());
        world.fund.five.take(other, world.fund.order(other));
        world.sync();
        assertEquals(new Balances(13_666, 0, 0), other.balances());
        world.evening();
    }

    @Test
    void a_refund_that_the_lost_card_never_took_moves_on_once_all_its_records_are_there() throws Exception {
        CardProof paid = world.fund.five.debit(lost, LINES, new Deltas(-1_000, 0, 0));
        denied();
        CardOrder block = world.fund.order(lost);
        world.fund.three.take(lost, block);
        world.fund.five.append(new Body.RefundRequest(world.fund.five.lastSale(), paid));
        replaced();
        world.deliver(world.fund.three.batch());
        assertEquals(1, world.fund.orders(other).size(), "the refund is not known yet");
        world.deliver(world.fund.five.batch());
        List<CardOrder> orders = world.fund.orders(other);
        assertEquals(
                List.of(new Deltas(12_766, 0, 0), new Deltas(1_000, 0, 0)),
                orders.stream().map(CardOrder::deltas).toList());
        assertEquals(0, world.balance(RIGHTS, lost));
        orders.forEach(order -> world.fund.three.take(other, order));
        world.sync();
        assertEquals(13_766, world.balance(ON_CARD, other));
        world.evening();
    }

    @Test
    void a_card_in_a_lost_ones_place_may_be_lost_itself() throws Exception {
        denied();
        world.fund.three.take(lost, world.fund.order(lost));
        world.sync();
        replaced();
        other.lost();
        world.opens(APRIL);
        TestCard third = new TestCard(world.fund.authority, 22, from(MAY));
        third.replaces(other);
        world.fund.cards.add(third);
        world.opens(APRIL);
        assertEquals(List.of(), world.fund.orders(third), "the second has not been seen");
        world.fund.three.take(other, world.fund.order(other));
        world.sync();
        CardOrder add = world.fund.order(third);
        assertEquals(new Deltas(13_766, 0, 0), add.deltas());
        world.fund.five.take(third, add);
        world.sync();
        assertEquals(13_766, world.balance(ON_CARD, third));
        world.evening();
    }

    @Test
    void months_that_a_blocked_card_has_not_loaded_end_with_it() throws Exception {
        world.sync();
        lost.lost();
        world.opens(MAY);
        assertEquals(15_000, world.balance(RIGHTS, lost), "May waits");
        world.fund.three.take(lost, world.fund.order(lost));
        world.sync();
        assertEquals(0, world.balance(RIGHTS, lost));
        assertEquals(15_000, world.evening().i1().expired());
        // Its place is taken from May on: that month was not loaded.
        other.replaces(lost);
        world.fund.cards.add(other);
        world.opens(MAY);
        assertEquals(13_766 + 15_000, world.balance(RIGHTS, other), "what it held, and May");
        world.evening();
    }

    @Test
    void the_list_names_a_denied_card_once_and_no_month_that_it_may_have_loaded() throws Exception {
        refused("another card of the fund that is denied", lost, from(MAY));
        denied();
        refused("64 or later", lost, from(APRIL));
        refused("another card of the fund that is denied", other, from(MAY));
        replaced();
        refused("does not replace already", lost, from(MAY));
        world.fund.three.take(lost, world.fund.order(lost));
        world.sync();
        TestCard found = new TestCard(world.fund.authority, 1, TestFund.ENTITLEMENT_CENTS);
        List<String> complaints = world.hub.start(List.of(found.member()));
        assertTrue(complaints.getFirst().contains("blocked for good"), complaints::toString);
    }

    private void refused(String why, TestCard old, Entitlement entitlement) throws Exception {
        TestCard card = new TestCard(world.fund.authority, 31, entitlement);
        card.replaces(old);
        List<String> complaints = world.hub.start(List.of(card.member()));
        assertEquals(1, complaints.size(), complaints::toString);
        assertTrue(complaints.getFirst().contains(why), complaints::toString);
    }

    @Test
    void a_last_record_without_the_hubs_order_or_with_something_after_it_is_none() throws Exception {
        CardOrder forged = CardOrder.Block.sign(
                new CardOrder.Head(1, lost.id(), 0, 1_743_600_000), message -> new byte[CardOrder.SIGNATURE_LENGTH]);
        world.fund.three.take(lost, forged);
        world.sync();
        assertEquals(List.of("unknown-order"), world.fund.quarantined());

        ReplacementTest again = new ReplacementTest();
        again.denied();
        again.world.fund.three.take(again.lost, again.world.fund.order(again.lost));
        again.world.fund.three.sell(again.lost, vegetables(100));
        again.world.sync();
        assertEquals(List.of("not-continuous"), again.world.fund.quarantined());
        assertEquals(13_766, again.world.balance(ON_CARD, again.lost));
    }

    private void denied() throws Exception {
        lost.lost();
        world.opens(APRIL);
    }

    private void replaced() throws Exception {
        other.replaces(lost);
        world.fund.cards.add(other);
        world.opens(APRIL);
    }

    private static Entitlement from(int period) {
        return Entitlement.monthly(15_000, period, APRIL + 24, 1);
    }
}

package etal.terminal.sale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import etal.port.Signal;
import etal.protocol.ledger.Body;
import etal.protocol.sync.DenyList;
import etal.protocol.sync.Document;
import etal.protocol.sync.Topics;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A card on the fund's deny list pays nothing more; what it has paid already stays decided.
 *
 * <pre>
 * hub                      till                          card
 *  |-- deny list, signed --->|                             |
 *  |                         |-- SELECT ------------------>|
 *  |                         |<- certificate: its id ------|
 *  |                         |   on the list: refused, nothing more is sent
 *  |                         |-- STATE, READ LOG --------->|   only where an older payment is undecided
 * </pre>
 */
class DeniedCardTest {
    private static final int SELECT = 0xA4;

    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);
    private final TestCard card = new TestCard(fund.card(1));

    @Test
    void a_denied_card_is_refused_by_its_own_word_before_anything_is_asked_of_it() {
        deny(1, 1, 7);
        awaitCard("b1");
        market.signal.takeShown();
        market.tap(card);

        assertEquals(BasketState.REFUSED, state("b1"));
        assertEquals("card-denied", market.look("b1").said().key());
        assertEquals(Signal.Outcome.REFUSED, market.signal.takeShown().getLast());
        assertEquals(List.of(SELECT), card.takeInstructions());
        assertEquals(List.of(), market.bodies(Body.Abandoned.class), "no payment was begun");
    }

    @Test
    void another_card_pays_the_basket_that_a_denied_one_could_not() {
        deny(1, 1);
        awaitCard("b1");
        market.tap(card);
        TestTill.basket(market.stall().awaitCard("b1"));
        market.tap(new TestCard(fund.card(2)));

        assertEquals(BasketState.PAID, state("b1"));
    }

    @Test
    void a_card_taken_off_the_list_pays_again_and_an_older_list_does_not_come_back() {
        deny(1, 1);
        deny(2);
        deny(1, 1);
        pay("b1");

        market.restart();
        pay("b2");
    }

    @Test
    void the_list_is_kept_over_a_restart() {
        deny(1, 1);
        market.restart();
        awaitCard("b1");
        market.tap(card);

        assertEquals(BasketState.REFUSED, state("b1"));
    }

    @Test
    void it_is_obeyed_from_its_arrival_on_by_a_till_whose_clock_lags() {
        byte[] list = fund.document(
                Document.DENY,
                1,
                TestFund.NOON_MILLIS + 86_400_000,
                DenyList.of(List.of(TestFund.cardId(1))).encode());
        market.link.deliver(Topics.doc(1, Document.DENY, 1), list);
        awaitCard("b1");
        market.tap(card);

        assertEquals(BasketState.REFUSED, state("b1"));
    }

    @Test
    void a_list_that_is_none_is_refused_and_the_one_before_holds() {
        deny(1, 1);
        market.link.deliver(Topics.doc(1, Document.DENY, 1), fund.document(Document.DENY, 2, new byte[] {(byte) 0xA0}));
        market.loop.runUntilIdle();
        awaitCard("b1");
        market.tap(card);

        assertEquals(BasketState.REFUSED, state("b1"));
        assertEquals(
                1,
                market.bodies(Body.TechnicalEvent.class).stream()
                        .filter(event -> event.code() == Body.TechnicalEvent.MESSAGE_REFUSED)
                        .count());
    }

    @Test
    void an_undecided_payment_that_the_card_has_made_is_still_the_producers() {
        awaitCard("b1");
        card.answerLost(TestCard.DEBIT);
        market.tap(card);
        deny(1, 1);
        awaitCard("b2");
        card.takeInstructions();
        List<String> printed = new ArrayList<>();
        market.stall().onPaid(basket -> printed.add(basket.key()));
        market.tap(card);

        assertEquals(BasketState.PAID, state("b1"));
        assertEquals(List.of("b1"), printed);
        assertEquals(BasketState.REFUSED, state("b2"));
        assertFalse(card.takeInstructions().contains(TestCard.DEBIT));
    }

    @Test
    void an_undone_payment_that_the_card_has_made_is_still_the_members() {
        awaitCard("b1");
        card.answerLost(TestCard.DEBIT);
        market.tap(card);
        market.stall().giveUp("b1", false);
        deny(1, 1);
        market.tap(card);

        assertEquals(1, market.bodies(Body.RefundRequest.class).size());
    }

    @Test
    void an_open_payment_that_the_card_has_not_made_is_given_up_and_never_sent_again() {
        inDoubtNotDebited();
        deny(1, 1);
        card.takeInstructions();
        market.tap(card);

        assertFalse(card.takeInstructions().contains(TestCard.DEBIT));
        assertEquals(BasketState.REFUSED, state("b1"));
        assertEquals("card-denied", market.look("b1").said().key());
        assertEquals(List.of(new Body.Abandoned(1, Body.Abandoned.NOT_DEBITED)), market.bodies(Body.Abandoned.class));
    }

    @Test
    void kept_goods_that_the_card_has_not_paid_stay_undecided_and_are_paid_once_it_is_off_the_list() {
        inDoubtNotDebited();
        market.stall().giveUp("b1", true);
        deny(1, 1);
        card.takeInstructions();
        market.tap(card);
        assertEquals(BasketState.IN_DOUBT, state("b1"));
        assertFalse(card.takeInstructions().contains(TestCard.DEBIT));

        deny(2);
        market.tap(card);
        assertEquals(BasketState.PAID, state("b1"));
    }

    private void inDoubtNotDebited() {
        awaitCard("b1");
        card.goneBefore(TestCard.DEBIT);
        market.tap(card);
        assertEquals(BasketState.IN_DOUBT, state("b1"));
    }

    private void pay(String key) {
        awaitCard(key);
        market.tap(card);
        assertEquals(BasketState.PAID, state(key));
    }

    private void deny(long version, long... cards) {
        List<byte[]> ids = Arrays.stream(cards).mapToObj(TestFund::cardId).toList();
        byte[] list = fund.document(Document.DENY, version, DenyList.of(ids).encode());
        market.link.deliver(Topics.doc(1, Document.DENY, 1), list);
        market.loop.runUntilIdle();
    }

    private void awaitCard(String key) {
        market.ringUp(key, new Wanted("cheese", 1));
        TestTill.basket(market.stall().awaitCard(key));
    }

    private BasketState state(String key) {
        return market.look(key).state();
    }
}

package etal.terminal.practice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.sqlite.SqliteDatabase;
import etal.fake.FaultyDatabase;
import etal.port.Signal;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.SchemeRef;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Change;
import etal.terminal.basket.TillBasket;
import etal.terminal.basket.Wanted;
import etal.terminal.closing.Closings;
import etal.terminal.closing.Term;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import etal.terminal.sale.Answer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** While a till practises everything can be tried, and nothing is sold. */
class PracticeTest {
    private static final LocalDate WEDNESDAY = LocalDate.of(2025, 4, 2);

    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);

    private Practice practice() {
        return market.till().practice();
    }

    private void begin() throws StorageFailed {
        assertTrue(practice().begin().isEmpty());
        assertTrue(practice().on());
    }

    /** Rings up what costs 4.50, all of it covered, and 12.00 that is not. */
    private String rungUp() throws StorageFailed {
        String key = practice().desk().hand().keyForRinging();
        at(practice().desk().ringOne(key, "cheese", true));
        practice().desk().hand().take(key);
        at(practice().desk().ringOne(key, "wine", true));
        return key;
    }

    private static TillBasket at(Answer answer) {
        return TestTill.basket(answer);
    }

    private TillBasket lay(String key, PracticeCard card) {
        return at(practice().desk().lay(key, card));
    }

    private String paidByCard() throws StorageFailed {
        String key = rungUp();
        at(practice().desk().awaitCard(key));
        assertEquals(BasketState.PAID, lay(key, PracticeCard.ENOUGH).state());
        return key;
    }

    private List<Body.TrainingSale> practised() {
        return market.bodies(Body.TrainingSale.class);
    }

    private List<Integer> events() {
        return market.bodies(Body.TechnicalEvent.class).stream()
                .map(Body.TechnicalEvent::code)
                .filter(code -> code >= Body.TechnicalEvent.TRAINING_BEGUN)
                .toList();
    }

    @Test
    void a_card_pays_its_part_in_practice_and_the_ledger_has_one_training_sale_and_nothing_else() throws StorageFailed {
        begin();
        int before = market.bodies().size();
        market.signal.takeShown();

        paidByCard();

        assertEquals(before + 1, market.bodies().size());
        Body.TrainingSale sale = practised().getFirst();
        assertEquals(1, sale.practice());
        assertEquals(1_650, sale.totalCents());
        assertEquals(450, sale.cardCents());
        assertEquals(List.of(Signal.Outcome.READY, Signal.Outcome.PAID), market.signal.takeShown());
        assertEquals(0, market.till().sales());
    }

    @Test
    void a_card_that_is_laid_down_is_asked_for_nothing_and_its_till_says_so() throws StorageFailed {
        TestCard card = new TestCard(fund.card(1));
        begin();
        String key = rungUp();
        at(practice().desk().awaitCard(key));
        int before = market.bodies().size();

        market.tap(card);

        assertEquals(List.of(), card.takeInstructions());
        assertEquals(before, market.bodies().size());
        assertEquals(
                "practice-real-card",
                practice().desk().aboutRealCard().orElseThrow().key());
        assertEquals(
                BasketState.AWAITING_CARD,
                practice().desk().hand().basket().orElseThrow().state());
        assertEquals(Signal.Outcome.REFUSED, market.signal.takeShown().getLast());
        lay(key, PracticeCard.ENOUGH);
        assertTrue(practice().desk().aboutRealCard().isEmpty());
        assertEquals(List.of(), card.takeInstructions());
    }

    @Test
    void a_card_that_still_lies_there_when_the_training_ends_pays_nothing_before_it_is_laid_down_anew()
            throws StorageFailed {
        TestCard card = new TestCard(fund.card(1));
        begin();
        market.reader.present(card);
        market.loop.runUntilIdle();
        practice().end();

        market.ringUp("b1", new Wanted("cheese", 1));
        market.stall().awaitCard("b1");
        assertEquals(BasketState.AWAITING_CARD, market.look("b1").state());
        market.reader.withdraw();
        market.tap(card);

        assertEquals(BasketState.PAID, market.look("b1").state());
    }

    @Test
    void what_can_go_wrong_with_a_card_can_be_practised() throws StorageFailed {
        begin();
        String key = rungUp();
        at(practice().desk().awaitCard(key));

        assertEquals(BasketState.REFUSED, lay(key, PracticeCard.REFUSED).state());
        TillBasket lacks = lay(key, PracticeCard.SHORT);
        assertEquals(BasketState.SHORTFALL, lacks.state());
        assertEquals(225, lacks.cardCents());
        assertEquals(BasketState.AWAITING_CARD, at(practice().desk().agree(key)).state());
        assertEquals(BasketState.IN_DOUBT, lay(key, PracticeCard.LIFTED).state());
        assertInstanceOf(Answer.Refused.class, practice().desk().ringOne(key, "milk", true));
        assertEquals(List.of(), practised());
        TillBasket paid = lay(key, PracticeCard.ENOUGH);

        assertEquals(BasketState.PAID, paid.state());
        assertEquals(225, practised().getFirst().cardCents());
    }

    @Test
    void a_practised_sale_is_cancelled_for_practice_and_nothing_more_is_written() throws StorageFailed {
        begin();
        String key = paidByCard();
        int before = market.bodies().size();

        assertEquals(
                BasketState.AWAITING_CANCEL, at(practice().desk().cancel(1, 1)).state());
        assertEquals(BasketState.CANCEL_IN_DOUBT, lay(key, PracticeCard.LIFTED).state());
        assertEquals(BasketState.PAID, at(practice().desk().keepSale(1)).state());
        practice().desk().cancel(1, 1);
        assertEquals(BasketState.CANCELLED, lay(key, PracticeCard.ENOUGH).state());
        String next = practice().desk().hand().keyForRinging();
        assertEquals(BasketState.OPEN, at(practice().desk().again(key, next)).state());

        assertEquals(before, market.bodies().size());
    }

    @Test
    void prices_weights_discounts_and_tenders_are_those_of_the_till() throws StorageFailed {
        begin();
        String key = practice().desk().hand().keyForRinging();
        at(practice().desk().change(key, new Change.Weighed("carrots", 750)));
        practice().desk().hand().take(key);
        at(practice().desk().ringOne(key, "wine", true));
        TillBasket cheaper = at(practice().desk().discount(key, 100));
        assertEquals(240 + 1_200 - 100, cheaper.basket().totalCents());
        assertEquals("discount-too-high", why(practice().desk().discount(key, 100_000)));
        assertEquals("no-such-basket", why(practice().desk().change("other", new Change.Quantity(0, 1))));
        at(practice().desk().cash(key));

        assertEquals(1_340, practised().getFirst().totalCents());
        assertEquals(0, practised().getFirst().cardCents());
    }

    private static String why(Answer answer) {
        return assertInstanceOf(Answer.Refused.class, answer).why().key();
    }

    @Test
    void the_stall_sells_nothing_meanwhile_by_whatever_way() throws StorageFailed {
        market.ringUp("b1", new Wanted("milk", 1));
        market.stall().cash("b1");
        begin();
        int before = market.bodies().size();

        for (Answer answer : List.of(
                market.stall().ringUp("b2", List.of(new Wanted("milk", 1)), false),
                market.stall().ringOne("b2", "milk", true),
                market.stall().again("b1", "b2"),
                market.stall().awaitCard("b1"),
                market.stall().cash("b1"),
                market.stall().cancel(1, 1),
                market.stall().keepSale(1),
                market.stall().giveUp("b1", false))) {
            assertEquals("till-practises", why(answer));
        }
        assertFalse(market.stall().ready());
        assertEquals(before, market.bodies().size());
    }

    @Test
    void the_ledger_itself_takes_nothing_that_moves_value_within_a_training_and_no_training_sale_outside()
            throws StorageFailed {
        Body sale = new Body.Sale(9, "123456789", new SchemeRef("dieulefit", 1), List.of(), new byte[32], null, null);
        Body cancelled = new Body.Cancellation(9, new byte[32], 1, new byte[32], null, null);
        Body training = new Body.TrainingSale(1, 100, 0, new byte[32]);
        int before = market.bodies().size();
        assertThrows(IllegalStateException.class, () -> append(training));
        assertEquals(before, market.bodies().size());
        begin();

        assertThrows(IllegalStateException.class, () -> append(sale));
        assertThrows(IllegalStateException.class, () -> append(cancelled));

        assertEquals(before + 1, market.bodies().size());
        practice().end();
        append(sale);
    }

    private void append(Body body) throws StorageFailed {
        market.till().ledger().commit(writing -> writing.append(body));
    }

    @Test
    void no_closing_of_day_month_or_year_counts_what_was_practised_and_no_perpetual_total() throws StorageFailed {
        market.ringUp("b1", new Wanted("cheese", 1), new Wanted("wine", 1));
        market.stall().awaitCard("b1");
        market.tap(new TestCard(fund.card(1)));
        begin();
        paidByCard();
        practice().desk().hand().next();
        at(practice().desk().cash(rungUp()));
        practice().end();

        for (Term term : Term.values()) {
            Closings.Closed closed = market.till().closing().close(term, WEDNESDAY);
            assertEquals(1, closed.closing().sales(), term.name());
            assertEquals(450, closed.closing().cardCents(), term.name());
            assertEquals(450, closed.closing().perpetualCardCents(), term.name());
            assertEquals(1_650, closed.totals().sold().perpetualCents(), term.name());
            assertEquals(1_200, closed.totals().sold().cashCents(), term.name());
        }
        assertEquals(2, practice().sales());
        assertEquals(1, market.till().sales());
    }

    @Test
    void a_day_on_which_something_was_practised_and_nothing_sold_is_not_closed_by_itself() throws StorageFailed {
        begin();
        paidByCard();
        market.clock.advance(Duration.ofDays(40));
        market.restart();

        assertEquals(List.of(), market.bodies(Body.Closing.class));
    }

    @Test
    void sale_numbers_go_on_as_if_nothing_had_been() throws StorageFailed {
        market.ringUp("b1", new Wanted("milk", 1));
        market.stall().cash("b1");
        begin();
        paidByCard();
        practice().end();
        market.ringUp("b2", new Wanted("milk", 1));

        assertEquals(2, at(market.stall().cash("b2")).sale());
    }

    @Test
    void no_training_begins_while_a_basket_is_rung_up_or_parked() throws StorageFailed {
        market.ringUp("b1", new Wanted("milk", 1));

        assertEquals("practice-after-basket", practice().begin().orElseThrow().key());
        assertEquals(List.of(), events());
        market.stall().giveUp("b1", false);
        begin();
    }

    @Test
    void no_training_begins_while_it_is_not_known_whether_a_card_has_paid() throws StorageFailed {
        TestCard card = new TestCard(fund.card(1));
        card.answerLost(TestCard.DEBIT);
        market.ringUp("b1", new Wanted("milk", 1));
        market.stall().awaitCard("b1");
        market.tap(card);
        assertEquals(BasketState.IN_DOUBT, market.look("b1").state());

        assertEquals("practice-after-doubt", practice().begin().orElseThrow().key());
        market.stall().giveUp("b1", true);
        assertEquals("practice-after-doubt", practice().begin().orElseThrow().key());
        market.tap(card);
        begin();
    }

    @Test
    void a_training_begins_once_and_ends_once() throws StorageFailed {
        begin();
        assertEquals("till-practises", practice().begin().map(Said::key).orElseThrow());
        practice().end();
        practice().end();
        begin();

        assertEquals(List.of(13, 14, 13), events());
    }

    @Test
    void a_pulled_plug_ends_no_training_and_what_was_rung_up_in_it_is_gone() throws StorageFailed {
        begin();
        paidByCard();
        rungUp();
        long sinceMillis = practice().sinceMillis();
        market.clock.advance(Duration.ofHours(1));
        market.restart();

        assertTrue(practice().on());
        assertEquals(sinceMillis, practice().sinceMillis());
        assertEquals(1, practice().sales());
        assertTrue(practice().desk().hand().basket().isEmpty());
        assertEquals("till-practises", why(market.stall().ringUp("b", List.of(new Wanted("milk", 1)), false)));
        paidByCard();
        assertEquals(2, practised().getLast().practice());
    }

    @Test
    void a_till_taken_back_from_its_second_medium_goes_on_practising() throws StorageFailed {
        begin();
        paidByCard();
        market.pullPlug();
        market.database = new FaultyDatabase(SqliteDatabase.inMemory());
        market.ready();

        assertTrue(practice().on());
        paidByCard();
        assertEquals(2, practised().getLast().practice());
    }

    @Test
    void a_till_that_is_retired_while_it_practises_is_at_its_end() throws StorageFailed {
        begin();
        assertTrue(market.till().retire(Body.Retirement.OUT_OF_SERVICE).isEmpty());

        assertFalse(practice().on());
        practice().end();
        assertEquals(List.of(13), events());
    }

    @Test
    void a_full_disk_refuses_a_practised_payment_with_its_sentence() throws StorageFailed {
        begin();
        String key = rungUp();
        market.database.failAt(1);

        assertEquals("storage-full", why(practice().desk().cash(key)));
        assertEquals(BasketState.PAID, at(practice().desk().cash(key)).state());
        assertEquals(1, practised().size());
    }
}

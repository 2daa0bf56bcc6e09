package etal.terminal.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.sqlite.SqliteDatabase;
import etal.fake.FakeMedium;
import etal.fake.FaultyDatabase;
import etal.port.Signal;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.ledger.Body;
import etal.protocol.sync.Checkpoint;
import etal.protocol.sync.Topics;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import etal.terminal.sale.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Database and second medium may both be older than what the terminal has signed, or gone. The hub's acknowledgements and the
 * mark beside the keys remember.
 *
 * <pre>
 * till (rolled back)                 hub
 *  |-- batch: another entry k ------>|
 *  |<-- checkpoint k, or beyond -----|   signed: proves that this is not the ledger's own past
 *  |   sells nothing any more        |
 * </pre>
 */
class RollbackTest {
    private static final Wanted MILK = new Wanted("milk", 1);

    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);

    @Test
    void an_acknowledgement_beyond_the_head_ends_the_selling_for_good() {
        market.ringUp("b1", MILK);
        market.stall().awaitCard("b1");
        acknowledge(99, new byte[32]);

        assertEnded("b1", 99);
        market.restart();
        assertEnded("b1", 99);
    }

    @Test
    void an_acknowledgement_of_another_entry_ends_the_selling_for_good() {
        market.ringUp("b1", MILK);
        acknowledge(1, new byte[32]);

        assertEnded("b1", 1);
        market.restart();
        assertEnded("b1", 1);
    }

    @Test
    void a_card_laid_down_afterwards_is_not_even_looked_at() {
        TestCard card = new TestCard(fund.card(1));
        market.ringUp("b1", MILK);
        market.stall().awaitCard("b1");
        acknowledge(99, new byte[32]);
        market.signal.takeShown();
        market.tap(card);

        assertEquals(List.of(), card.takeInstructions());
        assertEquals(List.of(Signal.Outcome.FAULT), market.signal.takeShown());
    }

    @Test
    void a_store_that_fails_just_then_does_not_make_it_forget() {
        market.ringUp("b1", MILK);
        market.database.failAt(2);
        acknowledge(99, new byte[32]);

        assertEnded("b1", 99);
    }

    @Test
    void a_restored_hub_that_has_signed_for_less_is_no_proof_of_anything() throws StorageFailed {
        market.ringUp("b1", MILK);
        TestTill.basket(market.stall().cash("b1"));
        long head = market.till().ledger().head().number();
        acknowledge(head, market.till().ledger().hashOf(head).orElseThrow());
        byte[] second = market.till().ledger().hashOf(2).orElseThrow();
        market.link.deliver(
                Topics.ack(1, 3), fund.acknowledgement(new Checkpoint(3, 1, 2, second, TestFund.NOON_MILLIS, 2)));
        market.loop.runUntilIdle();

        assertTrue(market.stall().ready());
    }

    @Test
    void another_terminals_or_an_unsigned_acknowledgement_ends_nothing() {
        market.link.deliver(
                Topics.ack(1, 3),
                fund.acknowledgement(new Checkpoint(4, 1, 99, new byte[32], TestFund.NOON_MILLIS, 1)));
        byte[] forged = fund.acknowledgement(new Checkpoint(3, 1, 99, new byte[32], TestFund.NOON_MILLIS, 1));
        forged[forged.length - 1] ^= 1;
        market.link.deliver(Topics.ack(1, 3), forged);
        market.loop.runUntilIdle();

        assertTrue(market.stall().ready());
    }

    @Test
    void a_ledger_that_was_begun_is_not_begun_again_when_both_stores_are_gone() throws StorageFailed {
        market.pullPlug();
        market.medium = new FakeMedium();
        market.database = new FaultyDatabase(SqliteDatabase.inMemory());

        assertEquals(Said.of("ledger-gone", "t3-e1"), market.refusal());
        market.medium.pulled(true);
        assertEquals(Said.of("ledger-gone", "t3-e1"), market.refusal());
    }

    @Test
    void a_plug_pulled_between_genesis_and_mark_does_not_end_a_new_terminal() {
        TestTill fresh = new TestTill(fund, 5);
        fresh.mark.failNext();
        fresh.startFails();
        assertFalse(fresh.mark.begun());
        assertEquals(List.of(), fresh.link.takeSent());

        fresh.start();

        assertTrue(fresh.mark.begun());
        assertEquals(1, fresh.bodies(Body.Genesis.class).size());
    }

    @Test
    void a_database_gone_alone_is_taken_back_from_the_medium() throws StorageFailed {
        market.pullPlug();
        market.database = new FaultyDatabase(SqliteDatabase.inMemory());
        market.start();

        assertEquals(1, market.bodies(Body.Genesis.class).size());
        assertTrue(market.opened().compared());
    }

    @Test
    void a_start_that_cannot_compare_says_so() {
        assertTrue(market.opened().compared());
        market.medium.pulled(true);
        market.restart();

        assertFalse(market.opened().compared());
        Body.TechnicalEvent last = market.bodies(Body.TechnicalEvent.class).getLast();
        assertEquals(Body.TechnicalEvent.SECOND_MEDIUM_LOST, last.code());
        assertEquals("not compared at the start", last.note());
    }

    @Test
    void a_medium_that_holds_nothing_compares_nothing() {
        market.pullPlug();
        market.medium = new FakeMedium();
        market.start();

        assertFalse(market.opened().compared());
        market.restart();
        assertTrue(market.opened().compared(), "it was filled meanwhile");
    }

    @Test
    void no_sale_number_that_a_lost_intention_may_have_sent_is_given_out_again() throws StorageFailed {
        TestCard card = new TestCard(fund.card(1));
        market.ringUp("b1", MILK);
        market.stall().awaitCard("b1");
        card.on(TestCard.DEBIT, (chip, apdu) -> {
            chip.transmit(apdu);
            throw new PlugPulled();
        });
        assertThrows(PlugPulled.class, () -> market.tap(card));
        card.withdrawn();
        market.pullPlug();
        market.database = new FaultyDatabase(SqliteDatabase.inMemory());
        market.start();
        market.link.up();
        fund.documents().forEach(document -> market.link.deliver(Topics.doc(1, "any", 1), document));
        market.loop.runUntilIdle();
        market.ringUp("b2", MILK);
        market.stall().awaitCard("b2");
        market.tap(new TestCard(fund.card(2)));

        assertEquals(BasketState.PAID, market.look("b2").state());
        assertEquals(
                List.of(1_001L),
                market.bodies(Body.Sale.class).stream().map(Body.Sale::sale).toList());
    }

    private void acknowledge(long number, byte[] head) {
        Checkpoint checkpoint = new Checkpoint(3, 1, number, head, TestFund.NOON_MILLIS, 1);
        market.link.deliver(Topics.ack(1, 3), fund.acknowledgement(checkpoint));
        market.loop.runUntilIdle();
    }

    private void assertEnded(String key, long number) {
        Said why = Said.of("ledger-rolled-back", "t3-e1", number);
        Answer no = new Answer.Refused(Answer.Kind.UNAVAILABLE, why);
        assertFalse(market.stall().ready());
        assertEquals(why, market.till().ledger().endedForGood().orElseThrow());
        assertEquals(no, market.stall().ringUp("new", List.of(MILK), false));
        assertEquals(no, market.stall().awaitCard(key));
        assertEquals(no, market.stall().cash(key));
        assertInstanceOf(Answer.Basket.class, market.stall().look(key), "what there is can still be looked at");
    }

    /** The plug is pulled in the middle of an event: nothing after it happens. */
    private static final class PlugPulled extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}

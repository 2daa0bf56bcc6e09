package etal.terminal.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.sync.Batch;
import etal.protocol.sync.Checkpoint;
import etal.protocol.sync.Topics;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import etal.terminal.sale.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A terminal goes out of service: its ledger ends with an entry that says so, which goes up, and nothing follows it. */
class RetirementTest {
    private static final Wanted MILK = new Wanted("milk", 1);
    private static final Said ENDED = Said.of("ledger-retired", "t3-e1");

    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);

    @Test
    void the_end_is_the_last_entry_and_goes_up() throws StorageFailed, Malformed {
        market.link.takeSent();
        retire();
        market.loop.advance(Duration.ofSeconds(10));

        assertInstanceOf(Body.Retirement.class, market.bodies().getLast());
        Batch batch = Batch.decode(market.link.takeSent().stream()
                .filter(sent -> sent.topic().name().equals(Topics.up(1, 3)))
                .toList()
                .getFirst()
                .message());
        SignedEntry last = SignedEntry.decode(batch.entries().getLast());
        assertEquals(market.till().ledger().head().number(), last.entry().number());
    }

    @Test
    void nothing_is_sold_any_more_by_whatever_way_not_even_after_a_restart() throws StorageFailed {
        market.ringUp("b1", MILK);
        retire();
        long head = head();
        assertEnded();
        market.restart();
        assertEnded();
        market.restart();
        acknowledge();
        market.till().stop();

        assertEquals(head, head());
    }

    @Test
    void a_card_laid_down_is_not_asked_for_anything() throws StorageFailed {
        TestCard card = new TestCard(fund.card(1));
        retire();
        market.tap(card);

        assertEquals(List.of(), card.takeInstructions());
    }

    @Test
    void its_acknowledgement_is_kept_and_written_nowhere_behind_the_end() throws StorageFailed {
        retire();
        long head = head();
        acknowledge();

        assertEquals(0, market.till().uplink().unacknowledged());
        assertEquals(head, head());
    }

    @Test
    void asked_again_it_is_the_same_end() throws StorageFailed {
        retire();
        long head = head();
        retire();

        assertEquals(head, head());
    }

    @Test
    void a_payment_in_doubt_is_decided_first() throws StorageFailed {
        TestCard card = new TestCard(fund.card(1));
        market.ringUp("b1", MILK);
        market.stall().awaitCard("b1");
        card.answerLost(TestCard.DEBIT);
        market.tap(card);

        assertEquals(
                Said.of("retire-in-doubt"),
                market.till().retire(Body.Retirement.SWAPPED).orElseThrow());
        market.tap(card);
        assertTrue(market.till().retire(Body.Retirement.SWAPPED).isEmpty());
    }

    private void retire() throws StorageFailed {
        assertTrue(market.till().retire(Body.Retirement.OUT_OF_SERVICE).isEmpty());
    }

    private long head() {
        return market.till().ledger().head().number();
    }

    private void assertEnded() {
        assertEquals(ENDED, market.till().ledger().endedForGood().orElseThrow());
        assertFalse(market.stall().ready());
        assertEquals(
                new Answer.Refused(Answer.Kind.UNAVAILABLE, ENDED),
                market.stall().cash("b1"));
    }

    private void acknowledge() throws StorageFailed {
        byte[] hash = market.till().ledger().hashOf(head()).orElseThrow();
        Checkpoint checkpoint = new Checkpoint(3, 1, head(), hash, TestFund.NOON_MILLIS, 1);
        market.link.deliver(Topics.ack(1, 3), fund.acknowledgement(checkpoint));
        market.loop.runUntilIdle();
    }
}

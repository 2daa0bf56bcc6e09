package etal.terminal.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.FakeLink;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.sync.Batch;
import etal.protocol.sync.Checkpoint;
import etal.protocol.sync.Gap;
import etal.protocol.sync.Topics;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The ledger goes up until the hub has signed for it; what comes down is believed only when it is signed.
 *
 * <pre>
 * till                               hub
 *  |-- batch 1..n, certificates ----->|
 *  |<---------------- checkpoint n ---|   signed; becomes an entry before the next other one
 *  |            X<--- checkpoint m ---|   lost: sent again after a while
 *  |<------------------------ gap k --|   sent again from k on
 *  |<-------------------- documents --|   retained, signed, versions only grow
 * </pre>
 */
class UplinkTest {
    private static final Wanted MILK = new Wanted("milk", 1);

    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);

    @Test
    void what_is_not_acknowledged_goes_up_when_the_link_comes_up() throws Malformed {
        Batch batch = Batch.decode(batches().getFirst().message());

        assertEquals(3, batch.terminal());
        assertEquals(2, batch.certificates().size());
        assertEquals(List.of(1L, 2L), numbers(batch));
    }

    @Test
    void an_acknowledgement_stops_the_resending_and_turns_the_lamp() throws StorageFailed {
        acknowledge(market.till().ledger().head().number(), 1);
        assertEquals(0, market.till().uplink().unacknowledged());
        market.link.takeSent();

        market.loop.advance(Duration.ofMinutes(10));

        assertEquals(List.of(), batches());
    }

    @Test
    void without_an_acknowledgement_it_is_sent_again_and_again() {
        market.link.takeSent();
        market.loop.advance(Duration.ofMinutes(10));

        int sent = batches().size();
        assertTrue(sent >= 5 && sent <= 12, "sent " + sent + " times in ten minutes");
    }

    @Test
    void while_the_link_is_down_nothing_is_sent_and_everything_after() throws Malformed {
        market.link.takeSent();
        market.link.down();
        sell("b1");
        market.loop.advance(Duration.ofHours(3));
        assertEquals(List.of(), batches());

        market.link.up();
        market.loop.runUntilIdle();

        Batch batch = Batch.decode(batches().getFirst().message());
        assertEquals(market.till().ledger().head().number(), numbers(batch).getLast());
    }

    @Test
    void an_acknowledgement_becomes_an_entry_before_the_next_other_one_and_only_once() throws StorageFailed {
        acknowledge(2, 1);
        acknowledge(2, 1);
        sell("b1");
        sell("b2");

        List<Integer> kinds = market.bodies().stream().map(Body::kind).toList();
        assertEquals(List.of(1, 12, 13, 2, 3, 3), kinds);
    }

    @Test
    void a_long_ledger_goes_up_in_bounded_batches() throws StorageFailed, Malformed {
        market.link.down();
        for (int sale = 0; sale < 250; sale++) {
            sell("b" + sale);
        }
        market.link.takeSent();
        market.link.up();
        List<Long> received = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            market.loop.runUntilIdle();
            for (FakeLink.Sent sent : batches()) {
                Batch batch = Batch.decode(sent.message());
                assertTrue(batch.entries().size() <= Uplink.ENTRIES_MAX);
                received.addAll(numbers(batch));
                acknowledge(received.getLast(), 1);
            }
        }

        assertEquals(market.till().ledger().head().number(), received.getLast());
        assertEquals(received.size(), received.stream().distinct().count(), "nothing twice when nothing is lost");
    }

    @Test
    void a_gap_is_answered_from_where_the_hub_asks() throws StorageFailed, Malformed {
        sell("b1");
        acknowledge(market.till().ledger().head().number(), 1);
        market.link.takeSent();
        market.link.deliver(Topics.gap(1, 3), new Gap(3, 1, 2).encode());
        market.loop.runUntilIdle();

        assertEquals(2L, numbers(Batch.decode(batches().getFirst().message())).getFirst());
    }

    @Test
    void a_restored_hub_gets_again_what_it_has_lost() throws StorageFailed, Malformed {
        sell("b1");
        acknowledge(market.till().ledger().head().number(), 1);
        market.link.takeSent();
        acknowledge(2, 2);
        market.loop.runUntilIdle();

        assertEquals(3L, numbers(Batch.decode(batches().getFirst().message())).getFirst());
        assertTrue(market.till().uplink().unacknowledged() > 0);
    }

    @Test
    void an_acknowledgement_from_before_the_hub_was_restored_does_not_stop_the_resending()
            throws StorageFailed, Malformed {
        sell("b1");
        long head = market.till().ledger().head().number();
        acknowledge(head, 1);
        acknowledge(2, 2);
        acknowledge(head, 1);
        market.link.takeSent();
        market.loop.advance(Duration.ofMinutes(1));

        assertEquals(3L, numbers(Batch.decode(batches().getFirst().message())).getFirst());
    }

    @Test
    void a_stale_acknowledgement_changes_nothing() throws StorageFailed {
        sell("b1");
        long head = market.till().ledger().head().number();
        acknowledge(head, 1);
        acknowledge(1, 1);

        assertEquals(head, market.till().uplink().acknowledged());
    }

    @Test
    void a_false_acknowledgement_is_noted_once_and_not_believed() throws StorageFailed {
        Checkpoint other = new Checkpoint(3, 1, 1, new byte[32], TestFund.NOON_MILLIS, 1);
        for (int times = 0; times < 5; times++) {
            market.link.deliver(Topics.ack(1, 3), fund.acknowledgement(other));
            market.link.deliver(Topics.ack(1, 3), new byte[] {1, 2, 3});
        }
        byte[] beyond = fund.acknowledgement(new Checkpoint(3, 1, 99, new byte[32], TestFund.NOON_MILLIS, 1));
        market.link.deliver(Topics.ack(1, 3), beyond);
        byte[] foreign = fund.acknowledgement(new Checkpoint(4, 1, 1, new byte[32], TestFund.NOON_MILLIS, 1));
        market.link.deliver(Topics.ack(1, 3), foreign);
        market.loop.runUntilIdle();

        assertEquals(0, market.till().uplink().acknowledged());
        long notes = market.bodies(Body.TechnicalEvent.class).stream()
                .filter(event -> event.code() == Body.TechnicalEvent.MESSAGE_REFUSED)
                .count();
        assertEquals(4, notes, "each reason once");
    }

    @Test
    void a_document_with_a_changed_byte_is_refused() throws StorageFailed {
        byte[] forged = fund.scheme(2);
        forged[forged.length - 1] ^= 1;
        market.link.deliver(Topics.doc(1, "scheme", 1), forged);
        market.loop.runUntilIdle();

        assertEquals(1, market.stall().rulesNow().orElseThrow().scheme().version());
    }

    @Test
    void documents_only_grow_in_whatever_order_they_come() throws StorageFailed {
        market.link.deliver(Topics.doc(1, "scheme", 1), fund.scheme(3));
        market.link.deliver(Topics.doc(1, "scheme", 1), fund.scheme(2));
        market.link.deliver(Topics.doc(1, "scheme", 1), fund.scheme(3));
        market.loop.runUntilIdle();
        assertEquals(3, market.stall().rulesNow().orElseThrow().scheme().version());

        market.restart();
        assertEquals(3, market.stall().rulesNow().orElseThrow().scheme().version());
    }

    @Test
    void a_till_without_documents_does_not_sell() {
        TestTill bare = new TestTill(fund, 5);
        bare.start();

        assertFalse(bare.stall().ready());
        assertEquals(
                etal.terminal.sale.Answer.refused(etal.terminal.sale.Answer.Kind.UNAVAILABLE, "no-rules"),
                bare.stall().ringUp("b1", List.of(MILK), false));
    }

    /** The batches sent since the last time this was asked. */
    private List<FakeLink.Sent> batches() {
        return market.link.takeSent().stream()
                .filter(sent -> sent.topic().name().equals(Topics.up(1, 3)))
                .toList();
    }

    private void acknowledge(long number, long generation) throws StorageFailed {
        byte[] hash = market.till().ledger().hashOf(number).orElseThrow();
        byte[] signed = fund.acknowledgement(new Checkpoint(3, 1, number, hash, TestFund.NOON_MILLIS, generation));
        market.link.deliver(Topics.ack(1, 3), signed);
        market.loop.runUntilIdle();
    }

    private void sell(String key) {
        market.ringUp(key, MILK);
        TestTill.basket(market.stall().cash(key));
    }

    private static List<Long> numbers(Batch batch) throws Malformed {
        List<Long> numbers = new ArrayList<>();
        for (byte[] entry : batch.entries()) {
            numbers.add(SignedEntry.decode(entry).entry().number());
        }
        return numbers;
    }
}

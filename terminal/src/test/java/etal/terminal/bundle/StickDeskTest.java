package etal.terminal.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.FakeStick;
import etal.port.StorageFailed;
import etal.port.stick.Stick.Trouble;
import etal.protocol.Said;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.sync.Batch;
import etal.protocol.sync.Checkpoint;
import etal.protocol.sync.Gap;
import etal.protocol.sync.SignedPresence;
import etal.protocol.sync.Topics;
import etal.protocol.sync.bundle.Bundle;
import etal.protocol.sync.bundle.Bundle.Message;
import etal.protocol.sync.bundle.Way;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import etal.terminal.main.Till;
import etal.terminal.succession.Predecessor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A stall that never has a network. One touch reads what the hub has answered and writes what it has not signed for.
 *
 * <pre>
 * till                      stick                     hub
 *  |-- batches, presence ---->|---- carried ----------->|
 *  |                          |<--- checkpoint, docs ---|   the hub as the test writes it
 *  |<-- carried back ---------|                         |
 * </pre>
 */
class StickDeskTest {
    private static final Wanted MILK = new Wanted("milk", 1);
    private static final LedgerId LEDGER = new LedgerId(3, 1);
    private static final String UP = "etal-1-t3-e1-aller.bundle";
    private static final String DOWN = "etal-1-t3-e1-retour.bundle";

    private final TestFund fund = new TestFund();
    private final TestTill market = new TestTill(fund, 3);
    private final FakeStick stick = new FakeStick(market.loop);
    private StickDesk desk = opened(Bundle.BYTES_MAX);

    private StickDesk opened(int bytesMax) {
        market.start();
        return new StickDesk(
                stick, market.loop, market.till().uplink(), market.till().ledger(), 1, bytesMax);
    }

    @Test
    void all_that_the_hub_has_not_signed_for_goes_onto_the_stick_as_the_link_would_carry_it() throws Malformed {
        Bundle up = copied();

        assertEquals(LEDGER, up.ledger());
        assertEquals(List.of(1L, 2L), numbers(up));
        assertEquals(
                List.of("etal/1/up/3", "etal/1/here/3"),
                up.messages().stream().map(Message::topic).toList());
        SignedPresence presence = SignedPresence.decode(up.messages().getLast().payload());
        assertEquals(2, presence.presence().number());
        assertTrue(presence.verify(market.setup().identity().signer().publicKey()));
        assertEquals(good(Said.of("stick-copied", 2L)), desk.told());
    }

    @Test
    void a_new_stall_gets_its_rules_by_the_stick_sells_and_all_goes_up() throws Exception {
        assertFalse(market.stall().ready());
        copied();
        answer(acknowledgement(2, 1), documents());
        touch();
        assertTrue(market.stall().ready());
        sell("b1");
        long head = market.till().ledger().head().number();

        List<Long> numbers = numbers(copied());
        assertEquals(3L, numbers.getFirst(), "from the first one that is not signed for");
        assertEquals(head, numbers.getLast());
        answer(acknowledgement(head, 1), documents());
        touch();

        assertEquals(0, market.till().uplink().unacknowledged());
        assertEquals(good(Said.of("stick-answer-taken", head), Said.of("stick-all-up")), desk.told());
        touch();
        assertEquals(good(Said.of("stick-all-up")), desk.told(), "the same answer once more says nothing new");
        assertEquals(1, Bundle.decode(file()).messages().size(), "its word alone, for what the fund may publish");
    }

    @Test
    void a_missing_full_or_broken_stick_costs_nothing_and_is_told_in_its_own_words() throws Exception {
        for (Trouble trouble : List.of(Trouble.ABSENT, Trouble.FULL, Trouble.BROKEN)) {
            stick.writing(Optional.of(trouble));
            touch();
            assertEquals(bad(Said.of("stick-" + trouble.name().toLowerCase(Locale.ROOT))), desk.told());
        }
        stick.plugged(false);
        touch();
        assertEquals(bad(Said.of("stick-absent")), desk.told());
        assertEquals(List.of(), stick.names());

        stick.plugged(true);
        assertEquals(List.of(1L, 2L), numbers(copied()));
    }

    @Test
    void a_stick_that_hangs_keeps_no_customer_waiting() throws Exception {
        ready();
        stick.hanging(true);
        desk.carry();
        market.loop.runUntilIdle();
        assertTrue(desk.working());

        sell("b1");
        market.loop.advance(Duration.ofMinutes(3));

        assertEquals(bad(Said.of("stick-slow")), desk.told());
        stick.hanging(false);
        market.loop.runUntilIdle();
        assertEquals(bad(Said.of("stick-slow")), desk.told(), "what comes too late is nobody's");
        assertEquals(market.till().ledger().head().number(), numbers(copied()).getLast());
    }

    @Test
    void a_rebuilt_till_carries_what_is_late_of_the_epoch_before_too() throws Exception {
        ready();
        sell("b1");
        long last = market.till().ledger().head().number();
        market.pullPlug();
        Predecessor before = new Predecessor(LEDGER, fund.setup(3, 1).identity().chain(), null, market.medium);
        TestTill rebuilt = new TestTill(fund, fund.setup(3, 2).after(before));
        FakeStick carried = new FakeStick(rebuilt.loop);
        Till till = rebuilt.start();
        StickDesk newDesk = new StickDesk(carried, rebuilt.loop, till.uplink(), till.ledger(), 1);
        newDesk.carry();
        rebuilt.loop.runUntilIdle();
        Bundle up = Bundle.decode(carried.file("etal-1-t3-e2-aller.bundle").orElseThrow());
        Batch late = Batch.decode(up.messages().getFirst().payload());
        assertEquals(1, late.epoch());
        assertEquals(last, late.entries().size());
        assertEquals(2, Batch.decode(up.messages().get(1).payload()).epoch());

        byte[] hash = Hash.sha256(late.entries().getLast());
        byte[] word = fund.acknowledgement(new Checkpoint(3, 1, last, hash, TestFund.NOON_MILLIS, 1));
        List<Message> messages = List.of(new Message(Topics.ack(1, 3), word));
        Bundle down = new Bundle(Way.DOWN, 1, new LedgerId(3, 2), messages);
        carried.put(down.name(), down.encode());
        newDesk.carry();
        rebuilt.loop.runUntilIdle();

        assertEquals(rebuilt.till().ledger().head().number(), till.uplink().unacknowledged(), "the late tail is up");
    }

    @Test
    void another_terminals_answer_is_not_read() throws Exception {
        Bundle other = new Bundle(Way.DOWN, 1, new LedgerId(5, 1), documents());
        stick.put(DOWN, other.encode());

        touch();

        assertEquals(Said.of("stick-answer-other", "t5-e1", "t3-e1"), told(0));
        assertFalse(desk.told().getFirst().good());
        assertTrue(desk.told().getLast().good());
        assertFalse(market.stall().ready());
        assertEquals(List.of(1L, 2L), numbers(Bundle.decode(file())), "and the copy is made all the same");
        stick.put(DOWN, file());
        touch();
        assertEquals("stick-answer-other", told(0).key(), "its own copy under the answer's name is no answer");
    }

    @Test
    void an_older_answer_changes_nothing_and_is_named() throws Exception {
        ready();
        sell("b1");
        long head = market.till().ledger().head().number();
        answer(acknowledgement(2, 1), documents());
        byte[] old = stick.file(DOWN).orElseThrow();
        answer(acknowledgement(head, 1), documents());
        touch();
        stick.put(DOWN, old);
        touch();

        assertEquals(head, market.till().uplink().acknowledged());
        assertEquals(
                List.of(
                        new StickDesk.Told(false, Said.of("stick-answer-older")),
                        new StickDesk.Told(true, Said.of("stick-all-up"))),
                desk.told());
    }

    @Test
    void an_answer_that_broke_off_or_is_too_long_is_asked_for_again() throws Exception {
        answer(acknowledgement(2, 1), documents());
        byte[] whole = stick.file(DOWN).orElseThrow();
        stick.put(DOWN, Arrays.copyOf(whole, whole.length - 1));
        touch();
        assertEquals(Said.of("stick-answer-damaged"), told(0));
        assertFalse(market.stall().ready());
        stick.put(DOWN, new byte[Bundle.BYTES_MAX + 1]);
        touch();
        assertEquals(Said.of("stick-answer-damaged"), told(0));
        assertEquals(List.of(1L, 2L), numbers(Bundle.decode(file())));
    }

    @Test
    void what_the_fund_has_not_signed_is_not_believed_whatever_the_file_says() throws Exception {
        ready();
        byte[] forged = acknowledgement(2, 1);
        forged[forged.length - 1] ^= 1;
        byte[] scheme = fund.scheme(2);
        scheme[scheme.length - 1] ^= 1;
        List<Message> messages = new ArrayList<>();
        messages.add(new Message(Topics.ack(1, 3), forged));
        messages.add(new Message(Topics.doc(1, "scheme", 2), scheme));
        stick.put(DOWN, new Bundle(Way.DOWN, 1, LEDGER, messages).encode());

        touch();

        assertEquals(Said.of("stick-answer-refused"), told(0));
        assertEquals(0, market.till().uplink().acknowledged());
        assertEquals(1, market.stall().rulesNow().orElseThrow().scheme().version());
        long notes = market.bodies(Body.TechnicalEvent.class).stream()
                .filter(event -> event.code() == Body.TechnicalEvent.MESSAGE_REFUSED)
                .count();
        touch();
        assertEquals(2, notes, "each reason once");
        assertEquals(
                notes,
                market.bodies(Body.TechnicalEvent.class).stream()
                        .filter(event -> event.code() == Body.TechnicalEvent.MESSAGE_REFUSED)
                        .count());
    }

    @Test
    void stick_and_link_in_any_order_lead_to_the_same() throws Exception {
        ready();
        sell("b1");
        long carried = market.till().ledger().head().number();
        copied();
        market.link.up();
        market.loop.runUntilIdle();
        sell("b2");
        long head = market.till().ledger().head().number();
        market.link.deliver(Topics.ack(1, 3), acknowledgement(head, 1));
        market.loop.runUntilIdle();
        answer(acknowledgement(carried, 1), documents());

        touch();

        assertEquals(head, market.till().uplink().acknowledged());
        assertEquals(0, market.till().uplink().unacknowledged());
        assertEquals(Said.of("stick-answer-older"), told(0));
    }

    @Test
    void a_hub_that_was_restored_gets_again_what_it_asks_for() throws Exception {
        ready();
        sell("b1");
        long head = market.till().ledger().head().number();
        answer(acknowledgement(head, 1), documents());
        touch();
        List<Message> restored = new ArrayList<>();
        restored.add(new Message(Topics.ack(1, 3), acknowledgement(2, 2)));
        restored.add(new Message(Topics.gap(1, 3), new Gap(3, 1, 2).encode()));
        stick.put(DOWN, new Bundle(Way.DOWN, 1, LEDGER, restored).encode());

        touch();

        assertEquals(2L, numbers(Bundle.decode(file())).getFirst());
    }

    @Test
    void the_technicians_command_packs_the_same_entries_from_the_store_alone() throws Exception {
        ready();
        sell("b1");
        answer(acknowledgement(2, 1), documents());
        touch();
        sell("b2");
        Bundle byKey = copied();

        StoredBundle.Packed packed = StoredBundle.of(
                        market.database,
                        market.setup().identity(),
                        1,
                        market.clock.now().toEpochMilli())
                .orElseThrow();

        assertEquals(market.till().ledger().head().number(), packed.head());
        assertEquals(packed.head() - 2, packed.entries());
        assertEquals(byKey.name(), packed.bundle().name());
        assertEquals(byKey.messages().size(), packed.bundle().messages().size());
        assertArrayEquals(
                byKey.messages().getFirst().payload(),
                packed.bundle().messages().getFirst().payload());
    }

    @Test
    void what_does_not_fit_waits_for_the_next_journey() throws Exception {
        ready();
        for (int sale = 0; sale < 450; sale++) {
            sell("b" + sale);
        }
        desk = new StickDesk(
                stick, market.loop, market.till().uplink(), market.till().ledger(), 1, 110_000);
        touch();
        long first = numbers(Bundle.decode(file())).getLast();
        long left = market.till().ledger().head().number() - first;
        assertTrue(left > 0, "all of it fitted");
        assertEquals(good(Said.of("stick-copied-part", first, left)), desk.told());
        answer(acknowledgement(first, 1), documents());

        assertEquals(first + 1, numbers(copied()).getFirst());
    }

    /** Gives the till its rules, by the stick. */
    private void ready() throws StorageFailed {
        stick.put(DOWN, new Bundle(Way.DOWN, 1, LEDGER, documents()).encode());
        touch();
        stick.remove(DOWN);
        assertTrue(market.stall().ready());
    }

    private void touch() {
        desk.carry();
        desk.carry();
        market.loop.runUntilIdle();
        assertFalse(desk.working());
    }

    private Bundle copied() throws Malformed {
        touch();
        return Bundle.decode(file());
    }

    private byte[] file() {
        return stick.file(UP).orElseThrow();
    }

    private Said told(int place) {
        return desk.told().get(place).said();
    }

    private static List<StickDesk.Told> good(Said... words) {
        return Arrays.stream(words).map(word -> new StickDesk.Told(true, word)).toList();
    }

    private static List<StickDesk.Told> bad(Said word) {
        return List.of(new StickDesk.Told(false, word));
    }

    private List<Message> documents() {
        return fund.documents().stream()
                .map(document -> new Message(Topics.doc(1, "any", 1), document))
                .toList();
    }

    private void answer(byte[] acknowledgement, List<Message> documents) {
        List<Message> messages = new ArrayList<>();
        messages.add(new Message(Topics.ack(1, 3), acknowledgement));
        messages.addAll(documents);
        stick.put(DOWN, new Bundle(Way.DOWN, 1, LEDGER, messages).encode());
    }

    private byte[] acknowledgement(long number, long generation) throws StorageFailed {
        byte[] hash = market.till().ledger().hashOf(number).orElseThrow();
        return fund.acknowledgement(new Checkpoint(3, 1, number, hash, TestFund.NOON_MILLIS, generation));
    }

    private void sell(String key) {
        market.ringUp(key, MILK);
        TestTill.basket(market.stall().cash(key));
    }

    private static List<Long> numbers(Bundle bundle) throws Malformed {
        List<Long> numbers = new ArrayList<>();
        for (Message message : bundle.messages()) {
            if (message.topic().equals(Topics.up(1, 3))) {
                for (byte[] entry : Batch.decode(message.payload()).entries()) {
                    numbers.add(SignedEntry.decode(entry).entry().number());
                }
            }
        }
        return numbers;
    }
}

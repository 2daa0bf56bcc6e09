package etal.terminal.succession;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.FakeLink;
import etal.fake.FakeMedium;
import etal.port.Medium;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.ledger.Succession;
import etal.protocol.sync.Batch;
import etal.protocol.sync.Checkpoint;
import etal.protocol.sync.Gap;
import etal.protocol.sync.Topics;
import etal.terminal.basket.TillBasket;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A terminal burns. Its successor begins a new epoch with a new key; the stick of the old one, where it was saved, brings
 * what the hub does not have.
 *
 * <pre>
 * stick of t3-e1        till t3-e2                        hub
 *  |-- entries 1..n ------>|  verified, kept apart          |
 *  |                       |-- batch t3-e1, k+1..n -------->|   k: what the hub had signed for
 *  |                       |-- batch t3-e2, 1.. ----------->|   genesis: t3-e1 ended at n
 *  |                       |<------- checkpoint t3-e1, n ---|
 *  |                       |<------- checkpoint t3-e2, .. --|
 * </pre>
 */
class RebuiltTest {
    private static final Wanted MILK = new Wanted("milk", 1);
    private static final LedgerId OLD = new LedgerId(3, 1);

    private final TestFund fund = new TestFund();
    private final TestTill burnt = TestTill.ready(fund, 3);
    private final FakeMedium stick = burnt.medium;
    private long acknowledged;
    private long last;

    @BeforeEach
    void it_sells_and_burns_before_all_is_up() throws StorageFailed {
        sell(burnt, "b1");
        acknowledged = burnt.till().ledger().head().number();
        acknowledge(
                burnt,
                1,
                acknowledged,
                burnt.till().ledger().hashOf(acknowledged).orElseThrow());
        sell(burnt, "b2");
        sell(burnt, "b3");
        last = burnt.till().ledger().head().number();
        burnt.pullPlug();
    }

    @Test
    void its_genesis_names_where_the_epoch_before_ended() throws Malformed, StorageFailed {
        TestTill rebuilt = rebuilt(stick, null).ready();

        Succession named = genesis(rebuilt).succession();
        assertNotNull(named);
        assertEquals(1, named.epoch());
        assertEquals(last, named.number());
        assertArrayEquals(hashOnStick(last), named.headHash());
    }

    @Test
    void what_the_hub_has_not_signed_for_goes_up_and_nothing_else_of_the_old_epoch() throws Malformed, StorageFailed {
        TestTill rebuilt = rebuilt(stick, null).ready();

        Batch tail = tail(rebuilt).getFirst();
        assertEquals(numbers(acknowledged + 1, last), numbers(tail));
        assertEquals(
                fund.setup(3, 1).identity().chain().size(), tail.certificates().size());
        assertArrayEquals(
                fund.setup(3, 1).identity().chain().getFirst(),
                tail.certificates().getFirst());
    }

    @Test
    void it_goes_up_again_until_it_is_acknowledged_and_then_never_more() throws Malformed, StorageFailed {
        TestTill rebuilt = rebuilt(stick, null).ready();
        rebuilt.link.takeSent();
        rebuilt.loop.advance(Duration.ofMinutes(2));
        assertTrue(tail(rebuilt).size() >= 2, "sent again");
        assertEquals(last - acknowledged + own(rebuilt), rebuilt.till().uplink().unacknowledged());

        acknowledge(rebuilt, 1, last, hashOnStick(last));
        rebuilt.link.takeSent();
        rebuilt.loop.advance(Duration.ofMinutes(30));

        assertEquals(List.of(), tail(rebuilt));
        assertEquals(own(rebuilt), rebuilt.till().uplink().unacknowledged(), "only its own entries");
    }

    @Test
    void the_stick_may_be_gone_after_the_first_start() throws Malformed, StorageFailed {
        TestTill rebuilt = rebuilt(stick, null).ready();
        stick.pulled(true);
        rebuilt.restart();
        rebuilt.link.takeSent();
        rebuilt.link.up();
        rebuilt.loop.runUntilIdle();

        assertEquals(numbers(acknowledged + 1, last), numbers(tail(rebuilt).getFirst()));
    }

    @Test
    void an_acknowledged_tail_stays_acknowledged_over_a_pulled_plug() throws Malformed, StorageFailed {
        TestTill rebuilt = rebuilt(stick, null).ready();
        acknowledge(rebuilt, 1, last, hashOnStick(last));
        rebuilt.restart();
        rebuilt.link.up();
        rebuilt.loop.advance(Duration.ofMinutes(10));

        assertEquals(List.of(), tail(rebuilt));
    }

    @Test
    void a_hub_that_lacks_more_gets_more() throws Malformed, StorageFailed {
        TestTill rebuilt = rebuilt(stick, null).ready();
        acknowledge(rebuilt, 1, last, hashOnStick(last));
        rebuilt.link.takeSent();
        rebuilt.link.deliver(Topics.gap(1, 3), new Gap(3, 1, 2).encode());
        rebuilt.loop.runUntilIdle();

        assertEquals(numbers(2, last), numbers(tail(rebuilt).getFirst()));
    }

    @Test
    void the_new_epoch_counts_sales_from_one_and_its_receipts_name_it() {
        TestTill rebuilt = rebuilt(stick, null).ready();
        TillBasket sold = sell(rebuilt, "b1");

        assertEquals(1, sold.sale());
        assertEquals(new LedgerId(3, 2), rebuilt.till().ledger().identity().id());
        assertEquals(
                List.of(1L),
                rebuilt.bodies(Body.Sale.class).stream().map(Body.Sale::sale).toList());
    }

    @Test
    void without_the_stick_it_names_what_the_technician_was_told() throws Malformed {
        Succession told = new Succession(1, 41, new byte[32]);
        TestTill rebuilt = rebuilt(null, told).ready();

        Succession named = genesis(rebuilt).succession();
        assertNotNull(named);
        assertEquals(41, named.number());
        assertEquals(List.of(), tail(rebuilt));
    }

    @Test
    void where_nothing_is_known_nothing_is_named() throws Malformed {
        assertNull(genesis(rebuilt(null, null).ready()).succession());
    }

    @Test
    void a_stick_that_lacks_its_end_names_what_the_hub_has_beyond_it() throws Malformed, StorageFailed {
        byte[] head = hashOnStick(last);
        stick.loseLast(2);
        TestTill rebuilt = rebuilt(stick, new Succession(1, last, head)).ready();

        Succession named = genesis(rebuilt).succession();
        assertNotNull(named);
        assertEquals(last, named.number());
    }

    @Test
    void a_hub_that_has_more_than_the_stick_kept_lacks_nothing_and_the_lamp_says_so() throws Malformed, StorageFailed {
        byte[] head = hashOnStick(last);
        stick.loseLast(1);
        TestTill rebuilt = rebuilt(stick, new Succession(1, last, head)).ready();
        assertTrue(rebuilt.till().uplink().unacknowledged() > own(rebuilt));

        acknowledge(rebuilt, 1, last, head);
        assertEquals(own(rebuilt), rebuilt.till().uplink().unacknowledged());
        rebuilt.restart();
        rebuilt.link.takeSent();
        rebuilt.link.up();
        rebuilt.loop.runUntilIdle();

        assertEquals(own(rebuilt), rebuilt.till().uplink().unacknowledged());
        assertEquals(List.of(), tail(rebuilt));
    }

    @Test
    void a_stick_that_holds_another_entry_than_the_hub_is_not_taken_over_and_said_so() throws Malformed {
        TestTill rebuilt = rebuilt(stick, new Succession(1, 2, new byte[32])).ready();

        assertEquals(Said.of("before-other", "t3-e1", 2L), fault(rebuilt));
        assertEquals(List.of(), tail(rebuilt));
        assertTrue(rebuilt.stall().ready(), "it sells");
    }

    @Test
    void another_terminals_stick_is_not_believed() throws Malformed {
        TestTill other = TestTill.ready(fund, 5);
        TestTill rebuilt = rebuilt(other.medium, null).ready();

        assertEquals(Said.of("before-damaged", "t3-e1", 1L), fault(rebuilt));
        assertEquals(List.of(), tail(rebuilt));
    }

    @Test
    void certificates_that_are_not_that_ledgers_open_no_stick() throws Malformed {
        Predecessor wrong = new Predecessor(OLD, fund.setup(5, 1).identity().chain(), null, stick);
        TestTill rebuilt = new TestTill(fund, fund.setup(3, 2).after(wrong)).ready();

        assertEquals("before-untrusted", fault(rebuilt).key());
        assertEquals(List.of(), tail(rebuilt));
    }

    @Test
    void whatever_bytes_the_stick_holds_it_opens_and_takes_over_what_lies_before_the_damage() throws Exception {
        long seed = 20260306;
        Random random = new Random(seed);
        List<byte[]> whole = stick.read().toList();
        for (int round = 0; round < 15; round++) {
            int damaged = random.nextInt(whole.size());
            byte[] bytes = whole.get(damaged).clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            stick.replace(damaged, bytes);
            TestTill rebuilt = rebuilt(stick, null);
            rebuilt.start();

            assertEquals(damaged, inheritance(rebuilt).last(), "seed " + seed + ", round " + round);
            assertEquals(Said.of("before-damaged", "t3-e1", damaged + 1L), fault(rebuilt));
            stick.replace(damaged, whole.get(damaged));
        }
    }

    @Test
    void a_plug_pulled_at_any_commit_of_the_first_start_takes_over_all_of_it_at_the_next() throws Exception {
        boolean failed = true;
        for (int commit = 1; failed; commit++) {
            TestTill rebuilt = rebuilt(stick, null);
            rebuilt.database.failAt(commit);
            failed = fails(rebuilt);
            rebuilt.database.failAt(0);
            rebuilt.restart();

            assertEquals(last, inheritance(rebuilt).last());
            Succession named = genesis(rebuilt).succession();
            assertNotNull(named);
            assertEquals(last, named.number(), "commit " + commit);
        }
    }

    @Test
    void a_bit_flipped_in_what_was_kept_is_read_again_from_the_stick() throws StorageFailed, Malformed {
        TestTill rebuilt = rebuilt(stick, null).ready();
        flip(rebuilt, last - 1);
        rebuilt.restart();

        assertEquals(last, inheritance(rebuilt).last());
        assertEquals(Said.of("before-copy-damaged", "t3-e1", last - 1), fault(rebuilt));
        assertArrayEquals(hashOnStick(last), inheritance(rebuilt).hashOf(last).orElseThrow());
    }

    @Test
    void an_epoch_does_not_follow_itself_nor_another_terminal() {
        Predecessor itself = new Predecessor(new LedgerId(3, 2), List.of(), null, null);
        Predecessor other = new Predecessor(new LedgerId(4, 1), List.of(), null, null);

        assertThrows(IllegalArgumentException.class, () -> fund.setup(3, 2).after(itself));
        assertThrows(IllegalArgumentException.class, () -> fund.setup(3, 2).after(other));
    }

    private static boolean fails(TestTill till) {
        try {
            till.start();
            return false;
        } catch (AssertionError failed) {
            return true;
        }
    }

    private void flip(TestTill till, long number) throws StorageFailed {
        till.database.inTransaction(connection -> {
            try (var statement = connection.prepareStatement(
                    "UPDATE inherited SET bytes = substr(bytes, 1, 80) || x'ff' || substr(bytes, 82) WHERE number = ?")) {
                statement.setLong(1, number);
                return statement.executeUpdate();
            }
        });
    }

    private TestTill rebuilt(@Nullable Medium medium, @Nullable Succession told) {
        Predecessor before = new Predecessor(OLD, fund.setup(3, 1).identity().chain(), told, medium);
        return new TestTill(fund, fund.setup(3, 2).after(before));
    }

    private static Inheritance inheritance(TestTill till) {
        return till.till().inheritance().orElseThrow();
    }

    private static Said fault(TestTill till) {
        return inheritance(till).fault().orElseThrow();
    }

    private static Body.Genesis genesis(TestTill till) {
        return till.bodies(Body.Genesis.class).getFirst();
    }

    private static long own(TestTill till) {
        return till.till().ledger().head().number();
    }

    private byte[] hashOnStick(long number) throws StorageFailed, Malformed {
        return SignedEntry.decode(stick.read().toList().get((int) number - 1)).hash();
    }

    private static TillBasket sell(TestTill till, String key) {
        till.ringUp(key, MILK);
        return TestTill.basket(till.stall().cash(key));
    }

    private void acknowledge(TestTill till, long epoch, long number, byte[] hash) {
        Checkpoint checkpoint = new Checkpoint(3, epoch, number, hash, TestFund.NOON_MILLIS, 1);
        till.link.deliver(Topics.ack(1, 3), fund.acknowledgement(checkpoint));
        till.loop.runUntilIdle();
    }

    /** The batches of the old epoch sent since the last time this was asked. */
    private static List<Batch> tail(TestTill till) throws Malformed {
        List<Batch> tail = new ArrayList<>();
        for (FakeLink.Sent sent : till.link.takeSent()) {
            if (sent.topic().name().equals(Topics.up(1, 3))
                    && Batch.decode(sent.message()).epoch() == 1) {
                tail.add(Batch.decode(sent.message()));
            }
        }
        return tail;
    }

    private static List<Long> numbers(Batch batch) throws Malformed {
        List<Long> numbers = new ArrayList<>();
        for (byte[] entry : batch.entries()) {
            numbers.add(SignedEntry.decode(entry).entry().number());
        }
        return numbers;
    }

    private static List<Long> numbers(long first, long last) {
        return java.util.stream.LongStream.rangeClosed(first, last).boxed().toList();
    }
}

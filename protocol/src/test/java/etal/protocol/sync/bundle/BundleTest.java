package etal.protocol.sync.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.Mutations;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.SampleLedger;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.sync.Batch;
import etal.protocol.sync.Topics;
import etal.protocol.sync.bundle.Bundle.Message;
import etal.protocol.trust.TestCertificates;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What somebody carries between stall and hub.
 *
 * <pre>
 * terminal                    stick                                hub
 *    |-- etal-1-t3-e1-aller ---->|---- carried --------------------->|
 *    |                           |  [up/3 Batch]* [here/3 Presence]  |
 *    |<--- carried back ---------|<-- etal-1-t3-e1-retour -----------|
 *    |       [ack/3 Checkpoint]? [gap/3 Gap]? [doc/... Document]*    |
 * </pre>
 */
final class BundleTest {
    private static final LedgerId LEDGER = new LedgerId(3, 1);

    private static Batch batch() {
        List<byte[]> entries =
                SampleLedger.entries().stream().map(SignedEntry::bytes).toList();
        return new Batch(3, 1, List.of(TestCertificates.TERMINAL, TestCertificates.TERMINAL_CA), entries);
    }

    private static Bundle up(Message... messages) {
        return new Bundle(Way.UP, 1, LEDGER, List.of(messages));
    }

    private static Message on(String topic) {
        return new Message(topic, new byte[] {1, 2, 3});
    }

    @Test
    void what_was_packed_is_read_byte_for_byte() throws Malformed {
        byte[] file = up(new Message(Topics.up(1, 3), batch().encode()), on(Topics.here(1, 3)))
                .encode();

        Bundle read = Bundle.decode(file);

        assertEquals(Way.UP, read.way());
        assertEquals(1, read.fund());
        assertEquals(LEDGER, read.ledger());
        assertEquals(2, read.messages().size());
        assertArrayEquals(batch().encode(), read.messages().getFirst().payload());
        assertEquals("etal/1/here/3", read.messages().getLast().topic());
        assertArrayEquals(file, read.encode());
    }

    @Test
    void a_bundle_without_messages_reads() throws Malformed {
        assertEquals(List.of(), Bundle.decode(up().encode()).messages());
    }

    @Test
    void its_name_tells_fund_ledger_and_direction_so_that_one_stick_serves_many() {
        assertEquals("etal-1-t3-e1-aller.bundle", up().name());
        assertEquals("etal-7-t3-e2-retour.bundle", Bundle.name(Way.DOWN, 7, new LedgerId(3, 2)));
    }

    @Test
    void a_terminal_speaks_only_where_the_broker_would_let_it() {
        for (String topic : List.of(
                Topics.up(1, 5),
                Topics.up(2, 3),
                Topics.here(1, 5),
                Topics.ack(1, 3),
                Topics.gap(1, 3),
                Topics.doc(1, "scheme", 1),
                Topics.upOfAll(1),
                "etal/1/up/3/",
                "")) {
            assertThrows(IllegalStateException.class, () -> up(on(topic)).encode(), topic);
            assertThrows(Malformed.class, () -> Bundle.decode(raw(Way.UP, on(topic))), topic);
        }
    }

    @Test
    void down_comes_only_what_the_terminal_would_have_heard() throws Malformed {
        for (String topic : List.of(Topics.ack(1, 3), Topics.gap(1, 3), Topics.doc(1, "orders-3", 12))) {
            assertEquals(
                    topic,
                    Bundle.decode(raw(Way.DOWN, on(topic)))
                            .messages()
                            .getFirst()
                            .topic());
        }
        for (String topic : List.of(
                Topics.ack(1, 5),
                Topics.up(1, 3),
                Topics.here(1, 3),
                Topics.doc(2, "deny", 1),
                Topics.doc(1, "d\u00e9ny", 1),
                Topics.doc(1, "a b", 1),
                Topics.doc(1, "x".repeat(128), 1))) {
            assertThrows(Malformed.class, () -> Bundle.decode(raw(Way.DOWN, on(topic))), topic);
        }
    }

    @Test
    void a_file_that_broke_off_anywhere_is_refused() {
        byte[] file = up(on(Topics.up(1, 3)), on(Topics.here(1, 3))).encode();
        for (int length = 0; length < file.length; length++) {
            byte[] torn = Arrays.copyOf(file, length);
            assertThrows(Malformed.class, () -> Bundle.decode(torn), "" + length);
        }
        assertThrows(Malformed.class, () -> Bundle.decode(Arrays.copyOf(file, file.length + 1)));
    }

    @Test
    void a_flipped_bit_anywhere_is_seen() {
        byte[] file = up(on(Topics.up(1, 3))).encode();
        for (int bit = 0; bit < file.length * 8; bit++) {
            byte[] rotten = file.clone();
            rotten[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(Malformed.class, () -> Bundle.decode(rotten), "bit " + bit);
        }
    }

    @Test
    void a_message_left_out_or_said_twice_is_seen_by_the_end() {
        Message one = on(Topics.up(1, 3));
        byte[] end = tail(up(one, one));
        for (List<Message> others : List.of(List.of(one), List.of(one, one, one))) {
            assertThrows(Malformed.class, () -> Bundle.decode(join(others, end)));
        }
    }

    @Test
    void a_file_or_a_message_too_long_or_too_many_are_refused() throws Malformed {
        assertThrows(Malformed.class, () -> Bundle.decode(new byte[Bundle.BYTES_MAX + 1]));
        Message one = on(Topics.up(1, 3));
        List<Message> most = Collections.nCopies(Bundle.MESSAGES_MAX, one);
        assertEquals(
                Bundle.MESSAGES_MAX,
                Bundle.decode(new Bundle(Way.UP, 1, LEDGER, most).encode())
                        .messages()
                        .size());
        List<Message> more = Collections.nCopies(Bundle.MESSAGES_MAX + 1, one);
        assertThrows(IllegalStateException.class, () -> new Bundle(Way.UP, 1, LEDGER, more).encode());
        Message longest = new Message(Topics.up(1, 3), new byte[Bundle.PAYLOAD_BYTES_MAX]);
        assertEquals(1, Bundle.decode(up(longest).encode()).messages().size());
        Message longer = new Message(Topics.up(1, 3), new byte[Bundle.PAYLOAD_BYTES_MAX + 1]);
        assertThrows(IllegalStateException.class, () -> up(longer).encode());
    }

    @Test
    void every_length_of_a_message_is_reckoned_as_it_is_written() {
        for (int length : new int[] {0, 1, 23, 24, 255, 256, 65_535, 65_536, 70_000}) {
            Message message = new Message(Topics.up(1, 3), new byte[length]);
            assertEquals(Bundle.item(message).length, Bundle.length(message), "" + length);
        }
        Message longTopic = on(Topics.doc(1, "orders-15", 1_234_567_890L));
        assertEquals(Bundle.item(longTopic).length, Bundle.length(longTopic));
    }

    @Test
    void packing_ends_where_the_file_would_be_too_long() throws Malformed {
        Packing packing = new Packing(Way.UP, 1, LEDGER);
        int packed = 0;
        while (packing.add(new Message(Topics.up(1, 3), new byte[256 * 1024]))) {
            packed++;
        }
        assertEquals(31, packed);
        assertFalse(packing.add(new Message(Topics.up(1, 3), new byte[Bundle.PAYLOAD_BYTES_MAX + 1])));
        while (packing.add(new Message(Topics.up(1, 3), new byte[256]))) {
            packed++;
        }
        assertTrue(packing.addLast(new Message(Topics.here(1, 3), new byte[256])), "room is kept for the last word");
        byte[] file = packing.bundle().encode();
        assertTrue(file.length <= Bundle.BYTES_MAX);
        assertEquals(packed + 1, Bundle.decode(file).messages().size());
    }

    @Test
    void nonsense_is_malformed_and_nothing_else() {
        byte[] file = up(new Message(Topics.up(1, 3), batch().encode())).encode();
        Mutations.feed(List.of(file), 20_000, Bundle::decode);
        assertThrows(Malformed.class, () -> Bundle.decode(Cbor.encode(CBORObject.FromObject(1))));
        assertThrows(Malformed.class, () -> Bundle.decode(batch().encode()), "a batch is no bundle");
    }

    /** As somebody would write it who keeps to no rule. */
    private static byte[] raw(Way way, Message... messages) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(Bundle.header(way, 1, LEDGER));
        for (Message message : messages) {
            file.writeBytes(Bundle.item(message));
        }
        file.writeBytes(Bundle.end(messages.length, Hash.sha256(file.toByteArray())));
        return file.toByteArray();
    }

    private static byte[] tail(Bundle bundle) {
        byte[] file = bundle.encode();
        List<byte[]> items = new ArrayList<>();
        bundle.messages().forEach(message -> items.add(Bundle.item(message)));
        int before = Bundle.header(Way.UP, 1, LEDGER).length
                + items.stream().mapToInt(item -> item.length).sum();
        return Arrays.copyOfRange(file, before, file.length);
    }

    private static byte[] join(List<Message> messages, byte[] end) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(Bundle.header(Way.UP, 1, LEDGER));
        messages.forEach(message -> file.writeBytes(Bundle.item(message)));
        file.writeBytes(end);
        return file.toByteArray();
    }
}

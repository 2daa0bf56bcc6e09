package etal.hub.sync;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.FakeLink;
import etal.hub.sync.BundleDesk.Outcome;
import etal.hub.sync.BundleDesk.Why;
import etal.hub.world.TestFund;
import etal.hub.world.TestTerminal;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.P256;
import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.Gap;
import etal.protocol.sync.Presence;
import etal.protocol.sync.SignedCheckpoint;
import etal.protocol.sync.SignedDocument;
import etal.protocol.sync.SignedPresence;
import etal.protocol.sync.Topics;
import etal.protocol.sync.bundle.Bundle;
import etal.protocol.sync.bundle.Bundle.Message;
import etal.protocol.sync.bundle.Way;
import etal.testkit.TestAuthority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A stick is handed in.
 *
 * <pre>
 * stick                                     hub
 *   |-- up/3 batch, here/3 presence --------->|   taken as over the link, each entry once
 *   |<- ack/3 checkpoint, gap/3, doc/... -----|   what the link would have brought to terminal 3
 * </pre>
 */
class BundleDeskTest {
    private static final LedgerId THREE = new LedgerId(3, 1);

    private TestFund fund;

    @BeforeEach
    void a_stall_without_network_has_sold() throws StorageFailed {
        fund = new TestFund();
        fund.link.takeSent();
        fund.three.load(fund.cards.getFirst(), fund.token());
        fund.three.sell(fund.cards.getFirst(), vegetables(1_250));
    }

    @Test
    void its_entries_are_taken_and_the_answer_brings_what_the_link_would_have_brought() throws Exception {
        Outcome.Taken taken = taken(stick(fund.three, fund.three.batch()));

        assertEquals(fund.three.head(), taken.acknowledged());
        assertEquals(fund.three.head(), taken.head());
        assertEquals(0, taken.left());
        assertEquals(THREE, taken.answer().ledger());
        assertEquals(Way.DOWN, taken.answer().way());
        SignedCheckpoint word =
                SignedCheckpoint.decode(taken.answer().messages().getFirst().payload());
        assertEquals(fund.three.head(), word.checkpoint().number());
        assertTrue(word.verify(TestFund.keys(fund.authority).acknowledging().publicKey()));
        assertEquals(List.of("scheme", "catalogue", "period"), kinds(taken.answer()));
        assertEquals(1_250, fund.balance("4673"));
        assertEquals(List.of(), evening());
    }

    @Test
    void the_same_stick_twice_or_an_old_one_later_books_each_entry_once() throws Exception {
        byte[] first = stick(fund.three, fund.three.batch());
        taken(first);
        long events = fund.count("event");
        Outcome.Taken again = taken(first);
        assertEquals(fund.three.head(), again.acknowledged(), "the answer may have been lost: it is given again");
        assertEquals(events, fund.count("event"));

        long before = fund.three.head();
        fund.three.sell(fund.cards.getFirst(), vegetables(500));
        taken(stick(fund.three, fund.three.batch(before + 1, fund.three.head())));
        assertEquals(fund.three.head(), taken(first).acknowledged(), "an old stick gets the newest word");

        assertEquals(1_750, fund.balance("4673"));
        assertEquals(List.of(), fund.quarantined());
        assertEquals(List.of(), evening());
    }

    @Test
    void stick_and_link_in_any_order_lead_to_the_same_books() throws Exception {
        fund.deliver(fund.three.batch(1, 2));
        byte[] carried = stick(fund.three, fund.three.batch());
        fund.three.sell(fund.cards.getFirst(), vegetables(500));
        fund.deliver(fund.three.batch());
        assertEquals(fund.three.head(), taken(carried).acknowledged());
        fund.deliver(fund.three.batch(1, 2));

        assertEquals(1_750, fund.balance("4673"));
        assertEquals(List.of(), fund.quarantined());
        assertEquals(List.of(), evening());
    }

    @Test
    void what_is_missing_before_it_is_asked_for_in_the_answer() throws Exception {
        Outcome.Taken taken = taken(stick(fund.three, fund.three.batch(3, 3)));

        assertEquals(0, taken.acknowledged());
        Message first = taken.answer().messages().getFirst();
        assertEquals(Topics.gap(1, 3), first.topic());
        assertEquals(new Gap(3, 1, 1), Gap.decode(first.payload()));
        assertEquals(1_250, claimAfter(taken(stick(fund.three, fund.three.batch()))));
    }

    @Test
    void the_terminals_word_alone_brings_what_the_fund_publishes_and_the_last_acknowledgement() throws Exception {
        taken(stick(fund.three, fund.three.batch()));

        Outcome.Taken taken = taken(stick(fund.three));

        assertEquals(Topics.ack(1, 3), taken.answer().messages().getFirst().topic());
        assertEquals(3, kinds(taken.answer()).size());
    }

    @Test
    void whoever_has_no_certificate_of_the_fund_is_given_nothing() throws Exception {
        TestTerminal stranger = new TestTerminal(new TestAuthority(8), 3, fund.scheme, fund.clock.now());
        assertEquals(Why.STRANGER, refused(stick(stranger, stranger.batch())));
        assertEquals(List.of("untrusted-chain"), fund.quarantined());
        assertEquals(Why.STRANGER, refused(stick(fund.three)), "a word of a ledger of which nothing came yet");
        assertEquals(Why.STRANGER, refused(file(Way.UP, 1, THREE)));
        taken(stick(fund.three, fund.three.batch()));
        Message forged = presence(stranger, 9);
        assertEquals(Why.STRANGER, refused(file(Way.UP, 1, THREE, forged)), "signed by another key");
    }

    @Test
    void a_terminal_does_not_speak_for_another_and_gets_nothing_of_anothers() throws Exception {
        Message fives = new Message(Topics.up(1, 3), fund.five.batch());
        assertEquals(Why.OTHER_TERMINAL, refused(file(Way.UP, 1, THREE, fives)));
        Message word = new Message(Topics.here(1, 3), presence(fund.five, 1).payload());
        assertEquals(Why.OTHER_TERMINAL, refused(file(Way.UP, 1, THREE, word)));
        assertEquals(0, fund.count("entry"));
        taken(stick(fund.three, fund.three.batch()));
        Outcome.Taken fiveTaken = taken(file(
                Way.UP,
                1,
                new LedgerId(5, 1),
                new Message(Topics.up(1, 5), fund.five.batch()),
                presence(fund.five, 1)));
        assertTrue(fiveTaken.answer().messages().stream()
                .noneMatch(message -> message.topic().equals(Topics.ack(1, 3))));
    }

    @Test
    void what_is_torn_an_answer_or_another_funds_is_refused_and_changes_nothing() throws Exception {
        byte[] good = stick(fund.three, fund.three.batch());
        for (int length : new int[] {0, 1, good.length / 2, good.length - 1}) {
            assertEquals(Why.UNREADABLE, refused(Arrays.copyOf(good, length)));
        }
        assertEquals(Why.UNREADABLE, refused(new byte[Bundle.BYTES_MAX + 1]));
        assertEquals(Why.ANSWER, refused(file(Way.DOWN, 1, THREE)));
        Message other = new Message(Topics.up(2, 3), fund.three.batch());
        assertEquals(Why.OTHER_FUND, refused(file(Way.UP, 2, THREE, other)));
        assertEquals(0, fund.count("entry"));
        assertEquals(0, fund.count("quarantine"));
    }

    @Test
    void a_message_that_does_not_read_is_kept_as_if_it_had_come_over_the_link() throws Exception {
        Message nonsense = new Message(Topics.up(1, 3), new byte[] {1, 2, 3});
        Message good = new Message(Topics.up(1, 3), fund.three.batch());
        Outcome.Taken taken = taken(file(Way.UP, 1, THREE, nonsense, good));
        assertEquals(fund.three.head(), taken.acknowledged());
        assertEquals(List.of("malformed"), fund.quarantined());
    }

    @Test
    void the_answer_goes_over_the_link_too_for_a_stall_that_is_on_line_by_now() throws Exception {
        taken(stick(fund.three, fund.three.batch()));
        List<FakeLink.Sent> sent = fund.link.takeSent();
        assertTrue(sent.stream().anyMatch(each -> each.topic().name().equals(Topics.ack(1, 3))), "" + sent);
    }

    /** Both stalls close, the one brings it by the stick, the other over the link; what does not agree then. */
    private List<String> evening() throws StorageFailed {
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        taken(stick(fund.three, fund.three.batch()));
        fund.link.deliver(Topics.up(1, 5), fund.five.batch());
        fund.loop.runUntilIdle();
        return fund.evening().differences();
    }

    private long claimAfter(Outcome.Taken taken) throws StorageFailed {
        assertEquals(fund.three.head(), taken.acknowledged());
        return fund.balance("4673");
    }

    private static List<String> kinds(Bundle answer) throws Malformed {
        List<String> kinds = new ArrayList<>();
        for (Message message : answer.messages()) {
            if (message.topic().startsWith(Topics.allDocs(1))) {
                kinds.add(SignedDocument.decode(message.payload()).document().kind());
            }
        }
        return kinds;
    }

    private Outcome.Taken taken(byte[] file) throws StorageFailed {
        return assertInstanceOf(Outcome.Taken.class, fund.hub.bundles().take(file));
    }

    private Why refused(byte[] file) throws StorageFailed {
        return assertInstanceOf(Outcome.Refused.class, fund.hub.bundles().take(file))
                .why();
    }

    /** What the terminal's key writes. */
    private byte[] stick(TestTerminal terminal, byte[]... batches) {
        List<Message> messages = new ArrayList<>();
        // First, though it speaks of what comes after it: the order on the stick is nobody's promise.
        messages.add(presence(terminal, terminal.head()));
        for (byte[] batch : batches) {
            messages.add(new Message(Topics.up(1, 3), batch));
        }
        return file(Way.UP, 1, THREE, messages.toArray(Message[]::new));
    }

    private Message presence(TestTerminal terminal, long number) {
        fund.clock.advance(Duration.ofSeconds(1));
        long id = terminal == fund.five ? 5 : 3;
        Presence word = new Presence(id, 1, number, fund.clock.now().toEpochMilli());
        TestAuthority.Leaf leaf = terminal.leaf();
        SignedPresence signed = SignedPresence.sign(word, leaf.kid(), message -> P256.sign(leaf.scalar(), message));
        return new Message(Topics.here(1, id), signed.bytes());
    }

    private static byte[] file(Way way, long fund, LedgerId ledger, Message... messages) {
        return new Bundle(way, fund, ledger, List.of(messages)).encode();
    }
}

package etal.terminal.hardware.pcsc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.CardChannel;
import etal.port.CardGone;
import etal.port.CardReader.CardEvent;
import etal.port.Loop;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.testkit.pcsc.Pcscd;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the reader tells, through the real service.
 *
 * <pre>
 * card            pcscd (vpcd)          reader                    loop
 *  |-- connect ------&gt;|  looks every      |                         |
 *  |&lt;- power, ATR? ---|  400 ms           |                         |
 *  |                  |-- present -------&gt;|-- Presented -----------&gt;|
 *  |&lt;-------------- command ------------- | &lt;-------- transmit -----|
 *  |--------------- answer -------------&gt; | ----------------------&gt; |
 *  |-- close --------&gt;|-- absent --------&gt;|-- Gone ----------------&gt;|
 * </pre>
 */
@Timeout(60)
class PcscReaderTest {
    private static final byte[] DONE = {(byte) 0x90, 0};
    private static final byte[] COMMAND = {(byte) 0x80, 0x10, 0, 0, 0};
    private static final byte[] ASK_UID = {(byte) 0xFF, (byte) 0xCA, 0, 0, 0};
    private static final UnaryOperator<byte[]> OBEDIENT = apdu -> DONE;
    /** A MIFARE Classic as readers tell of it. */
    private static final byte[] TRANSIT_TAG = unhex("3b8f8001804f0ca000000306030001000000006a");

    private static @Nullable Pcscd daemon;

    private final BlockingQueue<CardEvent> events = new LinkedBlockingQueue<>();
    private @Nullable PcscReader reader;

    @BeforeAll
    static void a_service() throws Exception {
        daemon = Pcscd.start();
    }

    @AfterAll
    static void ends() {
        if (daemon != null) {
            daemon.close();
        }
    }

    @BeforeEach
    void listens() throws Exception {
        listenTo(daemon().name() + " 00 00", Duration.ofSeconds(5));
        assertEquals(new CardEvent.ReaderState(true), next());
    }

    private void listenTo(String name, Duration answerWithin) {
        reader = new PcscReader(name, new AtOnce(), answerWithin);
        reader.listen(events::add);
    }

    @AfterEach
    void closes() {
        reader().close();
        daemon().awaitEmpty();
    }

    @Test
    void a_card_is_presented_answers_and_leaves() throws Exception {
        CardChannel channel;
        try (StrangeCard card = lay(StrangeCard.CONTACTLESS, apdu -> new byte[] {apdu[1], (byte) 0x90, 0})) {
            channel = presented();
            assertArrayEquals(new byte[] {0x10, (byte) 0x90, 0}, channel.transmit(COMMAND));
        }
        assertEquals(new CardEvent.Gone(), next());
        assertThrows(CardGone.class, () -> channel.transmit(COMMAND));
    }

    @Test
    void the_readers_uid_is_told_where_it_says_one() throws Exception {
        UnaryOperator<byte[]> knowing =
                apdu -> Arrays.equals(apdu, ASK_UID) ? unhex("08a1b2c39000") : new byte[] {0x6D, 0};
        try (StrangeCard card = lay(StrangeCard.CONTACTLESS, knowing)) {
            assertArrayEquals(unhex("08a1b2c3"), presented().uid().orElseThrow());
        }
        assertEquals(new CardEvent.Gone(), next());
        daemon().awaitEmpty();
        try (StrangeCard card = lay(StrangeCard.CONTACTLESS, apdu -> new byte[] {0x6E, 0})) {
            CardChannel channel = presented();
            assertTrue(channel.uid().isEmpty());
            assertArrayEquals(new byte[] {0x6E, 0}, channel.transmit(COMMAND), "and it goes on");
        }
    }

    @Test
    void a_card_that_leaves_instead_of_answering_is_gone_and_comes_back() throws Exception {
        try (StrangeCard card = lay(StrangeCard.CONTACTLESS, apdu -> new byte[0])) {
            CardChannel channel = presented();
            Thread.startVirtualThread(() -> closeAfterCommand(card));
            CardGone gone = assertThrows(CardGone.class, () -> channel.transmit(COMMAND));
            assertFalse(gone.tooSlow());
        }
        assertEquals(new CardEvent.Gone(), next());
        daemon().awaitEmpty();
        try (StrangeCard card = lay(StrangeCard.CONTACTLESS, OBEDIENT)) {
            assertArrayEquals(DONE, presented().transmit(COMMAND));
        }
    }

    private static void closeAfterCommand(StrangeCard card) {
        try {
            card.awaitCommand();
            card.close();
        } catch (Exception problem) {
            throw new AssertionError(problem);
        }
    }

    @Test
    void a_silent_card_is_too_slow_and_its_late_answer_goes_nowhere() throws Exception {
        reader().close();
        events.clear();
        listenTo(daemon().name() + " 00 00", Duration.ofMillis(300));
        assertEquals(new CardEvent.ReaderState(true), next());
        var late = new LinkedBlockingQueue<byte[]>();
        try (StrangeCard card = lay(StrangeCard.CONTACTLESS, apdu -> take(late))) {
            CardChannel channel = presented();
            CardGone silent = assertThrows(CardGone.class, () -> channel.transmit(COMMAND));
            assertTrue(silent.tooSlow());
            late.add(unhex("aaaa9000"));
            assertEquals(new CardEvent.Gone(), next());
            assertThrows(CardGone.class, () -> channel.transmit(COMMAND));
        }
    }

    @Test
    void a_card_that_failed_is_presented_again_only_when_it_was_lifted() throws Exception {
        byte[] tooLong = new byte[300];
        try (StrangeCard card = lay(StrangeCard.CONTACTLESS, apdu -> tooLong)) {
            CardChannel channel = presented();
            assertThrows(CardGone.class, () -> channel.transmit(COMMAND));
            assertEquals(new CardEvent.Gone(), next());
            assertEquals(null, events.poll(700, TimeUnit.MILLISECONDS), "it lies there still");
        }
        daemon().awaitEmpty();
        try (StrangeCard card = lay(StrangeCard.CONTACTLESS, OBEDIENT)) {
            assertArrayEquals(DONE, presented().transmit(COMMAND));
        }
    }

    @Test
    void a_transit_tag_and_a_mute_thing_are_unfit() throws Exception {
        try (StrangeCard tag = lay(TRANSIT_TAG, OBEDIENT)) {
            assertEquals(new CardEvent.Unfit(), next());
        }
        assertEquals(new CardEvent.Gone(), next());
        daemon().awaitEmpty();
        try (StrangeCard mute = lay(unhex("3b00"), OBEDIENT)) {
            assertEquals(new CardEvent.Unfit(), next(), "no T=1");
        }
        assertEquals(new CardEvent.Gone(), next());
    }

    @Test
    void a_service_that_dies_and_comes_back_is_told_and_used_again() throws Exception {
        StrangeCard before = lay(StrangeCard.CONTACTLESS, OBEDIENT);
        CardChannel channel = presented();
        daemon().kill();
        assertEquals(new CardEvent.Gone(), next());
        assertEquals(new CardEvent.ReaderState(false), next());
        assertThrows(CardGone.class, () -> channel.transmit(COMMAND));
        before.close();
        daemon().begin();
        assertEquals(new CardEvent.ReaderState(true), next());
        try (StrangeCard card = lay(StrangeCard.CONTACTLESS, OBEDIENT)) {
            assertArrayEquals(DONE, presented().transmit(COMMAND));
        }
    }

    @Test
    void a_reader_that_is_not_there_is_told_once() throws Exception {
        reader().close();
        events.clear();
        listenTo("no reader of this name", Duration.ofSeconds(5));
        assertEquals(new CardEvent.ReaderState(false), next());
        assertEquals(null, events.poll(700, TimeUnit.MILLISECONDS));
    }

    private static byte[] take(BlockingQueue<byte[]> queue) {
        try {
            return queue.take();
        } catch (InterruptedException ended) {
            return new byte[0];
        }
    }

    private StrangeCard lay(byte[] atr, UnaryOperator<byte[]> card) throws Exception {
        return new StrangeCard(daemon().reader(), atr, card);
    }

    private CardChannel presented() throws InterruptedException {
        return assertInstanceOf(CardEvent.Presented.class, next()).channel();
    }

    private CardEvent next() throws InterruptedException {
        CardEvent event = events.poll(15, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event came");
        }
        return event;
    }

    private PcscReader reader() {
        if (reader == null) {
            throw new AssertionError("no reader yet");
        }
        return reader;
    }

    private static Pcscd daemon() {
        if (daemon == null) {
            throw new AssertionError("no service");
        }
        return daemon;
    }

    private static byte[] unhex(String hex) {
        try {
            return Hash.unhex(hex);
        } catch (Malformed impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** A loop that runs everything where it is posted: these tests look at the order of events only. */
    private static final class AtOnce implements Loop {
        @Override
        public void post(Runnable event) {
            event.run();
        }

        @Override
        public <T> T call(Callable<T> work) throws Exception {
            return work.call();
        }

        @Override
        public Timer after(Duration delay, Runnable event) {
            throw new UnsupportedOperationException("no timers here");
        }
    }
}

package etal.terminal.hardware;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import etal.port.CardChannel;
import etal.port.CardGone;
import etal.port.CardReader.CardEvent;
import etal.port.Loop;
import etal.port.ReaderBroken;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TcpCardReaderTest {
    private final BlockingQueue<CardEvent> events = new LinkedBlockingQueue<>();
    private TcpCardReader reader;

    TcpCardReaderTest() throws ReaderBroken {
        reader = TcpCardReader.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new AtOnce(), Duration.ofMillis(300));
    }

    @BeforeEach
    void listens() throws Exception {
        reader.listen(events::add);
        assertEquals(new CardEvent.ReaderState(true), next());
    }

    @AfterEach
    void closes() {
        reader.close();
    }

    // card                       reader
    //  | -------- connect --------> |  Presented
    //  | <------- 00 01 01 -------- |
    //  | <------- 00 05 ... ------- |  transmit
    //  | -------- 00 02 90 00 ----> |
    //  | -------- close ----------> |  Gone
    @Test
    void a_card_is_presented_answers_and_leaves() throws Exception {
        try (Card card = new Card()) {
            CardChannel channel = presented();
            card.answerOnce(new byte[] {(byte) 0x90, 0});
            assertArrayEquals(new byte[] {(byte) 0x90, 0}, channel.transmit(new byte[] {0, 1, 2, 3, 4}));
            assertArrayEquals(new byte[] {0, 1, 2, 3, 4}, card.lastCommand());
        }
        assertEquals(new CardEvent.Gone(), next());
    }

    @Test
    void a_card_that_closes_instead_of_answering_is_gone_and_stays_gone() throws Exception {
        CardChannel channel;
        try (Card card = new Card()) {
            channel = presented();
            card.closeAtCommand();
            assertThrows(CardGone.class, () -> channel.transmit(new byte[5]));
        }
        assertEquals(new CardEvent.Gone(), next());
        assertThrows(CardGone.class, () -> channel.transmit(new byte[5]));
    }

    @Test
    void a_silent_card_is_gone_after_the_time_and_its_late_answer_goes_nowhere() throws Exception {
        try (Card card = new Card()) {
            CardChannel channel = presented();
            assertThrows(CardGone.class, () -> channel.transmit(new byte[5]));
            assertEquals(new CardEvent.Gone(), next());
            assertThrows(CardGone.class, () -> channel.transmit(new byte[6]));
            assertEquals(-1, card.drain());
        }
    }

    @Test
    void an_answer_nobody_asked_for_ends_the_connection() throws Exception {
        try (Card card = new Card()) {
            CardChannel channel = presented();
            card.send(new byte[] {(byte) 0x90, 0});
            assertEquals(new CardEvent.Gone(), next());
            assertThrows(CardGone.class, () -> channel.transmit(new byte[5]));
        }
    }

    @Test
    void a_second_card_is_a_collision_and_the_first_stays() throws Exception {
        try (Card first = new Card()) {
            CardChannel channel = presented();
            try (Card second = new Card()) {
                assertEquals(new CardEvent.Collision(), next());
                assertEquals(-1, second.drain());
            }
            first.answerOnce(new byte[] {0x6a, (byte) 0x88});
            assertArrayEquals(new byte[] {0x6a, (byte) 0x88}, channel.transmit(new byte[5]));
        }
    }

    @Test
    void a_card_that_comes_back_at_once_is_no_collision() throws Exception {
        for (int turn = 0; turn < 50; turn++) {
            try (Card card = new Card()) {
                presented();
                card.close();
            }
            assertEquals(new CardEvent.Gone(), next());
        }
    }

    @Test
    void the_real_port_is_told_and_only_loopback_is_served() {
        assertNotEquals(0, reader.address().getPort());
        assertThrows(
                ReaderBroken.class,
                () -> TcpCardReader.open(new InetSocketAddress("0.0.0.0", 0), new AtOnce(), Duration.ofMillis(300)));
    }

    private CardChannel presented() throws InterruptedException {
        return assertInstanceOf(CardEvent.Presented.class, next()).channel();
    }

    private CardEvent next() throws InterruptedException {
        CardEvent event = events.poll(10, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event came");
        }
        return event;
    }

    /** A card's end of the connection. */
    private final class Card implements AutoCloseable {
        private final Socket socket =
                new Socket(reader.address().getAddress(), reader.address().getPort());
        private final DataInputStream in = new DataInputStream(socket.getInputStream());
        private final BlockingQueue<byte[]> commands = new LinkedBlockingQueue<>();

        Card() throws Exception {}

        void answerOnce(byte[] answer) {
            Thread.startVirtualThread(() -> {
                try {
                    readCommand();
                    send(answer);
                } catch (Exception ended) {
                    commands.clear();
                }
            });
        }

        void closeAtCommand() {
            Thread.startVirtualThread(() -> {
                try {
                    readCommand();
                    socket.close();
                } catch (Exception ended) {
                    commands.clear();
                }
            });
        }

        private void readCommand() throws Exception {
            byte[] powerOn = frame();
            assertArrayEquals(new byte[] {1}, powerOn);
            commands.add(frame());
        }

        private byte[] frame() throws Exception {
            byte[] frame = new byte[in.readUnsignedShort()];
            in.readFully(frame);
            return frame;
        }

        byte[] lastCommand() throws InterruptedException {
            return commands.take();
        }

        void send(byte[] frame) throws Exception {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(frame.length);
            out.write(frame);
            out.flush();
        }

        /** Reads all that still comes and returns the end, -1. */
        int drain() throws Exception {
            in.readAllBytes();
            return in.read();
        }

        @Override
        public void close() throws Exception {
            socket.close();
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

package etal.terminal.hardware;

import etal.port.CardReader;
import etal.port.Loop;
import etal.port.ReaderBroken;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A card reader on TCP, with the framing of the virtual PC/SC reader (vsmartcard's vpcd): a card that connects is
 * presented, a card that closes has left the field.
 *
 * <p>Events come on the loop given. A second card that connects while one is there makes a {@code Collision} and is sent
 * away. Listens on a loopback address only, because the bytes travel in the clear. Safe for use by any thread;
 * the channels it presents are for the loop alone.
 */
public final class TcpCardReader implements CardReader, AutoCloseable {
    /** A card that leaves and comes back at once may be seen coming before it is seen leaving. */
    private static final Duration SETTLING = Duration.ofMillis(200);

    private final ServerSocket server;
    private final Loop loop;
    private final Duration answerWithin;
    private volatile @Nullable TcpCard present;
    private volatile boolean closed;

    private TcpCardReader(ServerSocket server, Loop loop, Duration answerWithin) {
        this.server = server;
        this.loop = loop;
        this.answerWithin = answerWithin;
    }

    /**
     * Opens the reader; cards are taken once someone listens.
     *
     * @param at a loopback address; port 0 takes any free port, see {@link #address}
     * @param answerWithin how long a card may take for one answer before it counts as gone
     * @throws ReaderBroken when the address cannot be had
     */
    public static TcpCardReader open(InetSocketAddress at, Loop loop, Duration answerWithin) throws ReaderBroken {
        if (at.isUnresolved() || !at.getAddress().isLoopbackAddress()) {
            throw new ReaderBroken("a card reader listens on a loopback address only, not on " + at);
        }
        try {
            return new TcpCardReader(new ServerSocket(at.getPort(), 8, at.getAddress()), loop, answerWithin);
        } catch (IOException failure) {
            throw new ReaderBroken("the card reader cannot listen on " + at, failure);
        }
    }

    /** Where cards connect, with the real port. */
    public InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    @Override
    public void listen(Consumer<CardEvent> onLoop) {
        Thread.ofPlatform().daemon().name("card reader").start(() -> accept(onLoop));
    }

    private void accept(Consumer<CardEvent> onLoop) {
        tell(onLoop, new CardEvent.ReaderState(true));
        try {
            while (!closed) {
                take(server.accept(), onLoop);
            }
        } catch (IOException | InterruptedException failure) {
            if (!closed) {
                tell(onLoop, new CardEvent.ReaderState(false));
            }
        }
    }

    private void take(Socket socket, Consumer<CardEvent> onLoop) throws InterruptedException {
        TcpCard before = present;
        if (before != null && !before.gone(SETTLING)) {
            TcpCard.close(socket);
            tell(onLoop, new CardEvent.Collision());
            return;
        }
        TcpCard card = new TcpCard(socket, answerWithin);
        if (!card.powerOn()) {
            return;
        }
        present = card;
        tell(onLoop, new CardEvent.Presented(card));
        Thread.ofPlatform().daemon().name("card").start(() -> {
            card.readUntilGone();
            tell(onLoop, new CardEvent.Gone());
            card.markGone();
        });
    }

    private void tell(Consumer<CardEvent> onLoop, CardEvent event) {
        loop.post(() -> onLoop.accept(event));
    }

    /** Stops taking cards and sends away the one that is there. */
    @Override
    public void close() {
        closed = true;
        TcpCard card = present;
        if (card != null) {
            card.withdraw();
        }
        try {
            server.close();
        } catch (IOException failure) {
            throw new IllegalStateException("a listening socket did not close", failure);
        }
    }
}

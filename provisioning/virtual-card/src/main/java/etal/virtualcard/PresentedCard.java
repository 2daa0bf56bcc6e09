package etal.virtualcard;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * A card that lies on a reader: a TCP connection with the framing of the virtual PC/SC reader (vsmartcard's vpcd). A frame
 * is a length of two bytes, big-endian, and the message; a message of one byte is a control (0 power off, 1 power on, 2
 * reset, 4 ask for the ATR), any other a command. Only commands and the ATR are answered. A command of a single byte 0, 1,
 * or 2 cannot be told from a control, and the reader waits in vain for its answer; the framing knows no better. Thread-safe.
 */
public final class PresentedCard implements Closeable {
    /** What ended it. */
    public enum End {
        /** {@link #withdraw} was called. */
        WITHDRAWN,
        /** The reader closed the connection. */
        RELEASED,
        /** The tear asked for has happened. */
        TORN,
        /** The journal or the connection failed. */
        FAILED
    }

    /** A contactless card without historical bytes, as PC/SC part 3 makes it up. */
    private static final byte[] ATR = {0x3B, (byte) 0x80, (byte) 0x80, 0x01, 0x01};

    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final byte POWER_OFF = 0;
    private static final byte POWER_ON = 1;
    private static final byte RESET = 2;
    private static final byte ASK_ATR = 4;
    private static final byte NO_CONTROL = -1;
    private static final byte[] WRONG_LENGTH = {0x67, 0x00};

    private final FieldCard card;
    private final Socket socket;
    private final AtomicReference<@Nullable End> why = new AtomicReference<>();
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private Tear tear;

    private PresentedCard(FieldCard card, Socket socket, Tear tear) {
        this.card = card;
        this.socket = socket;
        this.tear = tear;
    }

    static PresentedCard present(FieldCard card, InetSocketAddress reader, Tear tear) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.connect(reader, CONNECT_TIMEOUT_MILLIS);
        } catch (IOException noReader) {
            socket.close();
            throw noReader;
        }
        PresentedCard presented = new PresentedCard(card, socket, tear);
        Thread.ofVirtual().name("card " + card.name()).start(presented::serve);
        return presented;
    }

    /**
     * Takes the card away. What it is executing it finishes; the reader gets no answer any more. Follow with {@link #await}
     * before the card is presented again or its pocket is closed.
     */
    public void withdraw() throws IOException {
        close();
    }

    @Override
    public void close() throws IOException {
        // Before the socket closes, so that the serving thread finds the reason decided.
        why.compareAndSet(null, End.WITHDRAWN);
        socket.close();
    }

    /** Waits until the card is gone and off; empty when it still lies there after this time. */
    public Optional<End> await(Duration atMost) throws InterruptedException {
        try {
            return Optional.of(end.get(atMost.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException stillThere) {
            return Optional.empty();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("the end is never exceptional", impossible);
        }
    }

    private void serve() {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            boolean torn = false;
            while (!torn) {
                torn = answer(nextFrame(in), out);
            }
            why.compareAndSet(null, End.TORN);
        } catch (EOFException released) {
            why.compareAndSet(null, End.RELEASED);
        } catch (IOException broken) {
            why.compareAndSet(null, End.FAILED);
        } finally {
            end.complete(leaveField());
        }
    }

    private End leaveField() {
        try {
            card.powerOff();
            End decided = why.get();
            return decided == null ? End.FAILED : decided;
        } catch (IOException unwritten) {
            // The journal is gone; with it every later use of the card, which then says so.
            return End.FAILED;
        }
    }

    private byte[] nextFrame(DataInputStream in) throws IOException {
        // The system forgets this after each use; without it a reader that sends length and message apart waits 40 ms.
        if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
            socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
        byte[] frame = new byte[in.readUnsignedShort()];
        in.readFully(frame);
        return frame;
    }

    /** @return true when the card is gone */
    private boolean answer(byte[] frame, OutputStream out) throws IOException {
        if (frame.length > 1) {
            return execute(frame, out);
        }
        switch (frame.length == 0 ? NO_CONTROL : frame[0]) {
            case POWER_OFF, RESET -> card.powerOff();
            case ASK_ATR -> send(ATR, out);
            case POWER_ON -> {
                // Needs nothing: the first command powers the card on.
            }
            default -> send(WRONG_LENGTH, out);
        }
        return false;
    }

    private boolean execute(byte[] apdu, OutputStream out) throws IOException {
        int ins = apdu[1] & 0xFF;
        switch (tear) {
            case Tear.BeforeCommand(int at)
            when at == ins -> {
                return true;
            }
            case Tear.AtWrite(int at, int n)
            when at == ins -> {
                tear = new Tear.Never();
                try {
                    send(card.transmitCut(apdu, n), out);
                    return false;
                } catch (Torn asAsked) {
                    return true;
                }
            }
            case Tear.BeforeAnswer(int at)
            when at == ins -> {
                card.transmitUnanswered(apdu);
                return true;
            }
            case Tear.AfterAnswer(int at)
            when at == ins -> {
                send(card.transmit(apdu), out);
                return true;
            }
            default -> {
                send(card.transmit(apdu), out);
                return false;
            }
        }
    }

    private static void send(byte[] message, OutputStream out) throws IOException {
        // One write, one segment: a length that travels alone would wait for an acknowledgement.
        out.write(ByteBuffer.allocate(2 + message.length)
                .putShort((short) message.length)
                .put(message)
                .array());
        out.flush();
    }
}

package etal.terminal.hardware;

import etal.port.CardChannel;
import etal.port.CardGone;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One card that has connected to a {@link TcpCardReader}. A frame is a length of two bytes, big-endian, and that many
 * bytes: one byte from the reader is a control ({@code 01} is power on), anything longer is a command or its answer.
 *
 * <p>One thread reads until the card is gone; the loop transmits. An answer that comes when nothing was asked, or a
 * frame that no card would send, ends the connection, so that a late answer is never taken for that of the next command.
 */
final class TcpCard implements CardChannel {
    private static final byte POWER_ON = 1;
    private static final int ANSWER_BYTES_MAX = 258;
    private static final byte[] END = new byte[0];

    private final Socket socket;
    private final Duration answerWithin;
    private final BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
    private final CountDownLatch gone = new CountDownLatch(1);
    private volatile boolean asked;

    TcpCard(Socket socket, Duration answerWithin) {
        this.socket = socket;
        this.answerWithin = answerWithin;
    }

    /** Powers the card; false when it left before. */
    boolean powerOn() {
        try {
            socket.setTcpNoDelay(true);
            send(new byte[] {POWER_ON});
            return true;
        } catch (IOException leftAtOnce) {
            close(socket);
            return false;
        }
    }

    @Override
    public byte[] transmit(byte[] apdu) throws CardGone {
        if (apdu.length < 2) {
            throw new IllegalArgumentException("a command has a header");
        }
        try {
            asked = true;
            send(apdu);
            byte[] answer = answers.poll(answerWithin.toNanos(), TimeUnit.NANOSECONDS);
            if (answer == null) {
                withdraw();
                throw CardGone.silent("the card gave no answer within " + answerWithin.toMillis() + " ms");
            }
            if (answer == END) {
                // Whoever transmits again after the end must hear of it again instead of waiting.
                answers.add(END);
                throw new CardGone("the card left before its answer was whole");
            }
            return answer;
        } catch (IOException failure) {
            withdraw();
            throw new CardGone("the card left before the command was sent", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            withdraw();
            throw new CardGone("the wait for the card's answer was ended", stopped);
        }
    }

    /** Reads answers until the connection ends, by the card, by {@link #withdraw} or by a frame out of place. */
    void readUntilGone() {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            boolean fitting = true;
            while (fitting) {
                byte[] frame = new byte[in.readUnsignedShort()];
                in.readFully(frame);
                fitting = asked && frame.length >= 2 && frame.length <= ANSWER_BYTES_MAX;
                if (fitting) {
                    asked = false;
                    answers.add(frame);
                }
            }
        } catch (IOException theCardLeft) {
            // The end of the connection is how a card leaves: what follows is the same as after a frame out of place.
        }
        withdraw();
        answers.add(END);
    }

    /** Says that the loop has been told of the card's leaving. */
    void markGone() {
        gone.countDown();
    }

    /** Whether the card is gone, waiting a little for the news. */
    boolean gone(Duration within) throws InterruptedException {
        return gone.await(within.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends the connection. */
    void withdraw() {
        close(socket);
    }

    private void send(byte[] frame) throws IOException {
        // Length and bytes leave in one write: two small packets would wait for each other's acknowledgement.
        byte[] whole = ByteBuffer.allocate(2 + frame.length)
                .putShort((short) frame.length)
                .put(frame)
                .array();
        socket.getOutputStream().write(whole);
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new IllegalStateException("a socket did not close", failure);
        }
    }
}

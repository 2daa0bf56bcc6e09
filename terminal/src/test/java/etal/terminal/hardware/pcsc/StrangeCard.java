package etal.terminal.hardware.pcsc;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import jdk.net.ExtendedSocketOptions;

/** Anything that may lie on the virtual reader: with an ATR of the test's choice, and answers likewise. */
final class StrangeCard implements AutoCloseable {
    static final byte[] CONTACTLESS = {0x3B, (byte) 0x80, (byte) 0x80, 0x01, 0x01};
    private static final byte ASK_ATR = 4;

    private final Socket socket = new Socket();
    private final byte[] atr;
    private final UnaryOperator<byte[]> card;
    private final CountDownLatch asked = new CountDownLatch(1);

    /** @param card what it answers to a command; an empty answer is none */
    StrangeCard(InetSocketAddress reader, byte[] atr, UnaryOperator<byte[]> card) throws IOException {
        this.atr = atr;
        this.card = card;
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.connect(reader, 5_000);
        Thread.startVirtualThread(this::serve);
    }

    private void serve() {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (!socket.isClosed()) {
                if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
                    socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
                }
                byte[] frame = new byte[in.readUnsignedShort()];
                in.readFully(frame);
                if (frame.length == 1 && frame[0] == ASK_ATR) {
                    send(atr);
                } else if (frame.length > 1) {
                    asked.countDown();
                    byte[] answer = card.apply(frame);
                    if (answer.length > 0) {
                        send(answer);
                    }
                }
            }
        } catch (IOException gone) {
            asked.countDown();
        }
    }

    private void send(byte[] message) throws IOException {
        socket.getOutputStream()
                .write(ByteBuffer.allocate(2 + message.length)
                        .putShort((short) message.length)
                        .put(message)
                        .array());
    }

    /** Waits until a command has come, or the reader has let go. */
    void awaitCommand() throws InterruptedException {
        asked.await();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

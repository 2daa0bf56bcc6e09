package etal.terminal.hardware.line;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;

/** A line over the network, in the clear, such as to port 9100 of a printer. For one thread. */
public final class TcpLine implements Line {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;

    private TcpLine(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        this.selector = Selector.open();
        this.key = channel.register(selector, 0);
    }

    /**
     * Connects.
     *
     * @param within how long it may take
     * @throws IOException when nobody answers there
     */
    public static TcpLine connect(String host, int port, Duration within) throws IOException {
        InetSocketAddress to = new InetSocketAddress(host, port);
        if (to.isUnresolved()) {
            throw new IOException(host + " is no known address");
        }
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(to, (int) within.toMillis());
            return new TcpLine(channel);
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    @Override
    public void write(byte[] bytes, long untilNanos) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (true) {
            channel.write(left);
            if (!left.hasRemaining()) {
                return;
            }
            if (!await(SelectionKey.OP_WRITE, untilNanos)) {
                throw new IOException(channel.getRemoteAddress() + " takes no bytes");
            }
        }
    }

    @Override
    public byte[] read(long untilNanos) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(READ_BYTES_MAX);
        while (true) {
            int count = channel.read(into);
            if (count > 0) {
                return Arrays.copyOf(into.array(), count);
            }
            if (count < 0) {
                throw new IOException(channel.getRemoteAddress() + " has hung up");
            }
            if (!await(SelectionKey.OP_READ, untilNanos)) {
                return new byte[0];
            }
        }
    }

    /** False when the time is over. */
    private boolean await(int what, long untilNanos) throws IOException {
        long leftNanos = untilNanos - Line.nanosNow();
        if (leftNanos <= 0) {
            return false;
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("ended while waiting for " + channel.getRemoteAddress());
        }
        key.interestOps(what);
        // Rounded up: a wait that is too short would turn into a busy one.
        selector.select((leftNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
        selector.selectedKeys().clear();
        return true;
    }

    @Override
    public boolean silenceMayMeanGone() {
        return true;
    }

    @Override
    public void close() throws IOException {
        try (selector;
                channel) {
            key.cancel();
        }
    }
}

package etal.fleet.real.market;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What a bad mobile network does to a connection, drawn from a seed: every piece comes late, some connections break in the
 * middle of a piece, some fall silent without a word and break only later, some are not let through at all. Safe for use by any
 * thread.
 */
final class RoughNetwork implements AutoCloseable {
    private static final int PIECE_BYTES_MAX = 1_200;
    private static final int LATE_MILLIS_MAX = 60;
    private static final int SILENT_MILLIS = 1_500;
    private static final int PIECES_BETWEEN_BREAKS = 25;

    private final ServerSocket server;
    private final int target;
    private final SplittableRandom random;
    private final AtomicInteger broken = new AtomicInteger();
    private volatile boolean rough = true;

    private RoughNetwork(ServerSocket server, int target, long seed) {
        this.server = server;
        this.target = target;
        this.random = new SplittableRandom(seed);
        Thread.ofVirtual().name("network").start(this::accept);
    }

    /** A network to that port of this machine. */
    static RoughNetwork to(int target, long seed) throws IOException {
        return new RoughNetwork(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target, seed);
    }

    /** Where it begins. */
    int port() {
        return server.getLocalPort();
    }

    /** How many connections it has broken so far. */
    int broken() {
        return broken.get();
    }

    /** From now on it is good. */
    void heal() {
        rough = false;
    }

    private synchronized int drawn(int bound) {
        return random.nextInt(bound);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                Thread.ofVirtual().name("network-connection").start(() -> connect(near));
            } catch (IOException closed) {
                end(server);
            }
        }
    }

    private void connect(Socket near) {
        try (near;
                var far = new Socket()) {
            if (rough && drawn(4) == 0) {
                broken.incrementAndGet();
                return;
            }
            far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 2_000);
            Thread up = Thread.ofVirtual().name("network-up").start(() -> carry(near, far));
            carry(far, near);
            up.join();
        } catch (IOException e) {
            broken.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Carries pieces, late and not all of them; a TCP connection that loses one is broken for whoever uses it. */
    private void carry(Socket from, Socket to) {
        byte[] piece = new byte[PIECE_BYTES_MAX];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                if (rough) {
                    late(drawn(LATE_MILLIS_MAX));
                    if (drawn(PIECES_BETWEEN_BREAKS) == 0) {
                        broken.incrementAndGet();
                        out.write(piece, 0, drawn(read + 1));
                        late(drawn(2) * SILENT_MILLIS);
                        break;
                    }
                }
                out.write(piece, 0, read);
            }
        } catch (IOException e) {
            // The other direction or an end has broken it: both sockets are closed below.
            broken.incrementAndGet();
        } finally {
            end(from);
            end(to);
        }
    }

    private static void late(int millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static void end(AutoCloseable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        end(server);
    }
}

package etal.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A TCP proxy on the loopback that stands in the way of a connection, so that a test may cut it, let it hang, or count
 * its connections. Safe for use by any thread.
 */
public final class CuttableProxy implements AutoCloseable {
    private final ServerSocket server;
    private final List<Socket> sockets = new ArrayList<>();
    private InetSocketAddress target;
    private boolean hanging;
    private boolean refusing;
    private int connections;

    private CuttableProxy(ServerSocket server, InetSocketAddress target) {
        this.server = server;
        this.target = target;
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    /** A proxy on a free port towards {@code target}. */
    public static CuttableProxy to(InetSocketAddress target) {
        try {
            return new CuttableProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port on which it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** Where new connections lead from now on. */
    public synchronized void target(InetSocketAddress next) {
        target = next;
    }

    /** Cuts every connection now; new ones are let through unless {@link #refuse} says otherwise. */
    public synchronized void cut() {
        sockets.forEach(CuttableProxy::closeQuietly);
        sockets.clear();
    }

    /** Whether new connections are cut at once. */
    public synchronized void refuse(boolean refused) {
        refusing = refused;
    }

    /** While it hangs, connections stay open and nothing gets through: a dead radio link. */
    public synchronized void hang(boolean hang) {
        hanging = hang;
        notifyAll();
    }

    /** How many connections were let through so far. */
    public synchronized int connections() {
        return connections;
    }

    @Override
    public void close() throws IOException {
        server.close();
        hang(false);
        cut();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                admit(server.accept());
            } catch (IOException e) {
                // A target that is away, or the proxy being closed: the next connection shows which.
                continue;
            }
        }
    }

    private synchronized void admit(Socket near) throws IOException {
        if (refusing) {
            near.close();
            return;
        }
        Socket far = new Socket();
        sockets.add(near);
        try {
            far.connect(target, 2_000);
        } catch (IOException e) {
            near.close();
            throw e;
        }
        sockets.add(far);
        connections++;
        Thread.ofVirtual().start(() -> pump(near, far));
        Thread.ofVirtual().start(() -> pump(far, near));
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                awaitFlow();
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException e) {
            // Cut by the test or by one of the ends; both sockets are closed on the way out.
            return;
        }
    }

    private synchronized void awaitFlow() throws IOException {
        while (hanging) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

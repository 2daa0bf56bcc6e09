package etal.fleet.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A network cable between a terminal and the broker that can be pulled: a relay on loopback. While it is pulled, standing
 * connections are cut and new ones end at once. Safe for use by any thread.
 */
public final class Cable implements AutoCloseable {
    private final ServerSocket server;
    private final FarEnd farEnd;
    private final List<Socket> sockets = new ArrayList<>();
    private boolean pulled;
    private boolean closed;

    /** Where a cable leads. */
    @FunctionalInterface
    public interface FarEnd {
        /** The port on loopback. @throws IOException when nobody is there */
        int port() throws IOException, InterruptedException;
    }

    private Cable(ServerSocket server, FarEnd farEnd) {
        this.server = server;
        this.farEnd = farEnd;
    }

    /** Lays a cable to a port on loopback; the port is asked for at each connection, since a broker may move. */
    public static Cable to(FarEnd farEnd, int port) throws IOException {
        var server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        var cable = new Cable(server, farEnd);
        Thread.ofVirtual().name("cable").start(cable::accept);
        return cable;
    }

    /** The near end. */
    public int port() {
        return server.getLocalPort();
    }

    /** Pulls it out. */
    public void pull() {
        List<Socket> cut;
        synchronized (this) {
            pulled = true;
            cut = List.copyOf(sockets);
            sockets.clear();
        }
        cut.forEach(Cable::end);
    }

    /** Plugs it in again. */
    public synchronized void plug() {
        pulled = false;
    }

    /** Whether it is plugged in. */
    public synchronized boolean isPlugged() {
        return !pulled;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                Thread.ofVirtual().name("cable-connect").start(() -> connect(near));
            } catch (IOException e) {
                // The only way accept fails here is that the cable was closed: the loop's condition ends it.
                closeServer();
            }
        }
    }

    private void connect(Socket near) {
        var far = new Socket();
        if (!remember(near, far)) {
            end(near);
            return;
        }
        try {
            far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), farEnd.port()), 2_000);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            Thread.ofVirtual().name("cable-up").start(() -> copy(near, far));
            copy(far, near);
        } catch (IOException e) {
            // Nobody listens at the far end: to the near end that is a dead line.
            end(near);
            end(far);
        } catch (InterruptedException e) {
            end(near);
            end(far);
            Thread.currentThread().interrupt();
        } finally {
            forget(near, far);
        }
    }

    private synchronized boolean remember(Socket near, Socket far) {
        if (pulled || closed) {
            return false;
        }
        sockets.add(near);
        sockets.add(far);
        return true;
    }

    private synchronized void forget(Socket near, Socket far) {
        sockets.remove(near);
        sockets.remove(far);
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // A cut line is what a cable is for; both ends learn of it below.
            end(from);
        } finally {
            end(from);
            end(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void closeServer() {
        try {
            server.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        closeServer();
        pull();
    }
}

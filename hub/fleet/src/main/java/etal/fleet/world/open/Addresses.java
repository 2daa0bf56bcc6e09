package etal.fleet.world.open;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.OptionalInt;

/**
 * The three addresses of an open demo, one after the other: the table's page, the hub's page, the till's screen. The first is
 * held from the beginning, so that of two demos that start together only one can have it. Used by one thread.
 */
final class Addresses implements Closeable {
    /** The first choice; then every third port is tried, so that demos that run together never overlap. */
    static final int FIRST = 8630;

    /** The last port of which two more can follow. */
    static final int LAST = 65_533;

    private static final int COUNT = 3;

    private final int first;
    private final ServerSocket held;

    private Addresses(int first, ServerSocket held) {
        this.first = first;
        this.held = held;
    }

    /** One of the ports is somebody else's; the message says which. */
    static final class Taken extends IOException {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        Taken(String message) {
            super(message);
        }
    }

    /**
     * The addresses from {@code wanted} on, or the first that are free.
     *
     * @throws Taken when those wanted, or all, are taken
     */
    static Addresses claim(OptionalInt wanted) throws Taken {
        if (wanted.isPresent()) {
            return claim(wanted.getAsInt());
        }
        for (int port = FIRST; port <= LAST; port += COUNT) {
            try {
                return claim(port);
            } catch (Taken next) {
                // Somebody else has one of these three; the next three may be free.
                continue;
            }
        }
        throw new Taken("no three ports from " + FIRST + " on are free");
    }

    private static Addresses claim(int first) throws Taken {
        var bound = new ArrayList<ServerSocket>();
        try {
            for (int port = first; port < first + COUNT; port++) {
                bound.add(bind(port));
            }
            return new Addresses(first, bound.removeFirst());
        } finally {
            bound.forEach(Addresses::letGo);
        }
    }

    private static void letGo(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a port that was only tried cannot be let go", e);
        }
    }

    private static ServerSocket bind(int port) throws Taken {
        try {
            return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new Taken("port " + port + " cannot be had (" + e.getMessage() + "); choose another --port");
        }
    }

    /** Where the table's page listens. The port is let go by {@link #close} right before. */
    InetSocketAddress table() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), first);
    }

    int hubPort() {
        return first + 1;
    }

    int tillPort() {
        return first + 2;
    }

    /** The origin of a page, such as {@code http://127.0.0.1:8630}. */
    static URI origin(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The address of a page, such as {@code http://127.0.0.1:8630/}. */
    static URI page(int port) {
        return URI.create(origin(port) + "/");
    }

    /** Lets the first port go. */
    @Override
    public void close() throws IOException {
        held.close();
    }
}

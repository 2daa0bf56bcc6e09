package etal.terminal.hardware.printer;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A network printer: an emulated one behind a port, which can be switched off, or stop taking bytes. */
public final class PrinterSocket implements Closeable {
    public final EmulatedPrinter printer = new EmulatedPrinter();
    private final InetSocketAddress at;
    private volatile int hangUpAfter = Integer.MAX_VALUE;
    private volatile boolean stuck;
    private @Nullable ServerSocket server;
    private volatile @Nullable Socket talking;

    public PrinterSocket() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            at = new InetSocketAddress(free.getInetAddress(), free.getLocalPort());
        }
    }

    public int port() {
        return at.getPort();
    }

    public synchronized PrinterSocket on() throws IOException {
        ServerSocket now = new ServerSocket();
        now.setReuseAddress(true);
        now.setReceiveBufferSize(4_096);
        now.bind(at);
        server = now;
        Thread.ofPlatform().daemon().name("emulated printer").start(() -> serve(now));
        return this;
    }

    synchronized void off() throws IOException {
        if (server != null) {
            server.close();
            server = null;
        }
        Socket now = talking;
        if (now != null) {
            now.close();
        }
    }

    /** It breaks the connection once, after so many bytes from now. */
    void hangUpAfter(int bytes) {
        hangUpAfter = bytes;
    }

    /** It takes nothing more from the next byte of a receipt on, though the connection stands. */
    void stuck() {
        stuck = true;
    }

    private void serve(ServerSocket mine) {
        while (!mine.isClosed()) {
            try (Socket socket = mine.accept()) {
                talking = socket;
                // Switched off just now, before it was known whom to hang up on.
                if (!mine.isClosed()) {
                    talk(socket);
                }
            } catch (IOException hungUp) {
                // It is on for the next one, until it is switched off.
                talking = null;
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        byte[] buffer = new byte[64];
        for (int count = socket.getInputStream().read(buffer);
                count >= 0;
                count = socket.getInputStream().read(buffer)) {
            int taken = Math.min(count, hangUpAfter);
            socket.getOutputStream().write(printer.hear(Arrays.copyOf(buffer, taken)));
            if (hangUpAfter != Integer.MAX_VALUE) {
                hangUpAfter -= taken;
                if (hangUpAfter == 0) {
                    hangUpAfter = Integer.MAX_VALUE;
                    return;
                }
            }
            if (stuck && buffer[0] != 0x10) {
                awaitClosed(socket);
                return;
            }
        }
    }

    private static void awaitClosed(Socket socket) throws IOException {
        synchronized (socket) {
            while (!socket.isClosed()) {
                try {
                    socket.wait(50);
                } catch (InterruptedException ended) {
                    throw new IOException(ended);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        off();
    }
}

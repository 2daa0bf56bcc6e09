package etal.virtualcard;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The reader's side of the virtual PC/SC reader's framing: as pcscd does, length and message go out apart. */
final class TestReader implements Closeable {
    private final ServerSocket server;

    TestReader() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.setSoTimeout(10_000);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    Field takeCard() throws IOException {
        return new Field(server.accept());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** One card in the field. */
    static final class Field implements Closeable {
        private final Socket socket;

        Field(Socket socket) throws IOException {
            this.socket = socket;
            socket.setSoTimeout(10_000);
        }

        void send(int... message) throws IOException {
            byte[] bytes = new byte[message.length];
            for (int i = 0; i < message.length; i++) {
                bytes[i] = (byte) message[i];
            }
            send(bytes);
        }

        void send(byte[] message) throws IOException {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(message.length);
            out.flush();
            out.write(message);
            out.flush();
        }

        byte[] receive() throws IOException {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] message = new byte[in.readUnsignedShort()];
            in.readFully(message);
            return message;
        }

        byte[] transmit(byte[] apdu) throws IOException {
            send(apdu);
            return receive();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}

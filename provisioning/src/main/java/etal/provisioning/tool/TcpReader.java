package etal.provisioning.tool;

import etal.port.CardGone;
import etal.port.ReaderBroken;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;

/**
 * A reader on the bench: cards connect over TCP with the framing of the virtual PC/SC reader (vsmartcard's vpcd), one after
 * another. Loopback only. Used by one thread.
 */
final class TcpReader implements WorkbenchReader {
    private static final byte POWER_ON = 1;
    private static final int ANSWER_BYTES_MAX = 258;
    private static final int ANSWER_MILLIS = 10_000;
    private static final int WAITING_MAX = 8;

    private final ServerSocket server;

    private TcpReader(ServerSocket server) {
        this.server = server;
    }

    /** Opens the reader; port 0 for any free one. */
    static TcpReader open(InetSocketAddress at) throws ReaderBroken {
        try {
            return new TcpReader(new ServerSocket(at.getPort(), WAITING_MAX, at.getAddress()));
        } catch (IOException e) {
            throw new ReaderBroken("The reader cannot listen at " + at + ".", e);
        }
    }

    @Override
    public String place() {
        return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
    }

    @Override
    public Card next() throws ReaderBroken {
        try {
            return new Connected(server.accept());
        } catch (IOException e) {
            throw new ReaderBroken("The reader cannot take a card.", e);
        }
    }

    @Override
    public void close() throws ReaderBroken {
        try {
            server.close();
        } catch (IOException e) {
            throw new ReaderBroken("The reader cannot be closed.", e);
        }
    }

    /** A card on the reader. */
    private static final class Connected implements Card {
        private final Socket socket;
        private boolean powered;

        private Connected(Socket socket) {
            this.socket = socket;
        }

        @Override
        public byte[] transmit(byte[] apdu) throws CardGone {
            try {
                if (!powered) {
                    socket.setTcpNoDelay(true);
                    socket.setSoTimeout(ANSWER_MILLIS);
                    send(new byte[] {POWER_ON});
                    powered = true;
                }
                send(apdu);
                var in = new DataInputStream(socket.getInputStream());
                byte[] answer = new byte[in.readUnsignedShort()];
                if (answer.length < 2 || answer.length > ANSWER_BYTES_MAX) {
                    throw new CardGone("What came is no card's answer.");
                }
                in.readFully(answer);
                return answer;
            } catch (IOException e) {
                throw new CardGone("The card left before its answer was whole.", e);
            }
        }

        private void send(byte[] frame) throws IOException {
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(2 + frame.length)
                            .putShort((short) frame.length)
                            .put(frame)
                            .array());
        }

        @Override
        public void close() throws CardGone {
            try {
                socket.close();
            } catch (IOException e) {
                throw new CardGone("The card cannot be let go.", e);
            }
        }
    }
}

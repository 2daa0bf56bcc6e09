package etal.provisioning.tool;

import etal.port.CardChannel;
import etal.port.CardGone;
import etal.port.ReaderBroken;
import java.net.InetSocketAddress;

/** A reader on the workbench, to which cards come one after another. Used by one thread. */
sealed interface WorkbenchReader extends AutoCloseable permits TcpReader, PcscWorkbench {
    /** The reader that an option names: {@code 127.0.0.1:PORT}, {@code pcsc} or {@code pcsc:PART-OF-NAME}. */
    static WorkbenchReader open(String named) throws ReaderBroken, BadInput {
        if (named.equals("pcsc") || named.startsWith("pcsc:")) {
            return PcscWorkbench.open(named.equals("pcsc") ? "" : named.substring("pcsc:".length()));
        }
        return TcpReader.open(address(named));
    }

    private static InetSocketAddress address(String named) throws BadInput {
        String port = named.startsWith("127.0.0.1:") ? named.substring("127.0.0.1:".length()) : "";
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 0xffff) {
            throw new BadInput("not-an-address", named);
        }
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(port));
    }

    /** How the technician knows it. */
    String place();

    /** Waits for the next card; it lies on the reader until it is closed. */
    Card next() throws ReaderBroken;

    @Override
    void close() throws ReaderBroken;

    /** A card on the reader. */
    interface Card extends CardChannel, AutoCloseable {
        @Override
        void close() throws CardGone;
    }
}

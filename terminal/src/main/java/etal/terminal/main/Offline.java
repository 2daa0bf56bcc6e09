package etal.terminal.main;

import etal.port.Link;
import java.util.function.Consumer;

/** The link of a stall that has no network at all: it is never up. */
final class Offline implements Link {
    @Override
    public void send(Topic topic, byte[] message) {
        // Nothing to send over; the ledger keeps everything.
    }

    @Override
    public void listen(Consumer<LinkEvent> onLoop) {
        // Nothing will ever be told.
    }
}

package etal.virtualcard;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A card as any reader meets it, whoever issued it: commands come, and power may go. Thread-safe. */
public interface FieldCard {
    /** What it is called; readers do not learn it. */
    String name();

    /**
     * Executes one command.
     *
     * @return the answer with its status word
     * @throws IOException when what it keeps cannot be written: nothing was executed
     */
    byte[] transmit(byte[] apdu) throws IOException;

    /**
     * Executes one command that loses power at its n-th write.
     *
     * @throws Torn when it did; with fewer writes it is answered
     */
    byte[] transmitCut(byte[] apdu, int write) throws IOException, Torn;

    /** Executes one command, loses its answer, and is off. */
    void transmitUnanswered(byte[] apdu) throws IOException;

    /** Takes the card out of the field. */
    void powerOff() throws IOException;

    /**
     * Lays the card onto a reader that listens there with the framing of the virtual PC/SC reader, and serves it until it
     * is withdrawn, torn, or let go.
     *
     * @throws IOException when there is no such reader
     */
    default PresentedCard present(InetSocketAddress reader, Tear tear) throws IOException {
        return PresentedCard.present(this, reader, tear);
    }
}

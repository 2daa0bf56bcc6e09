package etal.port;

import java.util.Optional;

/** The way to the card in the field. Used from the loop only. */
public interface CardChannel {
    /**
     * Sends one command and waits for the answer, status word included.
     *
     * @throws CardGone when no whole answer came: whether the card has executed the command is unknown
     * @throws ReaderBroken when the reader failed: likewise unknown
     */
    byte[] transmit(byte[] apdu) throws CardGone, ReaderBroken;

    /**
     * The identifier of ISO/IEC 14443-3, where the reader knows it. It proves nothing: 4 bytes that begin with {@code 08}
     * are drawn anew each time, as food cards and phones do.
     */
    default Optional<byte[]> uid() {
        return Optional.empty();
    }
}

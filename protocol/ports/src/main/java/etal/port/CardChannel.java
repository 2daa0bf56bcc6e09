package etal.port;

/** The way to the card in the field. Used from the loop only. */
public interface CardChannel {
    /**
     * Sends one command and waits for the answer, status word included.
     *
     * @throws CardGone when no whole answer came: whether the card has executed the command is unknown
     * @throws ReaderBroken when the reader failed: likewise unknown
     */
    byte[] transmit(byte[] apdu) throws CardGone, ReaderBroken;
}

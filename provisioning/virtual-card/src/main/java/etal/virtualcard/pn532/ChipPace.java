package etal.virtualcard.pn532;

import java.time.Duration;

/**
 * How long the emulated chip takes for things.
 *
 * @param onTheLine whether bytes take their time at the line's rate
 * @param ack from a whole command to its ACK
 * @param look one look into an empty field
 * @param presence one question whether a card is still there
 * @param exchange one APDU on the air, the card's own time included
 */
public record ChipPace(boolean onTheLine, Duration ack, Duration look, Duration presence, Exchange exchange) {
    /** How long one exchange takes. */
    @FunctionalInterface
    public interface Exchange {
        /** In nanoseconds, from the two APDUs. */
        long nanos(byte[] command, byte[] answer);
    }

    /** As fast as it goes, with an empty field looked at for 5 ms. */
    public static ChipPace instant() {
        return new ChipPace(false, Duration.ZERO, Duration.ofMillis(5), Duration.ZERO, (command, answer) -> 0);
    }
}

package etal.fleet.bench;

import etal.fleet.timing.Exchange;
import java.util.List;

/**
 * One tap, as it was made.
 *
 * @param exchanges its commands, in order
 * @param ownNanos the terminal's own work from being told of the card to the light that says "paid"
 * @param fieldNanos the part of it before the last command, which the member holds still for
 */
public record Payment(List<Exchange> exchanges, long ownNanos, long fieldNanos) {
    /** Copies the list. */
    public Payment {
        exchanges = List.copyOf(exchanges);
    }
}

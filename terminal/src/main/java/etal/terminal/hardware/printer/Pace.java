package etal.terminal.hardware.printer;

import java.time.Duration;

/**
 * How long things may take with a printer.
 *
 * @param answerWithin one answer to a question after its state
 * @param takenWithin until it has taken a whole receipt
 * @param watched how long after a receipt was taken it is still watched, for printers print out of a memory
 * @param lookEvery how often an idle printer is looked at
 */
record Pace(Duration answerWithin, Duration takenWithin, Duration watched, Duration lookEvery) {
    /** What holds at a stall. */
    static Pace usual() {
        return new Pace(Duration.ofMillis(500), Duration.ofSeconds(20), Duration.ofSeconds(4), Duration.ofSeconds(3));
    }
}

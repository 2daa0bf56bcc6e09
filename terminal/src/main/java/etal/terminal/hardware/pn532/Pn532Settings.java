package etal.terminal.hardware.pn532;

import java.time.Duration;

/**
 * How long is waited for what.
 *
 * @param ackWithin for the chip's ACK, beside the time that the frame is on its way: the chip needs less than 15 ms
 *     (UM0701-02, 6.2.2), a USB adapter may keep bytes for 16 more
 * @param answerWithin how long a card may take for one answer, its waiting time extensions included
 * @param chipAnswersWithin for answers that need no card
 * @param presenceWithin for the answer to whether a card is still there
 * @param quiet after so long without a byte nothing more of a frame comes
 * @param presenceEvery how long a card lies idle before it is looked whether it is still there
 * @param fieldOff how long the field is off to reset what lies there; ISO/IEC 14443-3 asks for 5 ms
 * @param lookAgain between looks while something lies there that cannot be used
 * @param reopenAfter between attempts to get back a module that is gone
 * @param passiveRetries how often the chip itself looks again before it says that nothing is there
 */
public record Pn532Settings(
        Duration ackWithin,
        Duration answerWithin,
        Duration chipAnswersWithin,
        Duration presenceWithin,
        Duration quiet,
        Duration presenceEvery,
        Duration fieldOff,
        Duration lookAgain,
        Duration reopenAfter,
        int passiveRetries) {
    /** For a module at a stall. */
    public static Pn532Settings standard() {
        return new Pn532Settings(
                Duration.ofMillis(35),
                Duration.ofSeconds(2),
                Duration.ofMillis(500),
                Duration.ofMillis(500),
                Duration.ofMillis(20),
                Duration.ofMillis(250),
                Duration.ofMillis(6),
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                2);
    }

    /** The same with another patience for cards. */
    public Pn532Settings withAnswerWithin(Duration patience) {
        return new Pn532Settings(
                ackWithin,
                patience,
                chipAnswersWithin,
                presenceWithin,
                quiet,
                presenceEvery,
                fieldOff,
                lookAgain,
                reopenAfter,
                passiveRetries);
    }
}

package etal.virtualcard;

/**
 * When a card is pulled out of the field. Each but {@link Never} waits for the first command with its INS and acts on
 * that one only.
 */
public sealed interface Tear {
    /** The card stays until it is withdrawn or the reader lets go. */
    record Never() implements Tear {}

    /** The card is gone before it has taken the command in: nothing is executed. */
    record BeforeCommand(int ins) implements Tear {}

    /** Power is lost at the n-th persistent write, counted from 1; with fewer writes the command is answered. */
    record AtWrite(int ins, int n) implements Tear {
        /** @throws IllegalArgumentException when n is not positive */
        public AtWrite {
            if (n < 1) {
                throw new IllegalArgumentException("writes are counted from 1");
            }
        }
    }

    /** The command is executed whole, and the answer is lost. */
    record BeforeAnswer(int ins) implements Tear {}

    /** The command is executed and answered, then the card is gone. */
    record AfterAnswer(int ins) implements Tear {}
}

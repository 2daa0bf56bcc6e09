package etal.terminal.hardware.pn532;

import etal.port.ReaderBroken;
import etal.terminal.hardware.pn532.wire.Wire;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The dialogue with the chip: command, its ACK, its answer; one at a time (UM0701-02, 6.2.2).
 *
 * <pre>
 *   host                     chip
 *    |-- command ------------&gt;|
 *    |&lt;------------------ ACK |   within 15 ms: the frame arrived whole
 *    |&lt;--------------- answer |   the command is done
 *    |-- NACK --------------&gt;|   only to a damaged answer of a command whose ACK was seen: say it again
 *    |-- ACK ---------------&gt;|   only when the time is over: stop
 * </pre>
 *
 * <p><b>What may be repeated.</b> A NACK makes the chip say its last answer again, so it is sent only when that must be the
 * answer to this command: its ACK has been seen. A command that reaches a card is never sent a second time, whatever is
 * lost: the card could execute it twice. Without an ACK, or without a whole answer, its outcome is unknown.
 *
 * <p><b>Whose answer is it.</b> An answer has no number, only the code of its command, so a late one of an earlier exchange
 * would pass for this one's. After any exchange that did not end with exactly one ACK and one answer the line is in
 * doubt, and before the next command the chip is stopped and made to echo a number never used before. The wire keeps
 * the order: what was under way has come before the echo.
 *
 * <p>For one thread.
 */
final class Chip implements AutoCloseable {
    private static final int ATTEMPTS = 3;
    private static final int ECHOES = 8;
    private static final int WAKE_UPS = 2;
    private static final int FRAMES_BEFORE_ECHO_MAX = 16;
    private static final int NACKS = 2;

    private final Wire wire;
    private final FrameReader frames;
    private final Pn532Settings settings;
    private int echoes;
    private boolean inDoubt = true;

    /** What became of one command. */
    sealed interface Outcome {
        /** The chip's answer, without its code. */
        record Answered(byte[] data) implements Outcome {}

        /** The chip knows no such command. */
        record Refused() implements Outcome {}

        /** The chip took the command and gave no answer in time; it was stopped. */
        record Silent() implements Outcome {}

        /** Bytes were lost: whether the command was taken is unknown. */
        record Lost() implements Outcome {}
    }

    Chip(Wire wire, Pn532Settings settings) {
        this.wire = wire;
        this.settings = settings;
        this.frames = new FrameReader(wire, settings.quiet());
    }

    /**
     * Has a command executed that may be executed again: it is repeated where bytes were lost.
     *
     * @throws ReaderBroken when the chip does not answer, or refuses
     */
    byte[] ask(Command command, Duration within) throws ReaderBroken {
        Outcome outcome = once(command, within);
        for (int i = 1; i < ATTEMPTS && !(outcome instanceof Outcome.Answered); i++) {
            outcome = once(command, within);
        }
        if (outcome instanceof Outcome.Answered(byte[] data)) {
            return data;
        }
        throw new ReaderBroken("the PN532 has not done command " + command.code() + ": " + outcome);
    }

    /** The same for what the chip does by itself. */
    byte[] ask(Command command) throws ReaderBroken {
        return ask(command, settings.chipAnswersWithin());
    }

    /**
     * Sends a command once, and never again.
     *
     * @throws ReaderBroken when the wire is gone, or the chip does not even echo
     */
    Outcome once(Command command, Duration within) throws ReaderBroken {
        if (inDoubt || frames.hasMore()) {
            synchronise();
        }
        inDoubt = true;
        Outcome outcome = acknowledged(command) ? answer(command, within) : new Outcome.Lost();
        if (outcome instanceof Outcome.Silent) {
            wire.write(Frame.ack());
        }
        return outcome;
    }

    /**
     * Wakes the chip; it may be asleep, where it takes this one command only, or speak at another rate.
     *
     * @param preamble what the wire needs to wake it
     * @return false when no chip answers here
     */
    boolean wakes(byte[] preamble) throws ReaderBroken {
        Command command = Command.normalMode();
        for (int i = 0; i < WAKE_UPS; i++) {
            var unused = frames.drain(settings.chipAnswersWithin());
            wire.write(preamble);
            if (acknowledged(command) && answer(command, settings.chipAnswersWithin()) instanceof Outcome.Answered) {
                inDoubt = true;
                return true;
            }
        }
        return false;
    }

    /**
     * Stops the chip and makes sure that nothing is under way any more.
     *
     * @throws ReaderBroken when it does not echo
     */
    void synchronise() throws ReaderBroken {
        for (int i = 0; i < ECHOES; i++) {
            wire.write(Frame.ack());
            if (frames.drain(settings.chipAnswersWithin()) && echoed()) {
                inDoubt = false;
                return;
            }
        }
        throw new ReaderBroken("the PN532 does not answer");
    }

    private boolean echoed() throws ReaderBroken {
        Command echo = Command.echo(++echoes);
        long until = send(echo) + settings.ackWithin().toNanos();
        for (int i = 0; i < FRAMES_BEFORE_ECHO_MAX; i++) {
            Frame frame = frames.next(until).orElse(new Frame.Damaged());
            if (frame instanceof Frame.Damaged) {
                return false;
            }
            if (frame instanceof Frame.Answer answer
                    && echo.isAnsweredBy(answer)
                    && Arrays.equals(answer.data(), echo.parameters())) {
                return !frames.hasMore();
            }
        }
        return false;
    }

    private boolean acknowledged(Command command) throws ReaderBroken {
        long until = send(command) + settings.ackWithin().toNanos();
        // An answer that comes before the ACK is none to this command.
        return frames.next(until).orElse(new Frame.Damaged()) instanceof Frame.Ack;
    }

    private Outcome answer(Command command, Duration within) throws ReaderBroken {
        long until = wire.nanos() + within.toNanos();
        int nacks = 0;
        while (true) {
            Optional<Frame> frame = frames.next(until);
            if (frame.isEmpty()) {
                return new Outcome.Silent();
            }
            if (frame.get() instanceof Frame.SyntaxError) {
                inDoubt = nacks > 0;
                return new Outcome.Refused();
            }
            if (frame.get() instanceof Frame.Answer answer && command.isAnsweredBy(answer) && !frames.hasMore()) {
                inDoubt = nacks > 0;
                return new Outcome.Answered(answer.data());
            }
            if (nacks == NACKS || !frames.drain(settings.chipAnswersWithin())) {
                return new Outcome.Lost();
            }
            nacks++;
            wire.write(Frame.nack());
        }
    }

    private long send(Command command) throws ReaderBroken {
        byte[] frame = Frame.of(command);
        wire.write(frame);
        return wire.nanos() + wire.timeFor(frame.length).toNanos();
    }

    /** The wire under it. */
    Wire wire() {
        return wire;
    }

    @Override
    public void close() {
        wire.close();
    }
}

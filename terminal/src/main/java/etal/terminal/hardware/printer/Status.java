package etal.terminal.hardware.printer;

import etal.port.printer.Printer.State;
import etal.terminal.hardware.line.Line;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Asks a printer how it is, by the real-time command {@code DLE EOT n} of ESC/POS, which is answered by one byte even while
 * the printer is offline or busy. Whatever else comes over the line is passed over, up to a bound. Stateless.
 */
final class Status {
    static final int PRINTER = 1;
    static final int OFFLINE_CAUSE = 2;
    static final int PAPER = 4;

    private static final byte DLE = 0x10;
    private static final byte EOT = 0x04;
    private static final int NOISE_BYTES_MAX = 1_024;

    /** Bits 0, 1, 4 and 7 of every answer are fixed, so that no answer is taken for XON, XOFF or an automatic status. */
    private static final int FIXED_MASK = 0x93;

    private static final int FIXED = 0x12;
    private static final int IS_OFFLINE = 0x08;
    private static final int COVER_IS_OPEN = 0x04;
    private static final int STOPPED_BY_PAPER_END = 0x20;
    private static final int HAS_ERROR = 0x40;
    private static final int PAPER_NEAR_END = 0x0C;
    private static final int PAPER_END = 0x60;

    private Status() {}

    /**
     * How the printer is.
     *
     * @param within how long each of the three answers may take
     * @return empty when it says nothing at all; one that leaves only later questions unanswered has nothing to say to them
     * @throws IOException when the line is gone
     */
    static Optional<State> ask(Line line, Duration within) throws IOException {
        OptionalInt printer = ask(line, PRINTER, within);
        if (printer.isEmpty()) {
            return Optional.empty();
        }
        int cause = ask(line, OFFLINE_CAUSE, within).orElse(FIXED);
        int paper = ask(line, PAPER, within).orElse(FIXED);
        return Optional.of(state(printer.getAsInt(), cause, paper));
    }

    private static OptionalInt ask(Line line, int what, Duration within) throws IOException {
        long until = Line.nanosNow() + within.toNanos();
        // An answer that came too late for the last question must not be taken for one to this.
        var unused = line.read(Line.nanosNow());
        line.write(new byte[] {DLE, EOT, (byte) what}, until);
        int noise = 0;
        while (noise < NOISE_BYTES_MAX) {
            byte[] heard = line.read(until);
            if (heard.length == 0) {
                return OptionalInt.empty();
            }
            OptionalInt answer = answer(heard);
            if (answer.isPresent()) {
                return answer;
            }
            noise += heard.length;
        }
        return OptionalInt.empty();
    }

    /** The first byte that can be an answer. */
    static OptionalInt answer(byte[] heard) {
        for (byte each : heard) {
            if ((each & FIXED_MASK) == FIXED) {
                return OptionalInt.of(each & 0xFF);
            }
        }
        return OptionalInt.empty();
    }

    /** What three answers mean; the first thing a hand must see to, if there are several. Total. */
    static State state(int printer, int cause, int paper) {
        if ((cause & COVER_IS_OPEN) != 0) {
            return State.COVER_OPEN;
        }
        if ((paper & PAPER_END) != 0 || (cause & STOPPED_BY_PAPER_END) != 0) {
            return State.NO_PAPER;
        }
        if ((printer & IS_OFFLINE) != 0 || (cause & HAS_ERROR) != 0) {
            return State.OFFLINE;
        }
        return (paper & PAPER_NEAR_END) != 0 ? State.PAPER_LOW : State.READY;
    }
}

package etal.terminal.hardware.printer;

import java.io.ByteArrayOutputStream;

/**
 * What is behind the socket of a printer: it answers the questions after its state, as Epson's table of DLE EOT says, and
 * keeps all else as paper. Written beside the driver and sharing nothing with it. Safe for use by any thread.
 */
public final class EmulatedPrinter {
    private static final int FIXED = 0b0001_0010;

    private final ByteArrayOutputStream paper = new ByteArrayOutputStream();
    private int commandBytes;
    private int paperLeft = Integer.MAX_VALUE;
    private boolean low;
    private boolean open;
    private boolean error;
    private boolean mute;

    /** Takes bytes; what it answers. */
    synchronized byte[] hear(byte[] bytes) {
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        for (byte each : bytes) {
            if (commandBytes == 2) {
                commandBytes = 0;
                if (!mute) {
                    answers.write(answer(each));
                }
            } else if (commandBytes == 1 ? each == 0x04 : each == 0x10) {
                commandBytes++;
            } else {
                commandBytes = 0;
                print(each);
            }
        }
        return answers.toByteArray();
    }

    private void print(byte each) {
        if (paperLeft > 0) {
            paperLeft--;
            paper.write(each);
        }
    }

    private int answer(int question) {
        boolean noPaper = paperLeft == 0;
        return FIXED
                | switch (question) {
                    case 1 -> noPaper || open || error ? 0b1000 : 0;
                    case 2 -> (open ? 0b100 : 0) | (noPaper ? 0b10_0000 : 0) | (error ? 0b100_0000 : 0);
                    case 4 -> (low || noPaper ? 0b1100 : 0) | (noPaper ? 0b110_0000 : 0);
                    default -> throw new AssertionError("no such question: " + question);
                };
    }

    public synchronized byte[] paper() {
        return paper.toByteArray();
    }

    /** The roll ends after so many bytes. */
    public synchronized void roll(int bytes) {
        paperLeft = bytes;
    }

    public synchronized void low(boolean now) {
        low = now;
    }

    public synchronized void open(boolean now) {
        open = now;
    }

    public synchronized void error(boolean now) {
        error = now;
    }

    /** Whether it answers nothing, though it prints. */
    public synchronized void mute(boolean now) {
        mute = now;
    }
}

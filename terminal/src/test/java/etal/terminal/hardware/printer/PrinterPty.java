package etal.terminal.hardware.printer;

import etal.virtualcard.pn532.Pty;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** A serial printer: an emulated one behind a pseudo-terminal. */
final class PrinterPty implements Closeable {
    private static final int LOOK_MILLIS = 20;

    final EmulatedPrinter printer = new EmulatedPrinter();
    private final Pty pty;
    private final Thread thread;
    private volatile boolean ended;

    PrinterPty() throws IOException {
        pty = Pty.open();
        thread = Thread.ofPlatform().daemon().name("emulated printer").start(this::serve);
    }

    Path device() {
        return pty.device();
    }

    int baud() {
        return pty.baud();
    }

    private void serve() {
        try {
            while (!ended) {
                byte[] heard = pty.read(LOOK_MILLIS);
                if (heard.length > 0) {
                    pty.write(printer.hear(heard));
                }
            }
        } catch (IOException hungUp) {
            ended = true;
        }
    }

    @Override
    public void close() throws IOException {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        pty.close();
    }
}

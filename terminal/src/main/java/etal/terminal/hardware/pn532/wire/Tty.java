package etal.terminal.hardware.pn532.wire;

import etal.port.ReaderBroken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A serial port of Linux in raw mode: eight bits, no parity, one stop bit, no flow control. For one thread. */
public final class Tty implements Wire.Uart {
    private static final int BITS_PER_BYTE = 10;
    private static final int BAUD_BEFORE = 9_600;
    private static final int WRITTEN_WITHIN_MILLIS = 1_000;
    private static final int SET_WITHIN_SECONDS = 5;

    /** What stty is told beside the rate; it writes out first what waits. */
    private static final List<String> RAW = List.of(
            "raw",
            "-echo",
            "-echoe",
            "-echok",
            "-iexten",
            "clocal",
            "cread",
            "cs8",
            "-cstopb",
            "-parenb",
            "-crtscts",
            "-hupcl");

    private final Path device;
    private final int file;
    private int baud = BAUD_BEFORE;
    private boolean closed;

    private Tty(Path device, int file) {
        this.device = device;
        this.file = file;
    }

    /**
     * Opens it; the rate must be set before it is used.
     *
     * @throws ReaderBroken when there is no such port, or it is another's
     */
    public static Tty open(Path device) throws ReaderBroken {
        int file = Libc.open(
                device.toAbsolutePath().toString(),
                Libc.READ_AND_WRITE | Libc.NO_CONTROLLING_TERMINAL | Libc.NON_BLOCKING | Libc.CLOSE_ON_EXEC);
        if (file < 0) {
            throw new ReaderBroken(device + " cannot be opened (error " + -file
                    + "): is the module plugged in, and is this user in the group dialout?");
        }
        return new Tty(device, file);
    }

    @Override
    public void baud(int rate) throws ReaderBroken {
        set(rate);
    }

    /**
     * Sets the rate, and more.
     *
     * @param more what stty is told beside and after what is usual, such as {@code crtscts}
     * @throws ReaderBroken when the port cannot be set so
     */
    public void set(int rate, String... more) throws ReaderBroken {
        // A child with fixed arguments and no shell: the layout of termios differs from board to board, stty knows it.
        List<String> command =
                new ArrayList<>(List.of("stty", "-F", device.toAbsolutePath().toString(), String.valueOf(rate)));
        command.addAll(RAW);
        command.addAll(List.of(more));
        try {
            Process stty = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(SET_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                throw new ReaderBroken(device + " could not be set to " + rate + " baud in time");
            }
            if (stty.exitValue() != 0) {
                throw new ReaderBroken(device + " could not be set to " + rate + " baud");
            }
        } catch (IOException missing) {
            throw new ReaderBroken("stty, of the package coreutils, could not be started", missing);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ReaderBroken("setting " + device + " was ended", stopped);
        }
        baud = rate;
    }

    @Override
    public void write(byte[] bytes) throws ReaderBroken {
        write(bytes, WRITTEN_WITHIN_MILLIS);
    }

    /**
     * Hands bytes on to a device that may hold them back.
     *
     * @param roomWithinMillis how long it may take no byte at all
     * @throws ReaderBroken when the wire is gone, or takes no bytes; some may have gone
     */
    public void write(byte[] bytes, int roomWithinMillis) throws ReaderBroken {
        int written = 0;
        while (written < bytes.length) {
            int count = Libc.write(file, bytes, written);
            if (count >= 0) {
                written += count;
            } else if (count == -Libc.TRY_AGAIN) {
                awaitRoom(roomWithinMillis);
            } else if (count != -Libc.INTERRUPTED) {
                throw gone(-count);
            }
        }
    }

    private void awaitRoom(int withinMillis) throws ReaderBroken {
        if (Libc.poll(file, Libc.POLL_OUT, withinMillis) == 0) {
            throw new ReaderBroken(device + " takes no bytes");
        }
    }

    @Override
    public byte[] read(long untilNanos) throws ReaderBroken {
        byte[] into = new byte[READ_BYTES_MAX];
        while (true) {
            long left = Math.max(0, untilNanos - nanos());
            // Rounded up: a wait that is too short would turn into a busy one.
            int events = Libc.poll(file, Libc.POLL_IN, (int) Math.min(60_000, (left + 999_999) / 1_000_000));
            if (events == 0 && untilNanos - nanos() <= 0) {
                return new byte[0];
            }
            if (events > 0) {
                int count = Libc.read(file, into);
                if (count > 0) {
                    return Arrays.copyOf(into, count);
                }
                if (count != -Libc.TRY_AGAIN && count != -Libc.INTERRUPTED) {
                    throw gone(-count);
                }
            } else if (events < 0 && events != -Libc.INTERRUPTED) {
                throw gone(-events);
            }
        }
    }

    private ReaderBroken gone(int error) {
        return new ReaderBroken(device + " is gone (error " + error + ")");
    }

    @Override
    public Duration timeFor(int bytes) {
        return Duration.ofNanos(bytes * BITS_PER_BYTE * 1_000_000_000L / baud);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            var unused = Libc.close(file);
        }
    }
}

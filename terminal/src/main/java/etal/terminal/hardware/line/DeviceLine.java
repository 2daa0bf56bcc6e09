package etal.terminal.hardware.line;

import etal.port.ReaderBroken;
import etal.terminal.hardware.pn532.wire.Tty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A line through a device file: a serial port, or a printer's own file such as {@code /dev/usb/lp0}. For one thread. */
public final class DeviceLine implements Line {
    /** So many bytes are handed on at once, that the end of the time is not missed by much. */
    private static final int PIECE_BYTES = 128;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Path device;
    private final Tty tty;

    private DeviceLine(Path device, Tty tty) {
        this.device = device;
        this.tty = tty;
    }

    /** Who holds back whom on a serial line. */
    public enum Flow {
        /** Nobody. */
        NONE,
        /** The device by the wires RTS and CTS. */
        HARDWARE,
        /** The device by the bytes XOFF and XON. */
        SOFTWARE
    }

    /**
     * A serial port: eight bits, no parity, one stop bit.
     *
     * @throws IOException when there is no such port, or it cannot be set so
     */
    public static DeviceLine serial(Path device, int baud, Flow flow) throws IOException {
        DeviceLine line = usb(device);
        try {
            switch (flow) {
                case NONE -> line.tty.baud(baud);
                case HARDWARE -> line.tty.set(baud, "crtscts");
                case SOFTWARE -> line.tty.set(baud, "ixon");
            }
            return line;
        } catch (ReaderBroken refused) {
            line.close();
            throw new IOException(refused.getMessage(), refused);
        }
    }

    /**
     * A device file that needs no setting.
     *
     * @throws IOException when there is no such device
     */
    public static DeviceLine usb(Path device) throws IOException {
        try {
            return new DeviceLine(device, Tty.open(device));
        } catch (ReaderBroken missing) {
            throw new IOException(missing.getMessage(), missing);
        }
    }

    @Override
    public void write(byte[] bytes, long untilNanos) throws IOException {
        try {
            for (int from = 0; from < bytes.length; from += PIECE_BYTES) {
                long leftMillis = Math.max(0, (untilNanos - Line.nanosNow()) / NANOS_PER_MILLI);
                if (from > 0 && leftMillis == 0) {
                    throw new IOException(device + " has not taken all bytes in time");
                }
                byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PIECE_BYTES));
                tty.write(piece, (int) Math.min(leftMillis, Integer.MAX_VALUE));
            }
        } catch (ReaderBroken gone) {
            throw new IOException(gone.getMessage(), gone);
        }
    }

    @Override
    public byte[] read(long untilNanos) throws IOException {
        try {
            return tty.read(untilNanos);
        } catch (ReaderBroken gone) {
            throw new IOException(gone.getMessage(), gone);
        }
    }

    @Override
    public boolean silenceMayMeanGone() {
        return false;
    }

    @Override
    public void close() {
        tty.close();
    }
}

package etal.terminal.hardware.pn532.wire;

import etal.port.ReaderBroken;
import java.time.Duration;
import java.util.Arrays;

/**
 * The chip on SPI (UM0701-02, 6.2.5): mode 0, least significant bit first. The host has the clock, so it asks whether the chip
 * has something to say, and then reads a whole frame at once: what a frame leaves over would be lost with the selection.
 * For one thread.
 *
 * <p>It was tried with an emulated bus, never with a real one.
 */
public final class SpiWire implements Wire {
    /** One bus with one chip on it. */
    public interface Bus extends AutoCloseable {
        /** Clock of the bus; the chip takes 5 MHz at most. */
        int HERTZ = 2_000_000;

        /**
         * Selects the chip, sends bytes, most significant bit first as buses do, and gives what came meanwhile, as many.
         *
         * @throws ReaderBroken when the bus is gone
         */
        byte[] transfer(byte[] bytes) throws ReaderBroken;

        @Override
        void close();
    }

    private static final byte WRITE = 0x01;
    private static final byte STATUS = 0x02;
    private static final byte READ = 0x03;
    private static final int READY = 0x01;
    private static final Duration BETWEEN_QUESTIONS = Duration.ofNanos(500_000);

    /** Preamble, start code, extended header, data, checksum, postamble. */
    private static final int FRAME_BYTES_MAX = 3 + 5 + 265 + 2;

    private final Bus bus;

    /** A wire over a bus. */
    public SpiWire(Bus bus) {
        this.bus = bus;
    }

    @Override
    public void write(byte[] bytes) throws ReaderBroken {
        byte[] unused = transfer(WRITE, bytes);
    }

    @Override
    public byte[] read(long untilNanos) throws ReaderBroken {
        while ((transfer(STATUS, new byte[1])[0] & READY) == 0) {
            if (untilNanos - nanos() <= 0) {
                return new byte[0];
            }
            pause(BETWEEN_QUESTIONS);
        }
        return frameOf(transfer(READ, new byte[FRAME_BYTES_MAX]));
    }

    private byte[] transfer(byte operation, byte[] bytes) throws ReaderBroken {
        byte[] out = new byte[1 + bytes.length];
        out[0] = reversed(operation);
        for (int i = 0; i < bytes.length; i++) {
            out[1 + i] = reversed(bytes[i]);
        }
        byte[] in = bus.transfer(out);
        byte[] read = new byte[bytes.length];
        for (int i = 0; i < read.length; i++) {
            read[i] = reversed(in[1 + i]);
        }
        return read;
    }

    /** Boards' buses send the most significant bit first, whatever they are asked. */
    private static byte reversed(byte value) {
        return (byte) (Integer.reverse(value) >>> 24);
    }

    /** What was read beyond the frame is no bytes of the chip's. */
    private static byte[] frameOf(byte[] read) {
        int at = 0;
        while (at < 3 && !(read[at] == 0 && read[at + 1] == (byte) 0xFF)) {
            at++;
        }
        int length = read[at + 2] & 0xFF;
        int check = read[at + 3] & 0xFF;
        int end = at + 4 + length + 2;
        if (length == 0 || check == 0) {
            end = at + 5;
        } else if (length == 0xFF && check == 0xFF) {
            end = at + 7 + ((read[at + 4] & 0xFF) << 8 | read[at + 5] & 0xFF) + 2;
        }
        return Arrays.copyOf(read, Math.min(end, read.length));
    }

    @Override
    public Duration timeFor(int bytes) {
        return Duration.ofNanos(bytes * (long) Byte.SIZE * 1_000_000_000L / Bus.HERTZ);
    }

    @Override
    public void close() {
        bus.close();
    }
}

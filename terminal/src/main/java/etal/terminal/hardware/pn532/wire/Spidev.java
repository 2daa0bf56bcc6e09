package etal.terminal.hardware.pn532.wire;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import etal.port.ReaderBroken;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** An SPI bus of Linux (spidev), mode 0. For one thread. It was tried as far as a machine without such a bus allows. */
public final class Spidev implements SpiWire.Bus {
    /** SPI_IOC_WR_MODE, and SPI_IOC_MESSAGE(1) with its struct spi_ioc_transfer of 32 bytes. */
    private static final long SET_MODE = 0x4001_6B01L;

    private static final long MESSAGE = 0x4020_6B00L;
    private static final int MESSAGE_BYTES = 32;

    private final Path device;
    private final int file;
    private boolean closed;

    private Spidev(Path device, int file) {
        this.device = device;
        this.file = file;
    }

    /**
     * Opens it.
     *
     * @throws ReaderBroken when there is no such bus, or it cannot be set
     */
    public static Spidev open(Path device) throws ReaderBroken {
        int file = Libc.open(device.toAbsolutePath().toString(), Libc.READ_AND_WRITE | Libc.CLOSE_ON_EXEC);
        if (file < 0) {
            throw new ReaderBroken(device + " cannot be opened (error " + -file
                    + "): is SPI switched on, and is this user in the group spi?");
        }
        Spidev bus = new Spidev(device, file);
        try (Arena arena = Arena.ofConfined()) {
            bus.request(SET_MODE, arena.allocateFrom(JAVA_BYTE, (byte) 0));
            return bus;
        } catch (ReaderBroken noBus) {
            bus.close();
            throw noBus;
        }
    }

    @Override
    public byte[] transfer(byte[] bytes) throws ReaderBroken {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocateFrom(JAVA_BYTE, bytes);
            MemorySegment in = arena.allocate(bytes.length);
            MemorySegment message = arena.allocate(MESSAGE_BYTES, 8);
            message.set(JAVA_LONG, 0, out.address());
            message.set(JAVA_LONG, 8, in.address());
            message.set(JAVA_INT, 16, bytes.length);
            message.set(JAVA_INT, 20, HERTZ);
            message.set(JAVA_BYTE, 26, (byte) Byte.SIZE);
            request(MESSAGE, message);
            return in.toArray(JAVA_BYTE);
        }
    }

    private void request(long request, MemorySegment bytes) throws ReaderBroken {
        int result = Libc.ioctl(file, request, bytes);
        if (result < 0) {
            throw new ReaderBroken(device + " is no bus any more (error " + -result + ")");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            var unused = Libc.close(file);
        }
    }
}

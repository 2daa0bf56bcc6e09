package etal.virtualcard.pn532;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * The far end of a pseudo-terminal: the near end is a file that programs open like a serial port. For one thread, but for
 * {@link #device}.
 */
public final class Pty implements AutoCloseable {
    private static final int READ_AND_WRITE = 0x2;
    private static final int NO_CONTROLLING_TERMINAL = 0x100;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final short POLL_IN = 1;
    private static final int BYTES_MAX = 4_096;
    private static final int NAME_BYTES_MAX = 128;
    private static final int TERMIOS_BYTES_MAX = 256;

    /** The codes of termios, the same on every processor that boards have. */
    private static final Map<Integer, Integer> BAUDS = Map.of(
            0xD, 9_600, 0xE, 19_200, 0xF, 38_400, 0x1001, 57_600, 0x1002, 115_200, 0x1003, 230_400, 0x1004, 460_800,
            0x1007, 921_600);

    private static final Linker LINKER = Linker.nativeLinker();
    private static final FunctionDescriptor OF_FILE = FunctionDescriptor.of(JAVA_INT, JAVA_INT);
    private static final FunctionDescriptor OF_BYTES = FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle OPENPT = handle("posix_openpt", OF_FILE);
    private static final MethodHandle GRANT = handle("grantpt", OF_FILE);
    private static final MethodHandle UNLOCK = handle("unlockpt", OF_FILE);
    private static final MethodHandle CLOSE = handle("close", OF_FILE);
    private static final MethodHandle NAME =
            handle("ptsname_r", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle OPEN = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("open"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle POLL =
            handle("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle READ = handle("read", OF_BYTES);
    private static final MethodHandle WRITE = handle("write", OF_BYTES);
    private static final MethodHandle ATTRIBUTES =
            handle("tcgetattr", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle SPEED = handle("cfgetospeed", FunctionDescriptor.of(JAVA_INT, ADDRESS));

    private final Arena arena = Arena.ofShared();
    private final MemorySegment polled = arena.allocate(8, 4);
    private final MemorySegment buffer = arena.allocate(BYTES_MAX);
    private final MemorySegment attributes = arena.allocate(TERMIOS_BYTES_MAX, 8);
    private final int far;
    private final int near;
    private final Path device;

    private Pty(int far, int near, Path device) {
        this.far = far;
        this.near = near;
        this.device = device;
        polled.set(JAVA_INT, 0, far);
        polled.set(JAVA_SHORT, 4, POLL_IN);
    }

    private static MethodHandle handle(String name, FunctionDescriptor signature) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), signature);
    }

    /** Opens a pair. */
    public static Pty open() throws IOException {
        try (Arena once = Arena.ofConfined()) {
            int far = (int) OPENPT.invokeExact(READ_AND_WRITE | NO_CONTROLLING_TERMINAL | CLOSE_ON_EXEC);
            MemorySegment name = once.allocate(NAME_BYTES_MAX);
            if (far < 0
                    || (int) GRANT.invokeExact(far) != 0
                    || (int) UNLOCK.invokeExact(far) != 0
                    || (int) NAME.invokeExact(far, name, (long) NAME_BYTES_MAX) != 0) {
                throw new IOException("this machine gives no pseudo-terminal");
            }
            // Held open here too: else the far end would end whenever no driver has the near one open.
            int near = (int) OPEN.invokeExact(name, READ_AND_WRITE | NO_CONTROLLING_TERMINAL | CLOSE_ON_EXEC);
            if (near < 0) {
                throw new IOException("the pseudo-terminal does not open");
            }
            return new Pty(far, near, Path.of(name.getString(0)));
        } catch (IOException refused) {
            throw refused;
        } catch (Throwable impossible) {
            throw unlinked(impossible);
        }
    }

    /** The file of the near end. */
    public Path device() {
        return device;
    }

    /** The rate to which the near end is set; 0 for one that the chip has not. */
    public int baud() {
        try {
            int unused = (int) ATTRIBUTES.invokeExact(far, attributes);
            return BAUDS.getOrDefault((int) SPEED.invokeExact(attributes), 0);
        } catch (Throwable impossible) {
            throw unlinked(impossible);
        }
    }

    /** The bytes that came within this time; none when none did. */
    public byte[] read(int millis) throws IOException {
        try {
            if ((int) POLL.invokeExact(polled, 1L, millis) <= 0) {
                return new byte[0];
            }
            int count = (int) (long) READ.invokeExact(far, buffer, (long) BYTES_MAX);
            if (count <= 0) {
                throw new IOException("the pseudo-terminal has ended");
            }
            return Arrays.copyOf(buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE), count);
        } catch (IOException ended) {
            throw ended;
        } catch (Throwable impossible) {
            throw unlinked(impossible);
        }
    }

    /** Sends bytes. */
    public void write(byte[] bytes) throws IOException {
        try (Arena once = Arena.ofConfined()) {
            MemorySegment all = once.allocate(Math.max(1, bytes.length));
            MemorySegment.copy(MemorySegment.ofArray(bytes), 0, all, 0, bytes.length);
            long written = 0;
            while (written < bytes.length) {
                long left = bytes.length - written;
                long count = (long) WRITE.invokeExact(far, all.asSlice(written), left);
                if (count < 0) {
                    throw new IOException("the pseudo-terminal takes no bytes");
                }
                written += count;
            }
        } catch (IOException ended) {
            throw ended;
        } catch (Throwable impossible) {
            throw unlinked(impossible);
        }
    }

    /** Ends it: who has the near end open finds it hung up. */
    @Override
    public void close() {
        try {
            int unused = (int) CLOSE.invokeExact(near);
            unused = (int) CLOSE.invokeExact(far);
            arena.close();
        } catch (Throwable impossible) {
            throw unlinked(impossible);
        }
    }

    private static IllegalStateException unlinked(Throwable impossible) {
        return new IllegalStateException("a call of POSIX did not link", impossible);
    }
}

package etal.terminal.hardware.pn532.wire;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The calls of POSIX that ports need and Java's files lack: a serial port opened without becoming the process's
 * controlling terminal (else unplugging it would end the till by SIGHUP), a wait with a deadline, and a bus that is read
 * while it is written. Stateless.
 */
final class Libc {
    static final int READ_AND_WRITE = 0x2;
    static final int NO_CONTROLLING_TERMINAL = 0x100;
    static final int NON_BLOCKING = 0x800;
    static final int CLOSE_ON_EXEC = 0x80000;

    static final int POLL_IN = 0x1;
    static final int POLL_OUT = 0x4;

    static final int INTERRUPTED = 4;
    static final int TRY_AGAIN = 11;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle OPEN = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("open"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
            Linker.Option.captureCallState("errno"),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle POLL =
            handle("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle READ =
            handle("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle WRITE =
            handle("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private static final MethodHandle IOCTL = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("ioctl"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
            Linker.Option.captureCallState("errno"),
            Linker.Option.firstVariadicArg(2));

    private Libc() {}

    private static MethodHandle handle(String name, FunctionDescriptor signature) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), signature, Linker.Option.captureCallState("errno"));
    }

    /** A file descriptor, or minus the error number. */
    static int open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            return orError((int) OPEN.invokeExact(state, arena.allocateFrom(path), flags), state);
        } catch (Throwable impossible) {
            throw unlinked(impossible);
        }
    }

    /** Waits; what has happened of the events, or that the port is gone, 0 at the end of the time, or minus the error number. */
    static int poll(int file, int events, int millis) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            // struct pollfd: int fd, short events, short revents.
            MemorySegment polled = arena.allocate(8, 4);
            polled.set(JAVA_INT, 0, file);
            polled.set(JAVA_SHORT, 4, (short) events);
            int result = orError((int) POLL.invokeExact(state, polled, 1L, millis), state);
            return result <= 0 ? result : polled.get(JAVA_SHORT, 6);
        } catch (Throwable impossible) {
            throw unlinked(impossible);
        }
    }

    /** How many bytes came, 0 at the end, or minus the error number. */
    static int read(int file, byte[] into) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment buffer = arena.allocate(into.length);
            int count = orError((int) (long) READ.invokeExact(state, file, buffer, (long) into.length), state);
            if (count > 0) {
                MemorySegment.copy(buffer, 0, MemorySegment.ofArray(into), 0, count);
            }
            return count;
        } catch (Throwable impossible) {
            throw unlinked(impossible);
        }
    }

    /** How many bytes went, or minus the error number. */
    static int write(int file, byte[] bytes, int from) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long length = bytes.length - from;
            MemorySegment buffer = arena.allocate(length);
            MemorySegment.copy(MemorySegment.ofArray(bytes), from, buffer, 0, length);
            return orError((int) (long) WRITE.invokeExact(state, file, buffer, length), state);
        } catch (Throwable impossible) {
            throw unlinked(impossible);
        }
    }

    /** Hands a device a request with its bytes, which it may change; not negative, or minus the error number. */
    static int ioctl(int file, long request, MemorySegment bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            return orError((int) IOCTL.invokeExact(state, file, request, bytes), state);
        } catch (Throwable impossible) {
            throw unlinked(impossible);
        }
    }

    /** Closes a file descriptor; what fails then has no remedy. */
    static int close(int file) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            return orError((int) CLOSE.invokeExact(state, file), state);
        } catch (Throwable impossible) {
            throw unlinked(impossible);
        }
    }

    private static int orError(int result, MemorySegment state) {
        return result >= 0 ? result : -(int) ERRNO.get(state, 0L);
    }

    private static IllegalStateException unlinked(Throwable impossible) {
        return new IllegalStateException("a call of POSIX did not link", impossible);
    }
}

package etal.edge.service;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * A socket of this machine's own kind that sends datagrams (unix(7), {@code SOCK_DGRAM}), for which Java has no class. Linux
 * only: the numbers are those of its header files, the same on every processor that we run on. Safe for use by any thread.
 */
final class DatagramSocket implements AutoCloseable {
    private static final short AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x8_0000;
    /** Nobody who does not listen may hold up the service. */
    private static final int MSG_DONTWAIT = 0x40;

    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int FAMILY_BYTES = 2;
    private static final int PATH_BYTES = 108;

    private final MethodHandle sendTo;
    private final MethodHandle closing;
    private final byte[] path;
    private int descriptor;

    private DatagramSocket(MethodHandle sendTo, MethodHandle closing, byte[] path, int descriptor) {
        this.sendTo = sendTo;
        this.closing = closing;
        this.path = path;
        this.descriptor = descriptor;
    }

    /** To whoever listens at {@code address}: a path, or behind an at sign a name without a file. */
    static DatagramSocket to(String address) {
        byte[] path = address.getBytes(StandardCharsets.UTF_8);
        if (path.length > 0 && path[0] == '@') {
            path[0] = 0;
        }
        ValueLayout.OfInt number = ValueLayout.JAVA_INT;
        ValueLayout.OfLong size = ValueLayout.JAVA_LONG;
        AddressLayout pointer = ValueLayout.ADDRESS;
        try {
            int descriptor = path.length > PATH_BYTES - 1
                    ? -1
                    : (int) function("socket", number, number, number, number)
                            .invokeExact((int) AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
            return new DatagramSocket(
                    function("sendto", size, number, pointer, size, number, pointer, number),
                    function("close", number, number),
                    path,
                    descriptor);
        } catch (Throwable impossible) {
            throw unexpected(impossible);
        }
    }

    private static MethodHandle function(String name, MemoryLayout answer, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        return linker.downcallHandle(
                library.find(name).orElseThrow(() -> new IllegalStateException("no function " + name)),
                FunctionDescriptor.of(answer, arguments));
    }

    /** Calls of such functions declare every Throwable and throw none of their own. */
    private static IllegalStateException unexpected(Throwable impossible) {
        return new IllegalStateException("a system call", impossible);
    }

    /** Sends the words as one datagram; false when nobody took it. */
    synchronized boolean send(String words) {
        if (descriptor < 0) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(FAMILY_BYTES + PATH_BYTES, Short.BYTES);
            address.set(ValueLayout.JAVA_SHORT, 0, AF_UNIX);
            MemorySegment.copy(path, 0, address, ValueLayout.JAVA_BYTE, FAMILY_BYTES, path.length);
            byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
            MemorySegment message = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            long sent = (long) sendTo.invokeExact(
                    descriptor,
                    message,
                    (long) bytes.length,
                    MSG_DONTWAIT | MSG_NOSIGNAL,
                    address,
                    FAMILY_BYTES + path.length);
            return sent == bytes.length;
        } catch (Throwable impossible) {
            throw unexpected(impossible);
        }
    }

    @Override
    public synchronized void close() {
        if (descriptor >= 0) {
            try {
                int unused = (int) closing.invokeExact(descriptor);
            } catch (Throwable impossible) {
                throw unexpected(impossible);
            }
            descriptor = -1;
        }
    }
}

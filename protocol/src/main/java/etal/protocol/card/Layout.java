package etal.protocol.card;

import etal.protocol.cbor.Malformed;
import java.nio.ByteBuffer;

/**
 * Reads and writes the fixed, big-endian layouts of the card. Not thread-safe; one instance per reading. Public only for
 * the rooms beside this one.
 */
public final class Layout {
    private static final long UNSIGNED_INT_MAX = 0xFFFF_FFFFL;

    private final ByteBuffer buffer;

    private Layout(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** Reads from bytes that must have exactly this length. */
    public static Layout reading(byte[] bytes, int exactLength, String what) throws Malformed {
        if (bytes.length != exactLength) {
            throw new Malformed(what + ": " + bytes.length + " bytes instead of " + exactLength);
        }
        return new Layout(ByteBuffer.wrap(bytes));
    }

    /** Writes exactly that many bytes. */
    public static Layout writing(int exactLength) {
        return new Layout(ByteBuffer.allocate(exactLength));
    }

    /** Unsigned 8 bits. */
    public int uint8() {
        return Byte.toUnsignedInt(buffer.get());
    }

    /** Unsigned 16 bits. */
    public int uint16() {
        return Short.toUnsignedInt(buffer.getShort());
    }

    /** Unsigned 32 bits. */
    public long uint32() {
        return Integer.toUnsignedLong(buffer.getInt());
    }

    /** That many bytes. */
    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    /** Three signed 32-bit numbers. */
    public Deltas deltas() {
        return new Deltas(buffer.getInt(), buffer.getInt(), buffer.getInt());
    }

    /** Three numbers of 31 bits. */
    public Balances balances() throws Malformed {
        Balances balances = new Balances(uint32(), uint32(), uint32());
        if (!balances.fitsCard()) {
            throw new Malformed("a balance is beyond 31 bits");
        }
        return balances;
    }

    /** @throws IllegalArgumentException if the value is not of 8 bits */
    public Layout uint8(long value) {
        buffer.put((byte) checked(value, 0xFF));
        return this;
    }

    /** @throws IllegalArgumentException if the value is not of 16 bits */
    public Layout uint16(long value) {
        buffer.putShort((short) checked(value, 0xFFFF));
        return this;
    }

    /** @throws IllegalArgumentException if the value is not of 32 bits */
    public Layout uint32(long value) {
        buffer.putInt((int) checked(value, UNSIGNED_INT_MAX));
        return this;
    }

    /** All of these bytes. */
    public Layout bytes(byte[] bytes) {
        buffer.put(bytes);
        return this;
    }

    /** @throws IllegalArgumentException if they do not fit a card */
    public Layout deltas(Deltas deltas) {
        if (!deltas.fitsCard()) {
            throw new IllegalArgumentException("a delta does not fit 32 bits");
        }
        buffer.putInt((int) deltas.allocation()).putInt((int) deltas.bonus()).putInt((int) deltas.earnable());
        return this;
    }

    /** @throws IllegalArgumentException if they do not fit a card */
    public Layout balances(Balances balances) {
        if (!balances.fitsCard()) {
            throw new IllegalArgumentException("a balance does not fit 31 bits");
        }
        return uint32(balances.allocation()).uint32(balances.bonus()).uint32(balances.earnable());
    }

    /** What was written; all of the announced length must have been. */
    public byte[] written() {
        if (buffer.hasRemaining()) {
            throw new IllegalStateException(buffer.remaining() + " bytes of the layout were not written");
        }
        return buffer.array();
    }

    /** A private copy of an array that must have exactly this length. */
    public static byte[] copy(byte[] bytes, int exactLength, String what) {
        if (bytes.length != exactLength) {
            throw new IllegalArgumentException(what + ": " + bytes.length + " bytes instead of " + exactLength);
        }
        return bytes.clone();
    }

    private static long checked(long value, long max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(value + " is not 0 to " + max);
        }
        return value;
    }
}

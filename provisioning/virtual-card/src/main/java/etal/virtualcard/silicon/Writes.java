package etal.virtualcard.silicon;

import etal.virtualcard.loader.Tally.Work;
import java.lang.reflect.Field;
import java.util.Arrays;
import javacard.framework.JCSystem;
import javacard.framework.Util;

/**
 * What the woven applet calls where its source writes to memory. Descriptors are the originals', with the receiver or
 * array in front, so that the weaver only has to change the owner.
 */
public final class Writes {
    private Writes() {}

    private static Memory memory() {
        return SimulatedChip.current().memory();
    }

    private static boolean isPersistent(Object array) {
        try {
            return memory().isPersistent(array);
        } catch (IllegalStateException unaccounted) {
            throw SimulatedChip.current().fault(unaccounted);
        }
    }

    public static void allocated() {
        memory().allocatedObject();
    }

    public static void allocated(Object array) {
        memory().allocatedPersistent(array);
    }

    public static void buffer(Object array) {
        memory().knownTransient(array);
    }

    public static void storeByte(Object array, int index, int value) {
        boolean persistent = isPersistent(array);
        if (array instanceof boolean[] flags) {
            boolean old = flags[index];
            store(persistent, () -> flags[index] = old, () -> flags[index] = (value & 1) != 0);
        } else if (persistent) {
            byte[] bytes = (byte[]) array;
            byte old = bytes[index];
            atomic(1, () -> bytes[index] = old, () -> bytes[index] = (byte) value);
        } else {
            ((byte[]) array)[index] = (byte) value;
        }
    }

    public static void storeShort(short[] array, int index, int value) {
        short old = array[index];
        store(isPersistent(array), () -> array[index] = old, () -> array[index] = (short) value);
    }

    public static void storeReference(Object[] array, int index, Object value) {
        Object old = array[index];
        store(isPersistent(array), () -> array[index] = old, () -> array[index] = value);
    }

    private static void store(boolean persistent, Runnable restore, Runnable write) {
        if (persistent) {
            atomic(2, restore, write);
        } else {
            write.run();
        }
    }

    private static void atomic(int bytes, Runnable restore, Runnable write) {
        Counted.add(memory().inTransaction() ? Work.TRANSACTION_WRITE : Work.WRITE, bytes);
        try {
            memory().atomicWrite(bytes, restore, write);
        } catch (IllegalStateException unsound) {
            throw SimulatedChip.current().fault(unsound);
        }
    }

    /** Called before a field of the applet is written: fields are persistent. */
    public static void beforeField(Object owner, String name) {
        try {
            Field field = owner.getClass().getDeclaredField(name);
            field.setAccessible(true);
            Object old = field.get(owner);
            atomic(2, () -> set(field, owner, old), () -> {});
        } catch (ReflectiveOperationException missing) {
            throw SimulatedChip.current().fault(new IllegalStateException(missing));
        }
    }

    private static void set(Field field, Object owner, Object value) {
        try {
            field.set(owner, value);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** {@link Util#arrayCopy}: whole or not at all, and part of the transaction. */
    public static short arrayCopy(byte[] from, short fromAt, byte[] to, short toAt, short length) {
        Counted.add(Work.UTIL, length);
        if (!isPersistent(to)) {
            return Util.arrayCopy(from, fromAt, to, toAt, length);
        }
        byte[] old = Arrays.copyOfRange(to, toAt, toAt + length);
        atomic(
                length,
                () -> System.arraycopy(old, 0, to, toAt, length),
                () -> Util.arrayCopy(from, fromAt, to, toAt, length));
        return (short) (toAt + length);
    }

    /** {@link Util#arrayCopyNonAtomic}: it bypasses the transaction and may stop halfway. */
    public static short arrayCopyNonAtomic(byte[] from, short fromAt, byte[] to, short toAt, short length) {
        Counted.add(Work.UTIL, length);
        if (!isPersistent(to)) {
            return Util.arrayCopyNonAtomic(from, fromAt, to, toAt, length);
        }
        byte[] copy = Arrays.copyOfRange(from, fromAt, fromAt + length);
        Counted.add(Work.WRITE, length);
        int half = length / 2;
        memory().plainWrite(
                        () -> System.arraycopy(copy, 0, to, toAt, half),
                        () -> System.arraycopy(copy, half, to, toAt + half, length - half));
        return (short) (toAt + length);
    }

    /** {@link Util#arrayFillNonAtomic}: likewise. */
    public static short arrayFillNonAtomic(byte[] to, short at, short length, byte value) {
        Counted.add(Work.UTIL, length);
        if (!isPersistent(to)) {
            return Util.arrayFillNonAtomic(to, at, length, value);
        }
        Counted.add(Work.WRITE, length);
        int half = at + length / 2;
        memory().plainWrite(() -> Arrays.fill(to, at, half, value), () -> Arrays.fill(to, half, at + length, value));
        return (short) (at + length);
    }

    /** {@link Util#setShort}: both bytes or none. */
    public static short setShort(byte[] to, short at, short value) {
        Counted.add(Work.UTIL, 2);
        short old = Util.getShort(to, at);
        store(isPersistent(to), () -> Util.setShort(to, at, old), () -> Util.setShort(to, at, value));
        return (short) (at + 2);
    }

    public static byte[] makeTransientByteArray(short length, byte event) {
        byte[] array = JCSystem.makeTransientByteArray(length, event);
        memory().allocatedObject();
        memory().knownTransient(array);
        return array;
    }

    public static void beginTransaction() {
        JCSystem.beginTransaction();
        memory().begin();
    }

    public static void commitTransaction() {
        Counted.add(Work.COMMIT, 0);
        memory().commit();
        JCSystem.commitTransaction();
    }

    public static void abortTransaction() {
        memory().rollBack();
        JCSystem.abortTransaction();
    }
}

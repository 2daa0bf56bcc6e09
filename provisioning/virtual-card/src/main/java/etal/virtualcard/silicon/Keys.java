package etal.virtualcard.silicon;

import etal.virtualcard.loader.Tally.Work;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javacard.security.AESKey;
import javacard.security.CryptoException;
import javacard.security.ECKey;
import javacard.security.ECPrivateKey;
import javacard.security.ECPublicKey;
import javacard.security.Key;
import javacard.security.KeyAgreement;
import javacard.security.KeyBuilder;
import javacard.security.KeyPair;
import javacard.security.MessageDigest;
import javacard.security.RandomData;
import javacard.security.Signature;
import javacardx.crypto.Cipher;

/**
 * What the woven applet calls where its source changes a key or lets the chip's cryptography write into an array. Keys
 * are persistent unless their type says otherwise; results may go to RAM and buffers only, because how a chip tears such
 * a write into persistent memory is not known.
 */
public final class Keys {
    /** Longest part of a key of P-256: an uncompressed point. */
    private static final int KEY_PART_MAX = 65;

    private Keys() {}

    /** A part of a key, as bytes: a point, a scalar, a parameter. */
    private interface Setter {
        void set(byte[] from, short at, short length);
    }

    private interface Getter {
        short get(byte[] to, short at);
    }

    private static boolean isTransient(Key key) {
        byte type = key.getType();
        return type == KeyBuilder.TYPE_AES_TRANSIENT_DESELECT || type == KeyBuilder.TYPE_AES_TRANSIENT_RESET;
    }

    /** Writes a part of a persistent key. Torn, the key is cleared, or the part is half the new one and half the old. */
    private static void write(Key key, Getter getter, Setter setter, byte[] from, short at, short length) {
        persistent(
                () -> setter.set(from, at, length),
                List.of(key::clearKey, () -> writeHalf(getter, setter, from, at, length)));
    }

    private static void writeHalf(Getter getter, Setter setter, byte[] from, short at, short length) {
        byte[] mixed = before(getter).map(old -> Arrays.copyOf(old, length)).orElseGet(() -> new byte[length]);
        System.arraycopy(from, at, mixed, 0, length / 2);
        setter.set(mixed, (short) 0, length);
    }

    /** What stands there; empty when nothing does. */
    private static Optional<byte[]> before(Getter getter) {
        byte[] all = new byte[KEY_PART_MAX];
        try {
            return Optional.of(Arrays.copyOf(all, getter.get(all, (short) 0)));
        } catch (CryptoException nothing) {
            return Optional.empty();
        }
    }

    private static void persistent(Runnable write, List<Runnable> tornStates) {
        Counted.add(Work.KEY_WRITE, 0);
        try {
            SimulatedChip.current().memory().keyWrite(write, tornStates);
        } catch (IllegalStateException unsound) {
            throw SimulatedChip.current().fault(unsound);
        }
    }

    private static void toBuffer(byte[] output) {
        SimulatedChip chip = SimulatedChip.current();
        boolean persistent;
        try {
            persistent = chip.memory().isPersistent(output);
        } catch (IllegalStateException unaccounted) {
            throw chip.fault(unaccounted);
        }
        if (persistent) {
            throw chip.fault(new IllegalStateException("cryptography writes straight into persistent memory"));
        }
    }

    public static void setKey(AESKey key, byte[] from, short at) {
        short length = (short) (key.getSize() / Byte.SIZE);
        Counted.add(Work.AES_KEY, length);
        if (isTransient(key)) {
            key.setKey(from, at);
        } else {
            write(key, key::getKey, (half, i, all) -> key.setKey(half, i), from, at, length);
        }
    }

    public static void setW(ECPublicKey key, byte[] from, short at, short length) {
        write(key, key::getW, key::setW, from, at, length);
    }

    public static void setS(ECPrivateKey key, byte[] from, short at, short length) {
        write(key, key::getS, key::setS, from, at, length);
    }

    public static void setFieldFP(ECKey key, byte[] from, short at, short length) {
        write((Key) key, key::getField, key::setFieldFP, from, at, length);
    }

    public static void setA(ECKey key, byte[] from, short at, short length) {
        write((Key) key, key::getA, key::setA, from, at, length);
    }

    public static void setB(ECKey key, byte[] from, short at, short length) {
        write((Key) key, key::getB, key::setB, from, at, length);
    }

    public static void setG(ECKey key, byte[] from, short at, short length) {
        write((Key) key, key::getG, key::setG, from, at, length);
    }

    public static void setR(ECKey key, byte[] from, short at, short length) {
        write((Key) key, key::getR, key::setR, from, at, length);
    }

    public static void setK(ECKey key, short cofactor) {
        persistent(() -> key.setK(cofactor), List.of(((Key) key)::clearKey));
    }

    public static void clearKey(Key key) {
        if (isTransient(key)) {
            key.clearKey();
        } else {
            persistent(key::clearKey, List.of());
        }
    }

    /** Torn, both halves are cleared, or one of them is new already and the other is what it was. */
    public static void genKeyPair(KeyPair pair) {
        ECPublicKey open = (ECPublicKey) pair.getPublic();
        ECPrivateKey secret = (ECPrivateKey) pair.getPrivate();
        persistent(
                pair::genKeyPair,
                List.of(
                        () -> {
                            open.clearKey();
                            secret.clearKey();
                        },
                        () -> keeping(open, open::getW, open::setW, pair),
                        () -> keeping(secret, secret::getS, secret::setS, pair)));
    }

    private static void keeping(Key key, Getter getter, Setter setter, KeyPair pair) {
        Optional<byte[]> old = before(getter);
        pair.genKeyPair();
        old.ifPresentOrElse(bytes -> setter.set(bytes, (short) 0, (short) bytes.length), key::clearKey);
    }

    public static short getW(ECPublicKey key, byte[] to, short at) {
        toBuffer(to);
        return key.getW(to, at);
    }

    public static short doFinal(MessageDigest digest, byte[] from, short at, short length, byte[] to, short toAt) {
        toBuffer(to);
        Counted.add(Work.DIGEST, length);
        return digest.doFinal(from, at, length, to, toAt);
    }

    public static short doFinal(Cipher cipher, byte[] from, short at, short length, byte[] to, short toAt) {
        toBuffer(to);
        Counted.add(Work.AES, length);
        return cipher.doFinal(from, at, length, to, toAt);
    }

    public static short sign(Signature engine, byte[] from, short at, short length, byte[] to, short toAt) {
        toBuffer(to);
        Counted.add(Counted.isMac(engine) ? Work.MAC : Work.SIGN, length);
        return engine.sign(from, at, length, to, toAt);
    }

    public static short generateSecret(
            KeyAgreement agreement, byte[] from, short at, short length, byte[] to, short toAt) {
        toBuffer(to);
        Counted.add(Work.AGREE, length);
        return agreement.generateSecret(from, at, length, to, toAt);
    }

    public static void generateData(RandomData random, byte[] to, short at, short length) {
        toBuffer(to);
        Counted.add(Work.RANDOM, length);
        random.generateData(to, at, length);
    }
}

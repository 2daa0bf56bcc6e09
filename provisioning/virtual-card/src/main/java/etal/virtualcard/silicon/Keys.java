package etal.virtualcard.silicon;

import etal.virtualcard.loader.Tally.Work;
import javacard.security.AESKey;
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
    private Keys() {}

    private static void write(Key key, Runnable write) {
        byte type = key.getType();
        if (type == KeyBuilder.TYPE_AES_TRANSIENT_DESELECT || type == KeyBuilder.TYPE_AES_TRANSIENT_RESET) {
            write.run();
        } else {
            persistent(key::clearKey, write);
        }
    }

    private static void persistent(Runnable clear, Runnable write) {
        Counted.add(Work.KEY_WRITE, 0);
        try {
            SimulatedChip.current().memory().keyWrite(clear, write);
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
        Counted.add(Work.AES_KEY, key.getSize() / Byte.SIZE);
        write(key, () -> key.setKey(from, at));
    }

    public static void setW(ECPublicKey key, byte[] from, short at, short length) {
        write(key, () -> key.setW(from, at, length));
    }

    public static void setS(ECPrivateKey key, byte[] from, short at, short length) {
        write(key, () -> key.setS(from, at, length));
    }

    public static void setFieldFP(ECKey key, byte[] from, short at, short length) {
        write((Key) key, () -> key.setFieldFP(from, at, length));
    }

    public static void setA(ECKey key, byte[] from, short at, short length) {
        write((Key) key, () -> key.setA(from, at, length));
    }

    public static void setB(ECKey key, byte[] from, short at, short length) {
        write((Key) key, () -> key.setB(from, at, length));
    }

    public static void setG(ECKey key, byte[] from, short at, short length) {
        write((Key) key, () -> key.setG(from, at, length));
    }

    public static void setR(ECKey key, byte[] from, short at, short length) {
        write((Key) key, () -> key.setR(from, at, length));
    }

    public static void setK(ECKey key, short cofactor) {
        write((Key) key, () -> key.setK(cofactor));
    }

    public static void clearKey(Key key) {
        write(key, key::clearKey);
    }

    public static void genKeyPair(KeyPair pair) {
        persistent(
                () -> {
                    pair.getPublic().clearKey();
                    pair.getPrivate().clearKey();
                },
                pair::genKeyPair);
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

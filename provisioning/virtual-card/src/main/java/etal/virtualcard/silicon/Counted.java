package etal.virtualcard.silicon;

import etal.virtualcard.loader.Tally.Work;
import javacard.framework.Util;
import javacard.security.Key;
import javacard.security.KeyAgreement;
import javacard.security.MessageDigest;
import javacard.security.PrivateKey;
import javacard.security.Signature;
import javacardx.crypto.Cipher;

/**
 * What the woven applet calls where its source uses the chip without writing to an array of its own, and what counts its
 * instructions. Descriptors are the originals', with the receiver in front.
 */
public final class Counted {
    private Counted() {}

    static void add(Work work, int bytes) {
        SimulatedChip.current().counts().add(work, bytes);
    }

    static boolean isMac(Signature engine) {
        return engine.getAlgorithm() == Signature.ALG_AES_CMAC_128;
    }

    /** So many instructions were executed in a row. */
    public static void executed(int count) {
        SimulatedChip.current().counts().executed(count);
    }

    public static void init(Signature engine, Key key, byte mode) {
        add(isMac(engine) ? Work.MAC_INIT : Work.SIGNATURE_INIT, 0);
        engine.init(key, mode);
    }

    public static boolean verify(
            Signature engine,
            byte[] message,
            short at,
            short length,
            byte[] signature,
            short signatureAt,
            short signatureLength) {
        add(Work.VERIFY, length);
        return engine.verify(message, at, length, signature, signatureAt, signatureLength);
    }

    public static void update(Signature engine, byte[] message, short at, short length) {
        add(Work.DIGEST, length);
        engine.update(message, at, length);
    }

    public static void update(MessageDigest digest, byte[] message, short at, short length) {
        add(Work.DIGEST, length);
        digest.update(message, at, length);
    }

    public static void init(Cipher cipher, Key key, byte mode) {
        add(Work.AES_INIT, 0);
        cipher.init(key, mode);
    }

    public static void init(Cipher cipher, Key key, byte mode, byte[] vector, short at, short length) {
        add(Work.AES_INIT, 0);
        cipher.init(key, mode, vector, at, length);
    }

    public static void init(KeyAgreement agreement, PrivateKey key) {
        add(Work.AGREEMENT_INIT, 0);
        agreement.init(key);
    }

    public static byte arrayCompare(byte[] one, short oneAt, byte[] two, short twoAt, short length) {
        add(Work.UTIL, length);
        return Util.arrayCompare(one, oneAt, two, twoAt, length);
    }

    public static short getShort(byte[] from, short at) {
        add(Work.UTIL, 2);
        return Util.getShort(from, at);
    }
}

package etal.applet;

import javacard.framework.ISOException;
import javacard.framework.Util;
import javacard.security.ECPrivateKey;
import javacard.security.ECPublicKey;
import javacard.security.KeyBuilder;
import javacard.security.KeyPair;

/**
 * What personalisation puts on the card: its key, its certificate, the keys it trusts and its entitlement, and what of
 * it is there. A key is trusted only while its mark is set; the mark is cleared before a key is written and set after,
 * because chips do not promise that a key's bytes take part in a transaction.
 */
final class Identity {
    static final short CERTIFICATE_LENGTH = 114;
    static final short FUND = 1;
    static final short CARD_ID = 6;
    static final short FLAGS = 49;
    static final short PUBLIC_LENGTH = 65;

    /** The entitlement: four amounts and what else stands in it, after {@code protocol/docs/card.md}. */
    static final short ENTITLEMENT_LENGTH = 23;

    static final short AMOUNT = 0;
    static final short EARNABLE = 4;
    static final short KEEP = 8;
    static final short FIRST_PERIOD = 16;
    static final short LAST_PERIOD = 18;
    static final short CATCH_UP = 20;

    /** The most months that a load may catch up: it bounds the loop of LOAD. */
    static final byte CATCH_UP_MAX = 11;

    static final byte TRUSTED_KEYS = 3;

    private static final short OWN_KEY = 14;
    private static final byte HAS_KEY = 0x01;
    private static final byte HAS_CERTIFICATE = 0x02;
    private static final byte HAS_FIRST_TRUSTED = 0x04;
    private static final byte HAS_ALL = 0x1F;
    private static final byte LOCKED = 0x40;

    final byte[] certificate;
    final byte[] entitlement;
    private final ECPublicKey publicKey;
    private final ECPrivateKey privateKey;
    private final KeyPair pair;
    private final ECPublicKey[] trusted;
    private byte marks;

    Identity() {
        certificate = new byte[CERTIFICATE_LENGTH];
        entitlement = new byte[ENTITLEMENT_LENGTH];
        publicKey = newPublicKey();
        privateKey =
                (ECPrivateKey) KeyBuilder.buildKey(KeyBuilder.TYPE_EC_FP_PRIVATE, KeyBuilder.LENGTH_EC_FP_256, false);
        pair = new KeyPair(publicKey, privateKey);
        trusted = new ECPublicKey[TRUSTED_KEYS];
        for (short i = 0; i < TRUSTED_KEYS; i++) {
            trusted[i] = newPublicKey();
        }
    }

    private static ECPublicKey newPublicKey() {
        return (ECPublicKey) KeyBuilder.buildKey(KeyBuilder.TYPE_EC_FP_PUBLIC, KeyBuilder.LENGTH_EC_FP_256, false);
    }

    boolean locked() {
        return (marks & LOCKED) != 0;
    }

    boolean complete() {
        return (marks & HAS_ALL) == HAS_ALL;
    }

    /** The last step. The caller holds the transaction. */
    void lock() {
        marks = (byte) (marks | LOCKED);
    }

    ECPrivateKey privateKey() {
        return privateKey;
    }

    /** The terminal CA (0) or an issuing slot (1, 2). */
    ECPublicKey trusted(short index) {
        return trusted[index];
    }

    /** Makes a new key and writes its public half, 65 bytes. A certificate that was there is void. */
    short generateKey(byte[] to, short at) {
        clear((byte) (HAS_KEY | HAS_CERTIFICATE));
        P256.setParameters(publicKey);
        P256.setParameters(privateKey);
        pair.genKeyPair();
        mark(HAS_KEY);
        return publicKey.getW(to, at);
    }

    /** Takes the certificate when it is for the card's own key. */
    void putCertificate(byte[] from, short at, byte[] work, short workAt) {
        boolean fits = false;
        if ((marks & HAS_KEY) != 0) {
            publicKey.getW(work, workAt);
            // Compressed form (X9.62): 02 or 03 by the parity of y, then x.
            byte prefix = (byte) (2 | (work[(short) (workAt + PUBLIC_LENGTH - 1)] & 1));
            fits = from[at] == 1
                    && from[(short) (at + OWN_KEY)] == prefix
                    && Util.arrayCompare(from, (short) (at + OWN_KEY + 1), work, (short) (workAt + 1), (short) 32) == 0;
        }
        if (!fits) {
            ISOException.throwIt(Sw.MALFORMED);
        }
        clear(HAS_CERTIFICATE);
        Util.arrayCopy(from, at, certificate, (short) 0, CERTIFICATE_LENGTH);
        mark(HAS_CERTIFICATE);
    }

    void putTrusted(byte index, byte[] from, short at) {
        if (index < 0 || index >= TRUSTED_KEYS) {
            ISOException.throwIt(Sw.WRONG_P1_P2);
        }
        if (from[at] != 4) {
            ISOException.throwIt(Sw.MALFORMED);
        }
        byte mark = (byte) (HAS_FIRST_TRUSTED << index);
        clear(mark);
        P256.setParameters(trusted[index]);
        trusted[index].setW(from, at, PUBLIC_LENGTH);
        mark(mark);
    }

    void putEntitlement(byte[] from, short at) {
        byte catchUp = from[(short) (at + CATCH_UP)];
        if (Amount.isNegative(from, (short) (at + AMOUNT))
                || Amount.isNegative(from, (short) (at + EARNABLE))
                || Amount.isNegative(from, (short) (at + KEEP))
                || catchUp < 0
                || catchUp > CATCH_UP_MAX) {
            ISOException.throwIt(Sw.MALFORMED);
        }
        Util.arrayCopy(from, at, entitlement, (short) 0, ENTITLEMENT_LENGTH);
    }

    private void clear(byte mark) {
        marks = (byte) (marks & ~mark);
    }

    private void mark(byte mark) {
        marks = (byte) (marks | mark);
    }
}

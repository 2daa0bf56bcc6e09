package etal.applet;

import javacard.framework.ISOException;
import javacard.framework.Util;
import javacard.security.ECPrivateKey;
import javacard.security.ECPublicKey;
import javacard.security.KeyBuilder;
import javacard.security.KeyPair;

/**
 * What personalisation puts on the card: its key, its certificate, the keys it trusts and its entitlement, and what of
 * it is there. A key counts only while its mark is set; the mark is cleared before a key is written and set after,
 * because chips do not promise that a key's bytes take part in a transaction.
 */
final class Identity {
    static final short CERTIFICATE_LENGTH = 114;
    static final short FUND = 1;
    static final short CARD_ID = 6;
    static final short CARD_ID_LENGTH = 8;
    static final short FLAGS = 49;

    /** The entitlement: four amounts and what else stands in it, after {@code protocol/docs/card.md}. */
    static final short ENTITLEMENT_LENGTH = 23;

    static final short AMOUNT = 0;
    static final short EARNABLE = 4;
    static final short KEEP = 8;
    static final short FIRST_PERIOD = 16;
    static final short LAST_PERIOD = 18;
    static final short CATCH_UP = 20;
    static final short ENTITLEMENT_VERSION = 21;

    /** The voucher window: which of the 64 numbers up to the highest taken are taken, and the highest. */
    static final short WINDOW_LENGTH = 12;

    static final short HIGHEST = 8;

    /** The most months that a load may catch up: it bounds the loop of LOAD. */
    static final byte CATCH_UP_MAX = 11;

    private static final short OWN_KEY = 14;
    private static final byte HAS_KEY = 0x01;
    private static final byte HAS_CERTIFICATE = 0x02;
    private static final byte HAS_FIRST_TRUSTED = 0x04;
    private static final byte HAS_ALL = 0x3F;
    private static final byte LOCKED = 0x40;

    final byte[] certificate;
    final byte[] entitlement;
    final byte[] window;
    final TrustedKeys trusted;
    private final ECPublicKey publicKey;
    private final ECPrivateKey privateKey;
    private final KeyPair pair;
    private byte marks;

    Identity(TrustedKeys trusted) {
        this.trusted = trusted;
        certificate = new byte[CERTIFICATE_LENGTH];
        entitlement = new byte[ENTITLEMENT_LENGTH];
        window = new byte[WINDOW_LENGTH];
        publicKey = TrustedKeys.newPublicKey();
        privateKey =
                (ECPrivateKey) KeyBuilder.buildKey(KeyBuilder.TYPE_EC_FP_PRIVATE, KeyBuilder.LENGTH_EC_FP_256, false);
        pair = new KeyPair(publicKey, privateKey);
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

    /** Makes a new key and writes its public half, 65 bytes. A certificate that was there is void. */
    short generateKey(byte[] to, short at, Ecdsa ecdsa, Terminals terminals) {
        clear((byte) (HAS_KEY | HAS_CERTIFICATE));
        P256.setParameters(publicKey);
        P256.setParameters(privateKey);
        pair.genKeyPair();
        ecdsa.useOwnKey();
        terminals.useOwnKey(privateKey);
        mark(HAS_KEY);
        return publicKey.getW(to, at);
    }

    /** Takes the certificate when it is for the card's own key. */
    void putCertificate(byte[] from, short at, byte[] work, short workAt) {
        boolean fits = false;
        if ((marks & HAS_KEY) != 0) {
            publicKey.getW(work, workAt);
            // Compressed form (X9.62): 02 or 03 by the parity of y, then x.
            byte prefix = (byte) (2 | (work[(short) (workAt + TrustedKeys.PUBLIC_LENGTH - 1)] & 1));
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

    void putTrusted(byte slot, byte[] from, short at, Ecdsa ecdsa) {
        if (slot < 0 || slot >= TrustedKeys.SLOTS) {
            ISOException.throwIt(Sw.WRONG_P1_P2);
        }
        if (from[at] != TrustedKeys.UNCOMPRESSED) {
            ISOException.throwIt(Sw.MALFORMED);
        }
        byte mark = (byte) (HAS_FIRST_TRUSTED << slot);
        clear(mark);
        trusted.put(slot, from, at, ecdsa);
        mark(mark);
    }

    void putEntitlement(byte[] from, short at) {
        checkEntitlement(from, at);
        Util.arrayCopy(from, at, entitlement, (short) 0, ENTITLEMENT_LENGTH);
    }

    /** Refuses amounts above 31 bits, and more months to catch up than there may be. */
    static void checkEntitlement(byte[] from, short at) {
        byte catchUp = from[(short) (at + CATCH_UP)];
        if (Amount.isNegative(from, (short) (at + AMOUNT))
                || Amount.isNegative(from, (short) (at + EARNABLE))
                || Amount.isNegative(from, (short) (at + KEEP))
                || catchUp < 0
                || catchUp > CATCH_UP_MAX) {
            ISOException.throwIt(Sw.MALFORMED);
        }
    }

    private void clear(byte mark) {
        marks = (byte) (marks & ~mark);
    }

    private void mark(byte mark) {
        marks = (byte) (marks | mark);
    }
}

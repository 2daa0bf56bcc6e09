package etal.applet;

import javacard.framework.JCSystem;

/**
 * The layout of the one transient array that every class works in. It is cleared when the card loses power and when
 * another applet is selected, so that no challenge, key or half-made record outlives its session.
 */
final class Ram {
    /** The challenge of the latest SELECT. */
    static final short CHALLENGE = 0;

    static final short CHALLENGE_LENGTH = 8;

    /** 1 once a challenge has been drawn: a challenge of zeros is never taken for one. */
    static final short CHALLENGE_READY = 8;

    /** 1 once STATE was answered under this challenge: its key stream is spent. */
    static final short STATE_GIVEN = 9;

    /** 1 while the AES key in use and its subkeys are those of the terminal named at {@link #ENTRY}. */
    static final short KEY_READY = 10;

    /** Which place of the ring the newest record has, 0 to 15; looked up at each SELECT. */
    static final short NEWEST = 11;

    /** A record in the making, 80 bytes, and directly behind it its signature, 64 bytes. */
    static final short RECORD = 16;

    static final short SIGNATURE = 96;

    /** A DER signature, at most 72 bytes. */
    static final short DER = 160;

    /** What the record's transaction changes besides the ring: a voucher window of 12 or an entitlement of 23 bytes. */
    static final short PENDING = 232;

    /** A message under a MAC, at most 159 bytes and padded to whole blocks; a key stream; what a key is made of or like. */
    static final short MESSAGE = 256;

    /** The subkeys of the key in use: for a whole last block and for a padded one, K1 and K2 of RFC 4493. */
    static final short WHOLE = 416;

    static final short PADDED = 432;

    /** A digest, 32 bytes; its first 16 may be a key. */
    static final short DIGEST = 448;

    /** The pairwise key under way: terminal 4, low half of epoch 2, key 16. */
    static final short ENTRY = 480;

    /** Two sums in the making. */
    static final short SUM = 504;

    static final short OTHER_SUM = 508;

    private static final short LENGTH = 512;

    private Ram() {}

    static byte[] allocate() {
        return JCSystem.makeTransientByteArray(LENGTH, JCSystem.CLEAR_ON_DESELECT);
    }
}

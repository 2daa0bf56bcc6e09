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

    /** A record in the making, 80 bytes, and directly behind it its signature, 64 bytes. */
    static final short RECORD = 16;

    static final short SIGNATURE = 96;

    /** A DER signature, at most 72 bytes. */
    static final short DER = 160;

    /** The message under a MAC, at most 102 bytes and padded to a whole block; also what a key is derived from. */
    static final short MESSAGE = 240;

    /** The running block of a MAC, and at the end the MAC. */
    static final short MAC = 352;

    static final short SUBKEY = 368;

    /** A counter block and the key stream made of it. */
    static final short STREAM = 384;

    /** A digest, 32 bytes; its first 16 may be a key. */
    static final short DIGEST = 400;

    /** The pairwise key under way: terminal 4, low half of epoch 2, key 16. */
    static final short ENTRY = 432;

    private static final short LENGTH = 454;

    private Ram() {}

    static byte[] allocate() {
        return JCSystem.makeTransientByteArray(LENGTH, JCSystem.CLEAR_ON_DESELECT);
    }
}

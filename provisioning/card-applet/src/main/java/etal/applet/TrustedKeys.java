package etal.applet;

import javacard.framework.ISOException;
import javacard.framework.JCSystem;
import javacard.framework.Util;
import javacard.security.ECPublicKey;
import javacard.security.KeyBuilder;

/**
 * The fund's keys that the card trusts, and their generation. Chips do not promise that a key's bytes take part in a
 * transaction. So a new key is written to a place that no slot uses, and only then slot and spare place are exchanged, in
 * one transaction with the generation: power lost at any moment leaves the old key in use or the new one, whole.
 */
final class TrustedKeys {
    static final byte TERMINAL_CA = 0;

    /** The first of two issuing slots. */
    static final byte ISSUING = 1;

    static final byte ROOT = 3;
    static final byte SLOTS = 4;

    /** Where keys stand: one for each slot, and a spare one. */
    static final byte PLACES = SLOTS + 1;

    static final short PUBLIC_LENGTH = 65;

    /** What a point in its uncompressed form begins with. */
    static final byte UNCOMPRESSED = 4;

    private static final short TAG = (short) 0x564B;
    private static final short FUND = 2;
    private static final short SLOT = 6;
    private static final short GENERATION = 7;
    private static final short KEY = 8;
    private static final short SIGNED = 73;

    private final byte[] ram;
    private final ECPublicKey[] keys;

    /** Which of the keys each slot uses; the last is the spare place. */
    private final byte[] places;

    private byte generation;

    TrustedKeys(byte[] ram) {
        this.ram = ram;
        keys = new ECPublicKey[PLACES];
        places = new byte[PLACES];
        for (byte i = 0; i < PLACES; i++) {
            keys[i] = newPublicKey();
            places[i] = i;
        }
    }

    static ECPublicKey newPublicKey() {
        return (ECPublicKey) KeyBuilder.buildKey(KeyBuilder.TYPE_EC_FP_PUBLIC, KeyBuilder.LENGTH_EC_FP_256, false);
    }

    private ECPublicKey at(byte slot) {
        return keys[places[slot]];
    }

    /** True when the 64 bytes behind the message are its signature under the key in that slot. */
    boolean signed(byte slot, byte[] message, short at, short length, Ecdsa ecdsa) {
        return ecdsa.verify(places[slot], at(slot), message, at, length);
    }

    /** The generation of the keys, 1 to 255 as an unsigned byte; 0 on a card that is not locked yet. */
    byte generation() {
        return generation;
    }

    /** LOCK says which generation was put. The caller holds the transaction. */
    void begin(byte first) {
        generation = first;
    }

    /** Writes a key, 65 bytes, into a place. Torn, it may leave anything there. */
    private void write(byte place, byte[] from, short at, Ecdsa ecdsa) {
        ECPublicKey key = keys[place];
        P256.setParameters(key);
        key.setW(from, at, PUBLIC_LENGTH);
        ecdsa.trust(place, key);
    }

    /** Personalisation: writes the key where the slot is. The caller keeps a mark of whether that is whole. */
    void put(byte slot, byte[] from, short at, Ecdsa ecdsa) {
        write(places[slot], from, at, ecdsa);
    }

    /**
     * KEY UPDATE, its MAC already found right.
     *
     * @param at where the key update stands, 137 bytes
     * @param fund where the fund's number stands, 4 bytes
     */
    void update(byte[] data, short at, byte[] fund, short fundAt, Ecdsa ecdsa) {
        byte slot = data[(short) (at + SLOT)];
        if (Util.getShort(data, at) != TAG || slot < 0 || slot >= ROOT || data[(short) (at + KEY)] != UNCOMPRESSED) {
            ISOException.throwIt(Sw.MALFORMED);
        }
        short given = (short) (data[(short) (at + GENERATION)] & 0xFF);
        short own = (short) (generation & 0xFF);
        if (given == own && holds(slot, data, (short) (at + KEY))) {
            return;
        }
        if (given != (short) (own + 1)) {
            ISOException.throwIt(Sw.OUT_OF_TURN);
        }
        boolean ourFund = Util.arrayCompare(data, (short) (at + FUND), fund, fundAt, Amount.LENGTH) == 0;
        if (!ourFund || !signed(ROOT, data, at, SIGNED, ecdsa)) {
            ISOException.throwIt(Sw.ORDER_REFUSED);
        }
        byte spare = places[SLOTS];
        write(spare, data, (short) (at + KEY), ecdsa);
        JCSystem.beginTransaction();
        places[SLOTS] = places[slot];
        places[slot] = spare;
        generation = (byte) given;
        JCSystem.commitTransaction();
    }

    private boolean holds(byte slot, byte[] key, short at) {
        at(slot).getW(ram, Ram.MESSAGE);
        return Util.arrayCompare(ram, Ram.MESSAGE, key, at, PUBLIC_LENGTH) == 0;
    }
}

package etal.applet;

import javacard.framework.JCSystem;
import javacard.framework.Util;
import javacard.security.CryptoException;
import javacard.security.KeyAgreement;
import javacard.security.MessageDigest;
import javacard.security.PrivateKey;

/**
 * The pairwise keys of the last 32 terminals: terminal 4, low half of the epoch 2, key 16. The oldest introduced goes
 * first. A terminal that is introduced again keeps its place.
 */
final class Terminals {
    private static final short ENTRY = 22;
    private static final short ENTRIES = 32;
    private static final short NAME = 6;
    private static final short KEY_LENGTH = 16;
    private static final byte[] PAIR = {'E', 'T', 'A', 'L', 'P', 'A', 'I', 'R'};

    private final byte[] ram;
    private final byte[] entries;
    private final KeyAgreement agreement;

    /** Introductions so far, kept within 0 to 63: the low five bits are the next place, from 32 on all are taken. */
    private byte introduced;

    Terminals(byte[] ram) {
        this.ram = ram;
        entries = new byte[(short) (ENTRY * ENTRIES)];
        agreement = KeyAgreement.getInstance(KeyAgreement.ALG_EC_SVDP_DH, false);
    }

    /** Takes the card's own key, which has just been made, for all that is agreed on from now on. */
    void useOwnKey(PrivateKey own) {
        agreement.init(own);
    }

    /**
     * Looks for a terminal by its 4 bytes and its epoch's 4 and gives its key to the cipher, unless it has it already.
     *
     * @return false when the card does not know it
     */
    boolean use(byte[] name, short at, Cmac cmac) {
        if (Util.getShort(name, (short) (at + 4)) != 0) {
            return false;
        }
        short low = (short) (at + 6);
        if (ram[Ram.KEY_READY] == 1
                && Util.arrayCompare(name, at, ram, Ram.ENTRY, Amount.LENGTH) == 0
                && Util.arrayCompare(name, low, ram, (short) (Ram.ENTRY + 4), (short) 2) == 0) {
            return true;
        }
        ram[Ram.KEY_READY] = 0;
        Util.arrayCopyNonAtomic(name, at, ram, Ram.ENTRY, Amount.LENGTH);
        Util.arrayCopyNonAtomic(name, low, ram, (short) (Ram.ENTRY + 4), (short) 2);
        short entry = find();
        if (entry < 0) {
            return false;
        }
        cmac.use(entries, (short) (entry + NAME));
        ram[Ram.KEY_READY] = 1;
        return true;
    }

    private short find() {
        short taken = introduced < ENTRIES ? introduced : ENTRIES;
        for (short i = 0; i < taken; i++) {
            short entry = (short) (i * ENTRY);
            if (Util.arrayCompare(entries, entry, ram, Ram.ENTRY, NAME) == 0) {
                return entry;
            }
        }
        return (short) -1;
    }

    /**
     * Derives the pairwise key in RAM and gives it to the cipher; {@link #keep} writes it down.
     *
     * @param nameAt terminal 4 and epoch 4, the epoch's high half zero
     * @param publicAt the terminal's public key, 65 bytes
     */
    void derive(
            PrivateKey own,
            byte[] cardId,
            short cardIdAt,
            byte[] from,
            short nameAt,
            short publicAt,
            MessageDigest sha,
            Cmac cmac) {
        ram[Ram.KEY_READY] = 0;
        short at = Util.arrayCopyNonAtomic(PAIR, (short) 0, ram, Ram.MESSAGE, (short) PAIR.length);
        at += secret(own, from, publicAt, at);
        at = Util.arrayCopyNonAtomic(cardId, cardIdAt, ram, at, Identity.CARD_ID_LENGTH);
        at = Util.arrayCopyNonAtomic(from, nameAt, ram, at, (short) 8);
        sha.reset();
        sha.doFinal(ram, Ram.MESSAGE, (short) (at - Ram.MESSAGE), ram, Ram.DIGEST);
        Util.arrayCopyNonAtomic(from, nameAt, ram, Ram.ENTRY, Amount.LENGTH);
        Util.arrayCopyNonAtomic(from, (short) (nameAt + 6), ram, (short) (Ram.ENTRY + 4), (short) 2);
        Util.arrayCopyNonAtomic(ram, Ram.DIGEST, ram, (short) (Ram.ENTRY + NAME), KEY_LENGTH);
        cmac.use(ram, (short) (Ram.ENTRY + NAME));
    }

    private short secret(PrivateKey own, byte[] from, short publicAt, short to) {
        try {
            return agreement.generateSecret(from, publicAt, TrustedKeys.PUBLIC_LENGTH, ram, to);
        } catch (CryptoException forgotten) {
            // As with the signer: a chip that does not keep its key over a loss of power is told again.
            useOwnKey(own);
            return agreement.generateSecret(from, publicAt, TrustedKeys.PUBLIC_LENGTH, ram, to);
        }
    }

    /** Keeps the key derived last. Nothing is written when the card holds the very same one already. */
    void keep() {
        ram[Ram.KEY_READY] = 1;
        short known = find();
        short place = (short) ((introduced & 0x1F) * ENTRY);
        if (known >= 0) {
            if (Util.arrayCompare(entries, known, ram, Ram.ENTRY, ENTRY) != 0) {
                Util.arrayCopy(ram, Ram.ENTRY, entries, known, ENTRY);
            }
        } else if (introduced < ENTRIES) {
            // What stands in a place beyond the count is nothing yet: two writes, each whole, and no transaction's
            // price.
            Util.arrayCopy(ram, Ram.ENTRY, entries, place, ENTRY);
            introduced++;
        } else {
            JCSystem.beginTransaction();
            Util.arrayCopy(ram, Ram.ENTRY, entries, place, ENTRY);
            introduced = introduced == 63 ? 32 : (byte) (introduced + 1);
            JCSystem.commitTransaction();
        }
    }
}

package etal.applet;

import javacard.framework.JCSystem;
import javacard.framework.Util;
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
        agreement.init(own);
        at += agreement.generateSecret(from, publicAt, TrustedKeys.PUBLIC_LENGTH, ram, at);
        at = Util.arrayCopyNonAtomic(cardId, cardIdAt, ram, at, Identity.CARD_ID_LENGTH);
        at = Util.arrayCopyNonAtomic(from, nameAt, ram, at, (short) 8);
        sha.reset();
        sha.doFinal(ram, Ram.MESSAGE, (short) (at - Ram.MESSAGE), ram, Ram.DIGEST);
        Util.arrayCopyNonAtomic(from, nameAt, ram, Ram.ENTRY, Amount.LENGTH);
        Util.arrayCopyNonAtomic(from, (short) (nameAt + 6), ram, (short) (Ram.ENTRY + 4), (short) 2);
        Util.arrayCopyNonAtomic(ram, Ram.DIGEST, ram, (short) (Ram.ENTRY + NAME), KEY_LENGTH);
        cmac.use(ram, (short) (Ram.ENTRY + NAME));
    }

    /** Keeps the key derived last. Nothing is written when the card holds the very same one already. */
    void keep() {
        ram[Ram.KEY_READY] = 1;
        short known = find();
        if (known >= 0 && Util.arrayCompare(entries, known, ram, Ram.ENTRY, ENTRY) == 0) {
            return;
        }
        JCSystem.beginTransaction();
        if (known >= 0) {
            Util.arrayCopy(ram, Ram.ENTRY, entries, known, ENTRY);
        } else {
            Util.arrayCopy(ram, Ram.ENTRY, entries, (short) ((introduced & 0x1F) * ENTRY), ENTRY);
            introduced = introduced == 63 ? 32 : (byte) (introduced + 1);
        }
        JCSystem.commitTransaction();
    }
}

package etal.applet;

import javacard.framework.Util;
import javacard.security.AESKey;
import javacard.security.CryptoException;
import javacard.security.KeyBuilder;
import javacard.security.Signature;
import javacardx.crypto.Cipher;

/**
 * AES-CMAC (RFC 4493) and counter mode. A chip that has them does them itself, for a byte costs it nothing and the applet
 * twenty instructions; published profiles name both for a J3R180, and CMAC alone for a SECORA ID X. Where one is missing
 * it is made of what every chip has, AES in CBC and ECB. A call into the chip costs about as much for nine blocks as for
 * one, so all blocks go in one.
 */
final class Cmac {
    private static final short BLOCK = 16;
    private static final short MAC_LENGTH = 8;

    /** What RFC 4493 calls Rb: the carry of doubling in GF(2^128). */
    private static final byte RB = (byte) 0x87;

    private final byte[] ram;
    private final AESKey key;

    /** The chip's own CMAC, and what stands in for it; one of them is null. */
    private final Signature macs;

    private final Cipher chained;

    /** The chip's own counter mode, and what stands in for it; one of them is null. */
    private final Cipher counters;

    private final Cipher single;

    Cmac(byte[] ram) {
        this(ram, chipsMacs(), chipsCounters());
    }

    /** With null for what the chip is not to do itself. */
    Cmac(byte[] ram, Signature macs, Cipher counters) {
        this.ram = ram;
        this.macs = macs;
        this.counters = counters;
        key = (AESKey) KeyBuilder.buildKey(KeyBuilder.TYPE_AES_TRANSIENT_DESELECT, KeyBuilder.LENGTH_AES_128, false);
        chained = macs == null ? Cipher.getInstance(Cipher.ALG_AES_BLOCK_128_CBC_NOPAD, false) : null;
        single = counters == null ? Cipher.getInstance(Cipher.ALG_AES_BLOCK_128_ECB_NOPAD, false) : null;
    }

    static Signature chipsMacs() {
        try {
            return Signature.getInstance(Signature.ALG_AES_CMAC_128, false);
        } catch (CryptoException missing) {
            return null;
        }
    }

    static Cipher chipsCounters() {
        try {
            return Cipher.getInstance(Cipher.ALG_AES_CTR, false);
        } catch (CryptoException missing) {
            return null;
        }
    }

    /** Takes the 16-byte key for what follows and makes its subkeys where the chip does not. */
    void use(byte[] from, short at) {
        key.setKey(from, at);
        if (macs != null) {
            macs.init(key, Signature.MODE_SIGN);
            return;
        }
        // The initial vector is zero when none is given, and every doFinal begins with it anew.
        chained.init(key, Cipher.MODE_ENCRYPT);
        Util.arrayFillNonAtomic(ram, Ram.WHOLE, BLOCK, (byte) 0);
        chained.doFinal(ram, Ram.WHOLE, BLOCK, ram, Ram.WHOLE);
        twofold(Ram.WHOLE);
        Util.arrayCopyNonAtomic(ram, Ram.WHOLE, ram, Ram.PADDED, BLOCK);
        twofold(Ram.PADDED);
    }

    private void twofold(short at) {
        byte[] block = ram;
        short carry = 0;
        for (short i = (short) (at + BLOCK - 1); i >= at; i--) {
            short digit = (short) ((short) ((short) (block[i] & 0xFF) << 1) | carry);
            block[i] = (byte) digit;
            carry = (short) (digit >> 8);
        }
        // The same work whether the carry is set or not.
        block[(short) (at + BLOCK - 1)] ^= (byte) ((byte) -carry & RB);
    }

    /**
     * Makes the MAC of the {@code length} bytes at {@link Ram#MESSAGE}, 1 to 160, which it overwrites.
     *
     * @return where in the RAM the 16 bytes of the MAC stand
     */
    short macOfMessage(short length) {
        if (macs != null) {
            macs.sign(ram, Ram.MESSAGE, length, ram, Ram.WHOLE);
            return Ram.WHOLE;
        }
        short last = (short) (Ram.MESSAGE + (short) ((short) (length - 1) & (short) 0xFFF0));
        short rest = (short) (length & (short) 0x000F);
        if (rest == 0) {
            xor(Ram.WHOLE, ram, last, BLOCK);
        } else {
            short end = (short) (Ram.MESSAGE + length);
            ram[end] = (byte) 0x80;
            Util.arrayFillNonAtomic(ram, (short) (end + 1), (short) (BLOCK - rest - 1), (byte) 0);
            xor(Ram.PADDED, ram, last, BLOCK);
        }
        chained.doFinal(ram, Ram.MESSAGE, (short) (last + BLOCK - Ram.MESSAGE), ram, Ram.MESSAGE);
        return last;
    }

    /** True when the first 8 bytes of a MAC are those given; every byte is looked at, whatever the others say. */
    boolean macIs(short mac, byte[] given, short at) {
        byte difference = 0;
        for (short i = 0; i < MAC_LENGTH; i++) {
            difference |= (byte) (ram[(short) (mac + i)] ^ given[(short) (at + i)]);
        }
        return difference == 0;
    }

    /**
     * Encrypts in counter mode, in place, at most 160 bytes. The block is {@code challenge 8, ins 1, counter 4, 00 00, block
     * number 1}: the chip counts from the first, or all of them go through it at once.
     *
     * @param counter where the four bytes of the counter stand
     */
    void crypt(byte[] data, short at, short length, byte ins, byte[] counter, short counterAt) {
        short next = Util.arrayCopyNonAtomic(ram, Ram.CHALLENGE, ram, Ram.MESSAGE, Ram.CHALLENGE_LENGTH);
        ram[next] = ins;
        next = Util.arrayCopyNonAtomic(counter, counterAt, ram, (short) (next + 1), Amount.LENGTH);
        next = Util.setShort(ram, next, (short) 0);
        ram[next] = 0;
        if (counters != null) {
            counters.init(key, Cipher.MODE_ENCRYPT, ram, Ram.MESSAGE, BLOCK);
            counters.doFinal(data, at, length, data, at);
            return;
        }
        short stream = (short) ((short) (length + BLOCK - 1) & (short) 0xFFF0);
        for (byte block = 1; block < (byte) (stream >> 4); block++) {
            short place = (short) (Ram.MESSAGE + (short) (block << 4));
            Util.arrayCopyNonAtomic(ram, Ram.MESSAGE, ram, place, (short) (BLOCK - 1));
            ram[(short) (place + BLOCK - 1)] = block;
        }
        single.init(key, Cipher.MODE_ENCRYPT);
        single.doFinal(ram, Ram.MESSAGE, stream, ram, Ram.MESSAGE);
        xor(Ram.MESSAGE, data, at, length);
    }

    private void xor(short from, byte[] into, short at, short length) {
        byte[] mask = ram;
        short end = (short) (at + length);
        while (at < end) {
            into[at++] ^= mask[from++];
        }
    }
}

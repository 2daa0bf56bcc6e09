package etal.applet;

import javacard.framework.Util;
import javacard.security.AESKey;
import javacard.security.KeyBuilder;
import javacardx.crypto.Cipher;

/**
 * AES-CMAC (RFC 4493) and counter mode, both built from single AES blocks: the published profiles of cards on sale
 * confirm AES in ECB mode, not {@code ALG_AES_CMAC_128}.
 */
final class Cmac {
    private static final short BLOCK = 16;

    /** What RFC 4493 calls Rb: the carry of doubling in GF(2^128). */
    private static final byte RB = (byte) 0x87;

    private final byte[] ram;
    private final AESKey key;
    private final Cipher aes;

    Cmac(byte[] ram) {
        this.ram = ram;
        key = (AESKey) KeyBuilder.buildKey(KeyBuilder.TYPE_AES_TRANSIENT_DESELECT, KeyBuilder.LENGTH_AES_128, false);
        aes = Cipher.getInstance(Cipher.ALG_AES_BLOCK_128_ECB_NOPAD, false);
    }

    /** Takes the 16-byte key for what follows. */
    void use(byte[] from, short at) {
        key.setKey(from, at);
        aes.init(key, Cipher.MODE_ENCRYPT);
    }

    /** The MAC of the {@code length} bytes at {@link Ram#MESSAGE}, at least one, goes to {@link Ram#MAC}, 16 bytes. */
    void macOfMessage(short length) {
        subkey(length);
        short lastBlock = (short) ((short) (length - 1) & (short) 0xFFF0);
        Util.arrayFillNonAtomic(ram, Ram.MAC, BLOCK, (byte) 0);
        for (short at = 0; at <= lastBlock; at += BLOCK) {
            if (at == lastBlock) {
                xor(Ram.SUBKEY, (short) (Ram.MESSAGE + at));
            }
            xor((short) (Ram.MESSAGE + at), Ram.MAC);
            encrypt(Ram.MAC);
        }
    }

    /** Prepares K1 for a whole last block; else pads with one bit and zeros and prepares K2. */
    private void subkey(short length) {
        Util.arrayFillNonAtomic(ram, Ram.SUBKEY, BLOCK, (byte) 0);
        encrypt(Ram.SUBKEY);
        doubled(Ram.SUBKEY);
        short rest = (short) (length & (short) 0x000F);
        if (rest != 0) {
            doubled(Ram.SUBKEY);
            ram[(short) (Ram.MESSAGE + length)] = (byte) 0x80;
            Util.arrayFillNonAtomic(ram, (short) (Ram.MESSAGE + length + 1), (short) (BLOCK - rest - 1), (byte) 0);
        }
    }

    private void doubled(short at) {
        short carry = 0;
        for (short i = (short) (at + BLOCK - 1); i >= at; i--) {
            short digit = (short) ((short) ((ram[i] & 0xFF) << 1) | carry);
            ram[i] = (byte) digit;
            carry = (short) (digit >> 8);
        }
        // The same work whether the carry is set or not.
        ram[(short) (at + BLOCK - 1)] ^= (byte) ((byte) -carry & RB);
    }

    /**
     * Encrypts in counter mode, in place. The block is {@code challenge 8, ins 1, counter 4, 00 00, block number 1}.
     *
     * @param counterAt where in the RAM the four bytes of the counter stand
     */
    void crypt(byte[] data, short at, short length, byte ins, byte[] counter, short counterAt) {
        for (short done = 0; done < length; done++) {
            short inBlock = (short) (done & (short) 0x000F);
            if (inBlock == 0) {
                Util.arrayCopyNonAtomic(ram, Ram.CHALLENGE, ram, Ram.STREAM, Ram.CHALLENGE_LENGTH);
                ram[(short) (Ram.STREAM + 8)] = ins;
                Util.arrayCopyNonAtomic(counter, counterAt, ram, (short) (Ram.STREAM + 9), Amount.LENGTH);
                Util.setShort(ram, (short) (Ram.STREAM + 13), (short) 0);
                ram[(short) (Ram.STREAM + 15)] = (byte) (done >> 4);
                encrypt(Ram.STREAM);
            }
            data[(short) (at + done)] ^= ram[(short) (Ram.STREAM + inBlock)];
        }
    }

    private void encrypt(short at) {
        aes.doFinal(ram, at, BLOCK, ram, at);
    }

    private void xor(short from, short into) {
        for (short i = 0; i < BLOCK; i++) {
            ram[(short) (into + i)] ^= ram[(short) (from + i)];
        }
    }

    /** True when the first 8 bytes at {@link Ram#MAC} are those given; every byte is looked at, whatever the others say. */
    boolean macIs(byte[] given, short at) {
        byte difference = 0;
        for (short i = 0; i < 8; i++) {
            difference |= (byte) (ram[(short) (Ram.MAC + i)] ^ given[(short) (at + i)]);
        }
        return difference == 0;
    }
}

package etal.protocol.card;

import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The key a terminal and a card share after INTRODUCE: it authenticates commands and hides answers; "Pairwise key"
 * in docs/card.md. Immutable, safe for any thread. Never printed.
 */
public final class PairwiseKey {
    /** Length of the key, in bytes. */
    public static final int LENGTH = 16;

    /** Length of a MAC and of a key confirmation, in bytes. */
    public static final int MAC_LENGTH = 8;

    private static final byte[] LABEL = "ETALPAIR".getBytes(StandardCharsets.US_ASCII);
    private static final int CHALLENGE_LENGTH = 8;

    private final byte[] key;

    /**
     * A key known already, as a terminal keeps it.
     *
     * @throws IllegalArgumentException if it has not 16 bytes
     */
    public PairwiseKey(byte[] key) {
        this.key = Layout.copy(key, LENGTH, "pairwise key");
    }

    /**
     * Derives the key on the terminal's side: ECDH, SHA-1 of the shared x-coordinate (all that the cards on sale
     * offer), then SHA-256 over it and both names.
     *
     * @param terminalScalar the terminal's key agreement key, 32 bytes
     * @param cardPublic33 the card's key as its certificate names it
     * @param cardId 8 bytes
     * @throws Malformed if the card's key is no point of the curve
     */
    public static PairwiseKey derive(
            byte[] terminalScalar, byte[] cardPublic33, byte[] cardId, long terminal, long epoch) throws Malformed {
        byte[] shared = P256.agree(terminalScalar, P256.decompress(cardPublic33));
        byte[] names = Layout.writing(16)
                .bytes(Layout.copy(cardId, 8, "card id"))
                .uint32(terminal)
                .uint32(epoch)
                .written();
        return new PairwiseKey(Arrays.copyOf(Hash.sha256(LABEL, sha1(shared), names), LENGTH));
    }

    /**
     * The MAC of a command: the first 8 bytes of AES-CMAC (RFC 4493) over challenge and command.
     *
     * @param challenge 8 bytes, of the latest SELECT
     * @param command header of 5 bytes and the data before the MAC; Lc counts the MAC
     */
    public byte[] mac(byte[] challenge, byte[] command) {
        return Arrays.copyOf(cmac(Layout.copy(challenge, CHALLENGE_LENGTH, "challenge"), command), MAC_LENGTH);
    }

    /** What a card answers to INTRODUCE when it has derived the same key: 8 bytes. */
    public byte[] confirmation(byte[] challenge) {
        byte[] label = {'I'};
        return Arrays.copyOf(cmac(label, Layout.copy(challenge, CHALLENGE_LENGTH, "challenge")), MAC_LENGTH);
    }

    /**
     * What stands behind the answer to STATE: 8 bytes.
     *
     * @param hidden the answer as it travels, encrypted
     */
    public byte[] stateMac(byte[] challenge, byte[] hidden) {
        byte[] label = {'S'};
        return Arrays.copyOf(cmac(label, Layout.copy(challenge, CHALLENGE_LENGTH, "challenge"), hidden), MAC_LENGTH);
    }

    /**
     * Encrypts or decrypts an answer: AES in counter mode, once per challenge, instruction and counter.
     *
     * @param instruction INS of the command
     * @param counter the record's counter; 0 for STATE
     */
    public byte[] crypt(byte[] challenge, int instruction, long counter, byte[] data) {
        byte[] block = Layout.writing(16)
                .bytes(Layout.copy(challenge, CHALLENGE_LENGTH, "challenge"))
                .uint8(instruction)
                .uint32(counter)
                .uint16(0)
                .uint8(0)
                .written();
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(block));
            return cipher.doFinal(data);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has AES in counter mode", missing);
        }
    }

    /** The key itself, for the terminal's own store. */
    public byte[] bytes() {
        return key.clone();
    }

    /** The whole AES-CMAC of 16 bytes (RFC 4493) over the parts one after the other. */
    byte[] cmac(byte[]... parts) {
        CMac cmac = new CMac(AESEngine.newInstance());
        cmac.init(new KeyParameter(key));
        byte[] tag = new byte[cmac.getMacSize()];
        for (byte[] part : parts) {
            cmac.update(part, 0, part.length);
        }
        cmac.doFinal(tag, 0);
        return tag;
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-1", missing);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PairwiseKey that && MessageDigest.isEqual(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }
}

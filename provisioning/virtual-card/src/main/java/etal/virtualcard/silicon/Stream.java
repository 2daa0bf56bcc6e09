package etal.virtualcard.silicon;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The card's randomness: SHA-256 over a state and a counter. Every command is stirred into the state, so that two
 * histories of one seed that differ anywhere never sign two messages with one nonce. Not thread-safe.
 */
final class Stream {
    private final MessageDigest sha;
    private byte[] state;
    private byte[] block = new byte[0];
    private int used;
    private long blocks;

    Stream(byte[] seed) {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
        sha.update("etal virtual card seed".getBytes(StandardCharsets.US_ASCII));
        state = sha.digest(seed);
    }

    /** All that follows depends on these bytes alone. */
    void restart(byte[] seed) {
        state = sha.digest(seed);
        block = new byte[0];
        used = 0;
        blocks = 0;
    }

    /** Makes all that follows depend on these bytes too. */
    void stir(byte[] command) {
        sha.update((byte) 1);
        sha.update(state);
        state = sha.digest(command);
        block = new byte[0];
        used = 0;
        blocks = 0;
    }

    void fill(byte[] target, int at, int length) {
        for (int i = 0; i < length; i++) {
            if (used == block.length) {
                block = nextBlock();
                used = 0;
            }
            target[at + i] = block[used++];
        }
    }

    private byte[] nextBlock() {
        sha.update((byte) 2);
        sha.update(state);
        return sha.digest(ByteBuffer.allocate(Long.BYTES).putLong(blocks++).array());
    }
}

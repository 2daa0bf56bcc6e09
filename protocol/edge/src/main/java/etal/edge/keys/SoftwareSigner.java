package etal.edge.keys;

import etal.port.Signer;
import etal.protocol.cose.P256;

/**
 * A P-256 key held in memory. Its nonces follow from key and message (RFC 6979), so that the same ledger signed twice is
 * the same bytes, and no weak source of randomness can betray the key. Safe for use by any thread.
 */
public final class SoftwareSigner implements Signer {
    private final byte[] scalar;
    private final byte[] publicKey;

    /**
     * The signer of a private key.
     *
     * @param scalar 32 bytes, big-endian, from 1 to the order of P-256 less 1
     * @throws IllegalArgumentException when it is no such number
     */
    public SoftwareSigner(byte[] scalar) {
        this.scalar = scalar.clone();
        publicKey = P256.publicKey(scalar);
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    @Override
    public byte[] sign(byte[] message) {
        return P256.sign(scalar, message);
    }
}

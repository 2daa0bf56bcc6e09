package etal.port;

/**
 * A private key that signs and never leaves its place: software (RFC 6979) or a TPM.
 *
 * <p>Signatures are ECDSA on P-256 over SHA-256, raw {@code r || s}, 64 bytes, low-S.
 */
public interface Signer {
    /** The public key, uncompressed X9.62, 65 bytes. */
    byte[] publicKey();

    /** Signs {@code message} (not its hash); 64 bytes. */
    byte[] sign(byte[] message);
}

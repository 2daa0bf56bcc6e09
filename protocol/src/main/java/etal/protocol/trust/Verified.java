package etal.protocol.trust;

import org.jspecify.annotations.Nullable;

/**
 * A leaf certificate whose chain holds. Arrays are not copied: nobody may change them.
 *
 * @param leafPublicKey65 its public key, uncompressed
 * @param commonName its CN; of a terminal the ledger it signs, such as {@code t3-e1}
 * @param role what its holder may do
 * @param leafHash SHA-256 of the whole certificate: the kid of its signatures
 * @param fund the fund its O names, as {@code etal fund 1}; 0 where it names none
 * @param cardCertificate of a terminal, the 146 bytes it shows to cards; null where the certificate carries none
 */
public record Verified(
        byte[] leafPublicKey65,
        String commonName,
        Role role,
        byte[] leafHash,
        long fund,
        byte @Nullable [] cardCertificate) {}

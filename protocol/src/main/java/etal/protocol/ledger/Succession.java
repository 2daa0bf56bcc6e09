package etal.protocol.ledger;

/**
 * In the genesis of a rebuilt terminal: what was last known of the epoch before. Array not copied.
 *
 * @param epoch the last known epoch
 * @param number its last known entry
 * @param headHash SHA-256 of that entry, 32 bytes
 */
public record Succession(long epoch, long number, byte[] headHash) {}

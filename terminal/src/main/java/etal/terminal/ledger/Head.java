package etal.terminal.ledger;

/**
 * Where the chain ends.
 *
 * @param number of the last entry, 0 before the first
 * @param hash SHA-256 of the whole last entry, 32 zero bytes before the first
 * @param timeMillis of the last entry, milliseconds since 1970
 */
public record Head(long number, byte[] hash, long timeMillis) {
    /** Before the first entry. */
    public static Head none() {
        return new Head(0, new byte[32], 0);
    }
}

package etal.protocol.ledger;

/**
 * One entry of a terminal's ledger, before it is signed. Array not copied: nobody may change it.
 *
 * @param terminal the terminal, 32 bits
 * @param epoch its epoch, 32 bits: a new one with each new key
 * @param number from 1 without gaps
 * @param previous SHA-256 of the whole signed entry before; 32 zeros for number 1
 * @param timeMillis milliseconds since 1970
 * @param trusted whether that time is trusted
 * @param body what happened
 */
public record Entry(
        long terminal, long epoch, long number, byte[] previous, long timeMillis, boolean trusted, Body body) {
    /** The ledger this entry belongs to. */
    public LedgerId ledger() {
        return new LedgerId(terminal, epoch);
    }
}

package etal.terminal.intent;

/**
 * What an intention to cancel a sale says besides. Array not copied: nobody may change it.
 *
 * @param saleHash SHA-256 of the whole entry of the sale
 * @param reason one of the constants of {@link etal.protocol.ledger.Body.Cancellation}
 */
public record Undoing(byte[] saleHash, int reason) {}

package etal.protocol.ledger;

/**
 * The rules a sale was made under. Immutable.
 *
 * @param id the scheme's id
 * @param version its version
 */
public record SchemeRef(String id, long version) {}

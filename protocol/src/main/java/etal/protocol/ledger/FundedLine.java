package etal.protocol.ledger;

/**
 * A line of a basket that the fund may pay for: a family of goods, never the name of one. Immutable.
 *
 * @param family the family of goods
 * @param quantity in units or grams
 * @param priceCents the line's price with VAT, in the unit's smallest part
 * @param vatPermille VAT rate
 * @param coveragePercent what share the fund covers, 1 to 100
 */
public record FundedLine(String family, long quantity, long priceCents, int vatPermille, int coveragePercent) {}

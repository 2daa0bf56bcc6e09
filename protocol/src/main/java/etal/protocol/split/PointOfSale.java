package etal.protocol.split;

/**
 * Where a sale is made.
 *
 * @param id the point of sale's number
 * @param seller SIREN of who sells
 */
public record PointOfSale(long id, String seller) {}

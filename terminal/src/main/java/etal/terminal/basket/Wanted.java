package etal.terminal.basket;

/**
 * A line as the screen wishes it.
 *
 * @param product id of the catalogue
 * @param quantity units, at least 1
 */
public record Wanted(String product, long quantity) {}

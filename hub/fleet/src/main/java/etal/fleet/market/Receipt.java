package etal.fleet.market;

import java.util.List;

/**
 * One line of a basket file: what one person put into the basket, without quantities.
 *
 * @param line the line in its file, from 1
 * @param items product ids, at least one, each known to the catalogue
 */
public record Receipt(int line, List<String> items) {}

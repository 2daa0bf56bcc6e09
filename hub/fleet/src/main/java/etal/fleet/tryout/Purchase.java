package etal.fleet.tryout;

import etal.protocol.split.Basket;
import etal.protocol.split.Wish;

/**
 * One receipt. Immutable.
 *
 * @param line where it begins in its file, from 1
 * @param day of the month
 * @param household whose card pays
 * @param pointOfSale where
 * @param basket at the fair price
 * @param wish which price the buyer chooses
 */
public record Purchase(int line, int day, String household, long pointOfSale, Basket basket, Wish wish) {}

package etal.fleet.tryout;

import etal.protocol.scheme.Household;

/**
 * A household that takes part. Immutable.
 *
 * @param number its number, as in the file
 * @param household who lives there
 * @param contributionCents what it pays a month
 * @param chosenPointOfSale the point of sale it has chosen, 0 for none
 */
public record Buyer(String number, Household household, long contributionCents, long chosenPointOfSale) {}

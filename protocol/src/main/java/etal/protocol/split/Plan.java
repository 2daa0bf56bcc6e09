package etal.protocol.split;

import etal.protocol.card.Deltas;

/**
 * How a basket will be paid. Immutable; what is covered beyond what the purses hold is paid in cash.
 *
 * @param coveredCents what the rules let the card pay of this basket
 * @param deltas what the card is asked to do; none above 0 as long as no bonus can be earned
 * @param cardCents what the purses pay, at most what is covered
 * @param cashCents the rest of the basket
 */
public record Plan(long coveredCents, Deltas deltas, long cardCents, long cashCents) {
    /** Whether the card holds less than it might pay. */
    public boolean shortfall() {
        return cardCents < coveredCents;
    }
}

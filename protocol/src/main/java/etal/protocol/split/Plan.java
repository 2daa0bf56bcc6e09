package etal.protocol.split;

import etal.protocol.card.Deltas;
import java.util.Optional;

/**
 * How a basket will be paid. Immutable; what is covered beyond what the purses hold is paid in cash.
 *
 * @param coveredCents what the rules let the card pay of this basket, after the cap per sale
 * @param deltas what the card is asked to do: allocation never above 0, bonus = earned - spent, earnable = -earned
 * @param cardCents what the purses pay, at most what is covered
 * @param cashCents the rest of what is asked for the basket
 * @param bonusEarnedCents what the card earns by it, at once
 * @param tariff the price chosen, if one was; empty where only the funded lines are known
 */
public record Plan(
        long coveredCents,
        Deltas deltas,
        long cardCents,
        long cashCents,
        long bonusEarnedCents,
        Optional<TariffSide> tariff) {
    /** A plan at the fair price that earns nothing. */
    public Plan(long coveredCents, Deltas deltas, long cardCents, long cashCents) {
        this(coveredCents, deltas, cardCents, cashCents, 0, Optional.empty());
    }

    /** Whether the card holds less than it might pay. */
    public boolean shortfall() {
        return cardCents < coveredCents;
    }
}

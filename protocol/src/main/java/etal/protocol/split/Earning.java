package etal.protocol.split;

import etal.protocol.card.Balances;
import etal.protocol.money.Rounding;
import etal.protocol.scheme.Bonus;
import etal.protocol.scheme.Scheme;
import java.util.List;

/**
 * The last step of the split: what a card earns by a purchase.
 *
 * <p>The rate of the part of the payment that falls on lines which earn: {@code rate x paid x eligible / covered},
 * rounded once, half to even; {@code paid} is what the card pays, or only what its allocation pays if the scheme says
 * so; {@code eligible} and {@code covered} are what the rules cover of the lines that earn and of all lines, before the
 * cap per sale. It is at most what the card may still earn, and at most what the load cap leaves. Stateless.
 */
final class Earning {
    private Earning() {}

    /**
     * Of one sale.
     *
     * @param eligibleCents what is covered of the lines that earn
     * @param coveredCents what is covered of all lines
     */
    record Base(long eligibleCents, long coveredCents) {}

    /**
     * What is earned.
     *
     * @param before what the purses hold
     * @param fromAllocation what the allocation pays, not negative
     * @param fromBonus what the bonus pays, not negative
     */
    static long cents(Scheme scheme, Base base, Balances before, long fromAllocation, long fromBonus) {
        if (scheme.bonus().isEmpty() || base.eligibleCents() == 0) {
            return 0;
        }
        Bonus bonus = scheme.bonus().get();
        long paidCents = bonus.onAllocationOnly() ? fromAllocation : fromAllocation + fromBonus;
        long earnedCents = Rounding.shareHalfEven(
                paidCents, List.of(base.eligibleCents(), (long) bonus.percent()), List.of(base.coveredCents(), 100L));
        long allocationCents = Math.clamp(before.allocation(), 0, Balances.PURSE_MAX) - fromAllocation;
        long bonusCents = Math.clamp(before.bonus(), 0, Balances.PURSE_MAX) - fromBonus;
        long roomCents =
                Math.min(scheme.card().loadCapCents() - allocationCents - bonusCents, Balances.PURSE_MAX - bonusCents);
        long mostCents = Math.min(Math.clamp(before.earnable(), 0, Balances.PURSE_MAX), Math.max(0, roomCents));
        return Math.min(earnedCents, mostCents);
    }
}

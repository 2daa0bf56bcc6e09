package etal.protocol.split;

import etal.protocol.ledger.PriceChosen;
import etal.protocol.money.Rounding;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.Tariffs;
import java.util.Optional;

/**
 * What the pooled fund owes a seller for a price that was chosen: no card vouches for it, only the terminal's word. So
 * never more than the scheme's choice can give, never more than the stall's envelope has left that day; what goes beyond
 * moves no money. What the seller has taken for the fund is owed as it is said.
 *
 * @param owedCents to the seller; below zero by the seller
 * @param unbackedCents of the reduction that the fund does not pay
 */
public record PooledClaim(long owedCents, long unbackedCents) {
    /** Nothing is owed. */
    public static final PooledClaim NONE = new PooledClaim(0, 0);

    /** Each line is rounded by half a cent at most. */
    private static final long ROUNDING_MAX_CENTS = Split.LINES_MAX / 2;

    /** What is owed for that price under that scheme; total for any numbers. */
    public static PooledClaim of(PriceChosen price, Scheme scheme, Envelope envelope) {
        Optional<Tariffs> tariffs = scheme.tariffs().filter(each -> each.difference() == Tariffs.Difference.FUND);
        if (!sound(price)) {
            return NONE;
        }
        if (tariffs.isEmpty()) {
            return new PooledClaim(0, price.shortfallCents());
        }
        if (price.surplusCents() > 0) {
            return new PooledClaim(-price.surplusCents(), 0);
        }
        long mostCents = Math.min(reductionMostCents(price, tariffs.get()), Math.max(0, envelope.leftCents()));
        long owedCents = Math.min(price.shortfallCents(), mostCents);
        return new PooledClaim(owedCents, price.shortfallCents() - owedCents);
    }

    private static boolean sound(PriceChosen price) {
        return price.fairCents() >= 0
                && price.paidCents() >= 0
                && price.fairCents() <= Split.LINE_MAX_CENTS
                && price.paidCents() <= Split.LINE_MAX_CENTS;
    }

    /** As much as a choice can take off that price; a fixed price can take off all of it. */
    private static long reductionMostCents(PriceChosen price, Tariffs tariffs) {
        if (tariffs.freePrice()) {
            return price.choice().equals(PriceChosen.FREE)
                    ? price.fairCents() - (price.fairCents() * tariffs.leastPercent() + 99) / 100
                    : 0;
        }
        boolean fixed =
                tariffs.fixedPrices().stream().anyMatch(one -> one.choice().equals(price.choice()));
        return tariffs.choice(price.choice())
                .map(choice -> fixed
                        ? price.fairCents()
                        : price.fairCents()
                                - Rounding.percentHalfEven(price.fairCents(), choice.percent())
                                + ROUNDING_MAX_CENTS)
                .orElse(0L);
    }
}

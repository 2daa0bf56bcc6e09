package etal.protocol.split;

import etal.protocol.card.Balances;
import etal.protocol.card.Deltas;
import etal.protocol.ledger.FundedLine;
import etal.protocol.money.Rounding;
import etal.protocol.scheme.CardRules;
import etal.protocol.scheme.Scheme;
import java.util.List;

/**
 * The rule by which a basket is shared between card and cash: a pure function of basket, scheme, point of sale and
 * purses. The terminal plans with it and the hub replays every sale with it. Stateless, exact, and total: lines
 * that no till could have rung up are not covered, so that a forged entry gives another plan and not an exception.
 */
public final class Split {
    /** The highest price of a line. */
    public static final long LINE_MAX_CENTS = Integer.MAX_VALUE;

    /** The most lines of a basket. */
    public static final int LINES_MAX = 1_000;

    private Split() {}

    /**
     * Plans a whole basket.
     *
     * @param before what the card's purses hold
     * @return a plan whose cash is the basket's total less what the card pays
     */
    public static Plan split(Basket basket, Scheme scheme, PointOfSale pointOfSale, Balances before) {
        Plan funded = split(basket.fundedLines(), scheme, pointOfSale, before);
        return new Plan(
                funded.coveredCents(), funded.deltas(), funded.cardCents(), basket.totalCents() - funded.cardCents());
    }

    /**
     * Plans the lines that the fund may pay for.
     *
     * @param before what the card's purses hold; a purse below zero pays nothing
     * @return a plan whose cash counts these lines only
     */
    public static Plan split(List<FundedLine> lines, Scheme scheme, PointOfSale pointOfSale, Balances before) {
        List<FundedLine> sound = lines.size() > LINES_MAX
                ? List.of()
                : lines.stream().filter(Split::sound).toList();
        boolean member = scheme.convention().pointsOfSale().coveragePercent(pointOfSale.id()) > 0;
        long coveredCents = member
                ? sound.stream()
                        .mapToLong(line -> coveredCents(line, scheme, pointOfSale))
                        .sum()
                : 0;
        Deltas deltas = spend(coveredCents, scheme.card().spendingOrder(), before);
        long cardCents = -deltas.allocation() - deltas.bonus();
        long totalCents = sound.stream().mapToLong(FundedLine::priceCents).sum();
        return new Plan(coveredCents, deltas, cardCents, totalCents - cardCents);
    }

    /** What the rules cover of a line there: rounded line by line, so that a member can check a receipt by hand. */
    public static long coveredCents(FundedLine line, Scheme scheme, PointOfSale pointOfSale) {
        int percent =
                scheme.convention().coveragePercent(line.family(), List.of(), line.coveragePercent(), pointOfSale.id());
        return Rounding.percentHalfEven(line.priceCents(), percent);
    }

    private static Deltas spend(long coveredCents, List<CardRules.Purse> order, Balances before) {
        long left = coveredCents;
        long allocation = 0;
        long bonus = 0;
        for (CardRules.Purse purse : order) {
            switch (purse) {
                case ALLOCATION -> {
                    allocation = spendable(left, before.allocation());
                    left -= allocation;
                }
                case BONUS -> {
                    bonus = spendable(left, before.bonus());
                    left -= bonus;
                }
            }
        }
        return new Deltas(-allocation, -bonus, 0);
    }

    /** At most what the purse holds, at most what its number on the card can hold. */
    private static long spendable(long left, long purse) {
        return Math.min(left, Math.clamp(purse, 0, Balances.PURSE_MAX));
    }

    private static boolean sound(FundedLine line) {
        return line.priceCents() >= 0
                && line.priceCents() <= LINE_MAX_CENTS
                && line.coveragePercent() >= 1
                && line.coveragePercent() <= 100;
    }
}

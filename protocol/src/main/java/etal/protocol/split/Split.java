package etal.protocol.split;

import etal.protocol.card.Balances;
import etal.protocol.card.Deltas;
import etal.protocol.ledger.FundedLine;
import etal.protocol.money.Rounding;
import etal.protocol.scheme.CardRules;
import etal.protocol.scheme.Convention;
import etal.protocol.scheme.PointsOfSale;
import etal.protocol.scheme.Scheme;
import java.util.List;
import java.util.Optional;

/**
 * The rule by which a basket is shared between card and cash: a pure function of basket, scheme, point of sale and
 * card. The terminal plans with it and the hub replays every sale with it. Stateless, exact, and total: lines
 * that no till could have rung up are not covered, so that a forged entry gives another plan and not an exception.
 *
 * <p>In this order: the price chosen and the seller's discount ({@link Prices}); the coverage of each line, rounded half
 * to even line by line, so that a member can check a receipt by hand; the cap per sale, or less by the member's word; the purses in the order the
 * scheme says; the bonus ({@link Earning}). The order of the lines changes nothing.
 */
public final class Split {
    /** The highest price of a line. */
    public static final long LINE_MAX_CENTS = Integer.MAX_VALUE;

    /** The most that a card may pay where its member has not said less. */
    public static final long NO_WORD_CENTS = LINE_MAX_CENTS;

    /** The most lines of a basket. */
    public static final int LINES_MAX = 1_000;

    private Split() {}

    /**
     * Plans a whole basket at the prices asked.
     *
     * @return a plan whose cash is the basket's total less what the card pays
     */
    public static Plan split(Basket basket, Scheme scheme, PointOfSale pointOfSale, CardState card) {
        return split(basket, scheme, pointOfSale, card, NO_WORD_CENTS);
    }

    /**
     * Plans a whole basket of which the member lets the card pay so much and no more.
     *
     * @param mostCents by the member's word; {@link #NO_WORD_CENTS} where they said nothing of it
     */
    public static Plan split(Basket basket, Scheme scheme, PointOfSale pointOfSale, CardState card, long mostCents) {
        Plan funded = split(basket.fundedLines(), scheme, pointOfSale, card, mostCents);
        return new Plan(
                funded.coveredCents(),
                funded.deltas(),
                funded.cardCents(),
                basket.totalCents() - funded.cardCents(),
                funded.bonusEarnedCents(),
                basket.tariff());
    }

    /**
     * Plans the lines that the fund may pay for, at the prices asked.
     *
     * @param card what it holds; a purse below zero pays nothing
     * @return a plan whose cash counts these lines only
     */
    public static Plan split(List<FundedLine> lines, Scheme scheme, PointOfSale pointOfSale, CardState card) {
        return split(lines, scheme, pointOfSale, card, NO_WORD_CENTS);
    }

    /** The same, of which the member lets the card pay so much and no more. */
    public static Plan split(
            List<FundedLine> lines, Scheme scheme, PointOfSale pointOfSale, CardState card, long mostCents) {
        List<FundedLine> sound = lines.size() > LINES_MAX
                ? List.of()
                : lines.stream().filter(Split::sound).toList();
        Earning.Base base =
                paysAt(scheme, pointOfSale, card) ? base(sound, scheme, pointOfSale) : new Earning.Base(0, 0);
        long coveredCents = Math.min(base.coveredCents(), capCents(scheme, mostCents));
        Deltas spent = spend(coveredCents, scheme.card().spendingOrder(), card.balances());
        long cardCents = -spent.allocation() - spent.bonus();
        long earnedCents = Earning.cents(scheme, base, card.balances(), -spent.allocation(), -spent.bonus());
        long totalCents = sound.stream().mapToLong(FundedLine::priceCents).sum();
        return new Plan(
                coveredCents,
                new Deltas(spent.allocation(), spent.bonus() + earnedCents, -earnedCents),
                cardCents,
                totalCents - cardCents,
                earnedCents,
                Optional.empty());
    }

    private static long capCents(Scheme scheme, long mostCents) {
        return Math.min(scheme.card().saleMostCents(), Math.max(0, mostCents));
    }

    /** What the rules cover of a line there, rounded half to even, for a card that pays there. */
    public static long coveredCents(FundedLine line, Scheme scheme, PointOfSale pointOfSale) {
        int percent = scheme.convention()
                .coveragePercent(line.family(), line.labels(), line.coveragePercent(), pointOfSale.id());
        return Rounding.percentHalfEven(line.priceCents(), percent);
    }

    /** Whether a card pays there at all: where each has chosen its point of sale, nowhere else, and not before. */
    private static boolean paysAt(Scheme scheme, PointOfSale pointOfSale, CardState card) {
        PointsOfSale points = scheme.convention().pointsOfSale();
        return points.coveragePercent(pointOfSale.id()) > 0
                && (!points.chosenOnly()
                        || card.chosenPointOfSale() != 0 && card.chosenPointOfSale() == pointOfSale.id());
    }

    private static Earning.Base base(List<FundedLine> lines, Scheme scheme, PointOfSale pointOfSale) {
        Convention convention = scheme.convention();
        String kind = convention.pointsOfSale().kind(pointOfSale.id());
        long covered = 0;
        long eligible = 0;
        for (FundedLine line : lines) {
            long cents = coveredCents(line, scheme, pointOfSale);
            covered += cents;
            boolean earns = scheme.bonus()
                    .map(bonus -> bonus.earns(line.family(), line.labels(), pointOfSale.id(), kind))
                    .orElse(false);
            eligible += earns ? cents : 0;
        }
        return new Earning.Base(eligible, covered);
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

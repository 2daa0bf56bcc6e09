package etal.protocol.grant;

import etal.protocol.card.Balances;
import etal.protocol.card.Entitlement;
import etal.protocol.money.Apportion;
import etal.protocol.roster.Enrolled;
import etal.protocol.roster.MemberCard;
import etal.protocol.scheme.Bonus;
import etal.protocol.scheme.Household;
import etal.protocol.scheme.Scheme;
import java.time.YearMonth;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a household is given in one month, and the part of each card of it. The parts add up to the whole, to the cent:
 * by the largest remainder, on a tie to the card named first. Immutable.
 *
 * @param ageYears of those who count, oldest first; empty if nobody does
 * @param allocationCents of the household
 * @param earnableCents of the household: how much bonus it can earn, {@link Bonus#NO_CAP} if there is no cap
 * @param ofCard what each card is given, by its id, in the household's order
 */
record Shares(List<Integer> ageYears, long allocationCents, long earnableCents, Map<String, OfCard> ofCard) {
    /** What one card is given in one month. */
    record OfCard(long amountCents, long earnableCents, long keepCents, long pointOfSale, int catchUpMonths) {
        boolean grants() {
            return amountCents > 0 || earnableCents > 0;
        }
    }

    private static final Shares NONE = new Shares(List.of(), 0, 0, Map.of());

    /** @param pooledCents the household's share of a pool, if the month's allocation is one */
    static Shares of(Scheme scheme, Enrolled enrolled, YearMonth month, long pooledCents) {
        Optional<Household> counted = enrolled.countedIn(month);
        boolean holds = scheme.admission().term().map(term -> term.holds(month)).orElse(true);
        if (!holds || !enrolled.takesPartIn(month) || counted.isEmpty()) {
            return NONE;
        }
        Household household = counted.get();
        long allocationCents =
                Math.min(scheme.allocation().amountCents(household, month) + pooledCents, Balances.PURSE_MAX);
        int persons = Math.min(household.persons(), scheme.allocation().personsMost());
        long earnableCents = scheme.allocation().isGivenIn(month)
                ? scheme.bonus().map(bonus -> bonus.earnableCents(persons)).orElse(0L)
                : 0;
        return new Shares(
                household.ageYears(),
                allocationCents,
                earnableCents,
                ofCards(scheme, enrolled.cardsIn(month), month, allocationCents, earnableCents));
    }

    private static Map<String, OfCard> ofCards(
            Scheme scheme, List<MemberCard> cards, YearMonth month, long allocationCents, long earnableCents) {
        Map<String, OfCard> ofCard = new LinkedHashMap<>();
        if (cards.isEmpty()) {
            return ofCard;
        }
        List<Long> weights =
                cards.stream().map(card -> (long) card.partPercent()).toList();
        if (weights.stream().allMatch(weight -> weight == 0)) {
            weights = Collections.nCopies(cards.size(), 1L);
        }
        List<Long> amounts = Apportion.byLargestRemainder(allocationCents, weights);
        List<Long> earnables = parts(earnableCents, Bonus.NO_CAP, weights);
        long keepCents = scheme.card().carryOver().keepCents(allocationCents);
        List<Long> keeps = parts(keepCents, Balances.PURSE_MAX, weights);
        for (int at = 0; at < cards.size(); at++) {
            MemberCard card = cards.get(at);
            long place = scheme.convention().pointsOfSale().chosenOnly()
                    ? card.pointOfSale(month).orElse(Entitlement.EVERYWHERE)
                    : Entitlement.EVERYWHERE;
            // A card tied to a place that nobody has chosen yet must not pay at all of them.
            boolean nowhere = scheme.convention().pointsOfSale().chosenOnly() && place == Entitlement.EVERYWHERE;
            ofCard.put(
                    card.id(),
                    new OfCard(
                            nowhere ? 0 : amounts.get(at),
                            nowhere ? 0 : earnables.get(at),
                            keeps.get(at),
                            place,
                            scheme.card().catchUpMonths()));
        }
        return ofCard;
    }

    /** No limit is no limit on each card; any other is shared like the allocation. */
    private static List<Long> parts(long cents, long unlimitedCents, List<Long> weights) {
        return cents >= unlimitedCents
                ? Collections.nCopies(weights.size(), unlimitedCents)
                : Apportion.byLargestRemainder(cents, weights);
    }
}

package etal.protocol.grant;

import etal.protocol.card.Entitlement;
import etal.protocol.card.Period;
import etal.protocol.roster.Enrolled;
import etal.protocol.roster.MemberCard;
import etal.protocol.scheme.Allocation;
import etal.protocol.scheme.Scheme;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a month opens with: for each household what it is given, what it is asked to pay, and what each of its cards
 * should be entitled to. A function of the roster, the rules and the month. Immutable.
 *
 * @param month which
 * @param households those that pay or are given something, in the roster's order
 * @param pool where the month's contributions went, if they are pooled
 */
public record MonthOpening(YearMonth month, List<OfHousehold> households, Pool pool) {
    /** Takes its own copy of the list. */
    public MonthOpening {
        households = List.copyOf(households);
    }

    /**
     * One household.
     *
     * @param household its number
     * @param ageYears of those who count, oldest first
     * @param allocationCents what it is given; the parts of its cards add up to it
     * @param earnableCents how much bonus it can earn
     * @param called what it is asked to pay
     * @param cards what its cards should be entitled to; those given nothing are left out
     */
    public record OfHousehold(
            String household,
            List<Integer> ageYears,
            long allocationCents,
            long earnableCents,
            Called called,
            List<OfCard> cards) {}

    /**
     * One card.
     *
     * @param card its id
     * @param entitlement what it should load; its version is 0, {@link Issuing} gives the next one
     */
    public record OfCard(String card, Entitlement entitlement) {}

    /**
     * What was not known before the month.
     *
     * @param minutesGiven time given to the fund, by household
     * @param broughtCents what the pool of the month before carried over
     */
    public record Given(Map<String, Integer> minutesGiven, long broughtCents) {
        /** Nothing. */
        public static final Given NOTHING = new Given(Map.of(), 0);
    }

    /** Opens a month. */
    public static MonthOpening of(HoldingSchemes schemes, List<Enrolled> roster, YearMonth month, Given given) {
        Scheme scheme = schemes.in(month);
        List<Enrolled> paying =
                roster.stream().filter(enrolled -> enrolled.paysIn(month)).toList();
        Pool pool = pool(scheme, paying, month, given);
        List<OfHousehold> households = new ArrayList<>();
        for (Enrolled enrolled : paying) {
            households.add(household(schemes, enrolled, month, hours(scheme, enrolled, given), pool.shareCents()));
        }
        return new MonthOpening(month, households, pool);
    }

    private static OfHousehold household(
            HoldingSchemes schemes, Enrolled enrolled, YearMonth month, long hoursCents, long pooledCents) {
        Scheme scheme = schemes.in(month);
        Shares shares = Shares.of(scheme, enrolled, month, enrolled.takesPartIn(month) ? pooledCents : 0);
        Window window = new Window(schemes, enrolled);
        List<OfCard> cards = new ArrayList<>();
        for (MemberCard card : enrolled.cardsIn(month)) {
            Shares.OfCard granted = shares.ofCard().get(card.id());
            if (granted != null && granted.grants()) {
                cards.add(new OfCard(card.id(), entitlement(window, card, month, granted)));
            }
        }
        return new OfHousehold(
                enrolled.household(),
                shares.ageYears(),
                shares.allocationCents(),
                shares.earnableCents(),
                Called.of(promised(scheme, enrolled), hoursCents, shares.allocationCents()),
                cards);
    }

    private static Entitlement entitlement(Window window, MemberCard card, YearMonth month, Shares.OfCard granted) {
        return new Entitlement(
                granted.amountCents(),
                granted.earnableCents(),
                granted.keepCents(),
                granted.pointOfSale(),
                Period.of(window.first(card, month, granted).atDay(1)),
                Period.of(window.last(card, month, granted).atDay(1)),
                granted.catchUpMonths(),
                0);
    }

    private static Pool pool(Scheme scheme, List<Enrolled> paying, YearMonth month, Given given) {
        if (!(scheme.allocation().basis() instanceof Allocation.Basis.PooledMean(Allocation.Remainder remainder))) {
            return Pool.NONE;
        }
        long contributionsCents = paying.stream()
                .mapToLong(enrolled -> Called.moneyCents(promised(scheme, enrolled), hours(scheme, enrolled, given)))
                .sum();
        boolean open = scheme.allocation().isGivenIn(month);
        long members = paying.stream()
                .filter(enrolled -> open
                        && enrolled.takesPartIn(month)
                        && enrolled.countedIn(month).isPresent())
                .count();
        long mostCents = scheme.allocation().mostCents();
        return Pool.share(contributionsCents, given.broughtCents(), (int) members, mostCents, remainder);
    }

    private static long promised(Scheme scheme, Enrolled enrolled) {
        return enrolled.promise().amountCents(scheme.contribution(), enrolled.traits());
    }

    private static long hours(Scheme scheme, Enrolled enrolled, Given given) {
        return Called.hoursCents(scheme.contribution(), given.minutesGiven().getOrDefault(enrolled.household(), 0));
    }
}

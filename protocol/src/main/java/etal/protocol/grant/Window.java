package etal.protocol.grant;

import etal.protocol.roster.Enrolled;
import etal.protocol.roster.MemberCard;
import etal.protocol.scheme.Allocation;
import java.time.Month;
import java.time.YearMonth;
import java.util.Map;
import java.util.TreeMap;

/**
 * From which month on a card's entitlement has been the same, and how far it reaches. Not thread-safe; one per
 * household and opening.
 *
 * <p>It reaches to the end of the commitment, the month of leaving, the end of the term or of the card, or, if nobody
 * has promised anything, the end of the calendar year: no card loads for ever. It ends earlier where less is known to
 * come, such as a birthday, a person who moves out or rules already voted: a card that hears nothing then loads
 * nothing rather than too much. More that is known to come needs no end: it is issued when its month opens.
 */
final class Window {
    private final HoldingSchemes schemes;
    private final Enrolled enrolled;
    private final Map<YearMonth, Shares> known = new TreeMap<>();

    Window(HoldingSchemes schemes, Enrolled enrolled) {
        this.schemes = schemes;
        this.enrolled = enrolled;
    }

    /** The first month since which the card is given the same, up to that month. */
    YearMonth first(MemberCard card, YearMonth month, Shares.OfCard granted) {
        YearMonth first = month;
        while (!pooled(month) && !first.isBefore(enrolled.joined()) && same(card, first.minusMonths(1), granted)) {
            first = first.minusMonths(1);
        }
        return first;
    }

    /** The last month in which no less is known to come. */
    YearMonth last(MemberCard card, YearMonth month, Shares.OfCard granted) {
        if (pooled(month)) {
            // Next month's pool is not known.
            return month;
        }
        YearMonth end = enrolled.last().orElse(month.withMonth(Month.DECEMBER.getValue()));
        YearMonth last = month;
        while (last.isBefore(end) && noLess(card, last.plusMonths(1), granted)) {
            last = last.plusMonths(1);
        }
        return last;
    }

    private boolean same(MemberCard card, YearMonth month, Shares.OfCard granted) {
        return !month.isBefore(enrolled.joined())
                && granted.equals(in(month).ofCard().get(card.id()));
    }

    private boolean noLess(MemberCard card, YearMonth month, Shares.OfCard granted) {
        Shares.OfCard then = in(month).ofCard().get(card.id());
        return then != null
                && then.amountCents() >= granted.amountCents()
                && then.earnableCents() >= granted.earnableCents()
                && then.keepCents() >= granted.keepCents()
                && then.pointOfSale() == granted.pointOfSale();
    }

    private Shares in(YearMonth month) {
        return known.computeIfAbsent(month, one -> Shares.of(schemes.in(one), enrolled, one, 0));
    }

    private boolean pooled(YearMonth month) {
        return schemes.in(month).allocation().basis() instanceof Allocation.Basis.PooledMean;
    }
}

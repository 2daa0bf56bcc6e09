package etal.protocol.roster;

import etal.protocol.card.Balances;
import etal.protocol.scheme.Admission;
import etal.protocol.scheme.Contribution;
import etal.protocol.scheme.Contribution.Basis;
import etal.protocol.scheme.Household;
import etal.protocol.scheme.Scheme;
import java.time.YearMonth;

/** What a household may choose and change under a scheme, and when; whatever is refused says what is allowed. Stateless. */
public final class Choices {
    private Choices() {}

    /** The answer to a choice. */
    public sealed interface Answer {
        /** It may be so. */
        record Accepted() implements Answer {}

        /** The amount is outside its bounds: from, to. */
        record OutsideBounds(Contribution.Range allowed) implements Answer {}

        /** The amount may be changed from this month on, not before. */
        record NotBeforeReview(YearMonth possibleFrom) implements Answer {}

        /** It has promised to stay through this month at least. */
        record Committed(YearMonth earliestLast) implements Answer {}

        /** The group is closed: who takes part came in with its first month. */
        record GroupClosed(YearMonth first) implements Answer {}

        /** The fund has no month left after this one. */
        record TermOver(YearMonth last) implements Answer {}

        /** The fund has so many places, and all are taken. */
        record Full(int placesMost) implements Answer {}

        /** Households come in by a draw. */
        record ByDrawOnly() implements Answer {}

        /** The fund has no supporters who give without taking part. */
        record NoSupporters() implements Answer {}

        /** A household has at most so many cards at a time. */
        record TooManyCards(int cardsMost) implements Answer {}
    }

    private static final Answer ACCEPTED = new Answer.Accepted();

    /**
     * The amounts among which a household may choose.
     *
     * @param promise tells the bracket if there is a grid; a share of an income can only be looked up with the income
     */
    public static Contribution.Range bounds(Scheme scheme, Household household, Promise promise) {
        Contribution rules = scheme.contribution();
        if (promise.kind() instanceof Promise.Kind.Bracket) {
            long ownCents = promise.amountCents(rules, household.traits());
            return new Contribution.Range(ownCents, rules.overContribution() ? Balances.PURSE_MAX : ownCents);
        }
        return switch (rules.basis()) {
            case Basis.Grid grid -> new Contribution.Range(grid.leastCents(), grid.mostCents());
            case Basis.IncomeShare share -> new Contribution.Range(share.leastCents(), share.mostCents());
            default -> rules.range(household, 0, Balances.PURSE_MAX);
        };
    }

    /** A first amount. */
    public static Answer amount(Scheme scheme, Household household, Promise promise, long amountCents) {
        Contribution.Range range = bounds(scheme, household, promise);
        return range.holds(amountCents) ? ACCEPTED : new Answer.OutsideBounds(range);
    }

    /** What a supporter gives, who takes no part. */
    public static Answer support(Scheme scheme, long amountCents) {
        long leastCents = scheme.contribution().supportersLeastCents();
        if (leastCents < 0) {
            return new Answer.NoSupporters();
        }
        Contribution.Range range = new Contribution.Range(leastCents, Balances.PURSE_MAX);
        return range.holds(amountCents) ? ACCEPTED : new Answer.OutsideBounds(range);
    }

    /** Another amount from that month on; the review comes so many months after the first month of the old one. */
    public static Answer change(Scheme scheme, Enrolled enrolled, long amountCents, YearMonth from) {
        YearMonth review =
                enrolled.promise().since().plusMonths(scheme.commitment().reviewMonths());
        if (from.isBefore(review)) {
            return new Answer.NotBeforeReview(review);
        }
        if (enrolled.supporter()) {
            return support(scheme, amountCents);
        }
        return enrolled.countedIn(from)
                .map(household -> amount(scheme, household, enrolled.promise(), amountCents))
                .orElse(ACCEPTED);
    }

    /** Leaving with the end of that month. */
    public static Answer leave(Scheme scheme, Enrolled enrolled, YearMonth last) {
        int months = Math.max(1, scheme.commitment().months());
        YearMonth committed = enrolled.joined().plusMonths(months - 1L);
        YearMonth earliest =
                enrolled.commitmentEnd().filter(end -> end.isAfter(committed)).orElse(committed);
        return last.isBefore(earliest) ? new Answer.Committed(earliest) : ACCEPTED;
    }

    /**
     * Coming in with that month without a draw.
     *
     * @param members households that are in already
     */
    public static Answer join(Scheme scheme, YearMonth month, int members) {
        Admission admission = scheme.admission();
        if (admission.term().isPresent()) {
            Admission.Term term = admission.term().get();
            if (month.isAfter(term.last())) {
                return new Answer.TermOver(term.last());
            }
            if (admission.way() instanceof Admission.Way.Closed && month.isAfter(term.first())) {
                return new Answer.GroupClosed(term.first());
            }
        }
        if (admission.way() instanceof Admission.Way.Draw) {
            return new Answer.ByDrawOnly();
        }
        return members >= admission.placesMost() ? new Answer.Full(admission.placesMost()) : ACCEPTED;
    }

    /** A further card from its first month on. */
    public static Answer card(Scheme scheme, Enrolled enrolled, MemberCard further) {
        int cardsMost = scheme.card().cardsMost();
        return enrolled.cardsIn(further.first()).size() >= cardsMost ? new Answer.TooManyCards(cardsMost) : ACCEPTED;
    }
}

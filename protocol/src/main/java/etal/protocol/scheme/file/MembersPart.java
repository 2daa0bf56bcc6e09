package etal.protocol.scheme.file;

import etal.protocol.card.Balances;
import etal.protocol.reading.Phrase;
import etal.protocol.reading.Section;
import etal.protocol.scheme.Admission;
import etal.protocol.scheme.Funding;
import etal.protocol.scheme.Scheme;
import java.util.List;
import java.util.Optional;

/** Reads the sections {@code commitment}, {@code admission} and {@code funding}. Immutable. */
record MembersPart(Amounts amounts) {
    static final Scheme.Commitment NO_COMMITMENT = new Scheme.Commitment(0, 0);
    static final Admission OPEN = new Admission(new Admission.Way.Open(), Admission.NO_LIMIT, Optional.empty());
    static final Funding NO_FUNDING = new Funding(List.of(), Optional.empty(), Optional.empty(), List.of());
    private static final int MONTHS_MAX = 120;
    private static final int PLACES_MAX = 1_000_000;

    static Scheme.Commitment commitment(Section section) {
        Scheme.Commitment read = new Scheme.Commitment(
                Amounts.whole(section, "months", 0, MONTHS_MAX, 0), Amounts.whole(section, "review", 0, MONTHS_MAX, 0));
        section.close();
        return read;
    }

    Admission admission(Section section) {
        String kind = section.word("kind", List.of("open", "closed", "draw"));
        Admission.Way way = switch (kind) {
            case "closed" -> new Admission.Way.Closed();
            case "draw" ->
                new Admission.Way.Draw(
                        section.text("seedSource", Amounts.TEXT, Amounts.TEXT_ALLOWED),
                        Amounts.whole(section, "drawMost", 1, PLACES_MAX, PLACES_MAX),
                        section.has("quotas")
                                ? section.sections(
                                        "quotas",
                                        0,
                                        20,
                                        quota -> new Admission.Quota(
                                                Amounts.id(quota, "group"), Amounts.percent(quota, "percent")))
                                : List.of(),
                        reserve(section.section("reserve")));
            default -> new Admission.Way.Open();
        };
        boolean term = section.has("first") | section.has("last") || kind.equals("closed");
        Admission read = new Admission(
                way,
                Amounts.whole(section, "places", 1, PLACES_MAX, Admission.NO_LIMIT),
                term
                        ? Optional.of(new Admission.Term(section.month("first"), section.month("last")))
                        : Optional.empty());
        section.close();
        return read;
    }

    private Admission.Reserve reserve(Section section) {
        Admission.Reserve read = new Admission.Reserve(
                amounts.of(section, "available"),
                amounts.of(section, "floor"),
                (int) section.whole("monthsAhead", 1, 60),
                (int) section.whole("spentPercent", 0, Amounts.PERCENT_MAX),
                amounts.of(section, "monthlyIncome", 0),
                amounts.of(section, "monthlyCost", 0));
        section.close();
        return read;
    }

    Funding funding(Section section) {
        Funding read = new Funding(
                section.has("funders") ? section.sections("funders", 0, 50, MembersPart::funder) : List.of(),
                section.has("payback") ? Optional.of(payback(section.section("payback"))) : Optional.empty(),
                section.has("attendance") ? Optional.of(attendance(section.section("attendance"))) : Optional.empty(),
                section.has("sisters") ? section.sections("sisters", 0, 50, this::sister) : List.of());
        section.close();
        return read;
    }

    private static Funding.Funder funder(Section section) {
        return new Funding.Funder(
                Amounts.id(section, "id"),
                Amounts.name(section),
                section.word("pays", List.of("allocation", "bonus")).equals("bonus")
                        ? Funding.Pays.BONUS
                        : Funding.Pays.ALLOCATION,
                Amounts.percent(section, "percent"));
    }

    private static Funding.Payback payback(Section section) {
        Funding.Payback read = new Funding.Payback((int) section.whole("percent", 1, Amounts.PERCENT_MAX));
        section.close();
        return read;
    }

    private Funding.Attendance attendance(Section section) {
        Funding.Attendance read = new Funding.Attendance(
                section.sections(
                        "meetings",
                        1,
                        20,
                        meeting -> new Funding.Attendance.Meeting(
                                Amounts.id(meeting, "id"), Amounts.name(meeting), amounts.of(meeting, "amount"))),
                Amounts.flag(section, "onCard"));
        section.close();
        return read;
    }

    private Funding.Sister sister(Section section) {
        return new Funding.Sister(
                section.whole("fund", 1, Amounts.NUMBER_MAX),
                Amounts.name(section),
                amounts.of(section, "saleMost", Balances.PURSE_MAX));
    }

    /** What does not fit together, each part being well-formed. */
    static void check(Section section, Admission admission) {
        admission.term().ifPresent(term -> {
            if (term.last().isBefore(term.first())) {
                section.refuse("last", "before first", "the same month or a later one");
            }
        });
        if (admission.way() instanceof Admission.Way.Draw draw) {
            if (draw.quotas().stream().mapToInt(Admission.Quota::percent).sum() > Amounts.PERCENT_MAX) {
                section.refuse("quotas", "more than 100 % together", "at most 100 %");
            }
            if (Checks.twice(draw.quotas(), Admission.Quota::group)) {
                section.refuse("quotas", "a group twice", "each group once");
            }
        }
    }

    /** What does not fit together, each part being well-formed. */
    static void check(Section section, Funding funding) {
        if (Checks.twice(funding.funders(), Funding.Funder::id)) {
            section.refuse("funders", "an id twice", "each id once");
        }
        for (Funding.Pays pays : Funding.Pays.values()) {
            int percent = funding.funders().stream()
                    .filter(funder -> funder.pays() == pays)
                    .mapToInt(Funding.Funder::percent)
                    .sum();
            if (percent > Amounts.PERCENT_MAX) {
                section.refuse("funders", Phrase.of("{0} % of the same together", percent), Phrase.of("at most 100 %"));
            }
        }
    }
}

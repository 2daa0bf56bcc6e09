package etal.protocol.explain;

import etal.protocol.scheme.Contribution;
import etal.protocol.scheme.Contribution.Basis;
import etal.protocol.scheme.Scheme;
import java.math.BigDecimal;
import java.util.Locale;

/** What a household pays, and for how long. Stateless. */
final class ContributionTold {
    private ContributionTold() {}

    static Paragraph of(Scheme scheme) {
        Telling telling = new Telling(scheme);
        Contribution contribution = scheme.contribution();
        basis(contribution.basis(), telling);
        modulators(contribution, telling);
        contribution
                .hours()
                .ifPresent(hours ->
                        telling.say("contribution.hours", "contribution.hours", hours.hourCents(), hours.hoursMost()));
        if (contribution.supportersLeastCents() >= 0) {
            telling.say("contribution.supporters", "contribution.supporters", contribution.supportersLeastCents());
        }
        if (contribution.overContribution()) {
            telling.say("contribution.overContribution", "contribution.over");
        }
        if (contribution.budgetPercent() > 0) {
            telling.say("contribution.budgetPercent", "contribution.budget", contribution.budgetPercent());
        }
        if (contribution.expectedMeanCents() > 0) {
            telling.say("contribution.expectedMean", "contribution.mean", contribution.expectedMeanCents());
        }
        if (scheme.commitment().months() > 0) {
            telling.say(
                    "commitment.months",
                    "commitment.months",
                    scheme.commitment().months());
        }
        if (scheme.commitment().reviewMonths() > 0) {
            telling.say(
                    "commitment.review",
                    "commitment.review",
                    scheme.commitment().reviewMonths());
        }
        return telling.under("contribution");
    }

    private static void basis(Basis basis, Telling telling) {
        switch (basis) {
            case Basis.None none -> telling.say("contribution", "contribution.none");
            case Basis.Free free -> {
                telling.say(
                        "contribution.kind contribution.least contribution.most",
                        "contribution.free",
                        free.leastCents(),
                        free.mostCents());
                if (free.leastFurtherPersonCents() > 0) {
                    telling.say(
                            "contribution.leastFurtherPerson",
                            "contribution.free.further",
                            free.leastFurtherPersonCents());
                }
            }
            case Basis.Fixed fixed -> {
                telling.say(
                        "contribution.kind contribution.firstPerson",
                        fixed.furtherPersonCents() > 0 ? "contribution.fixed.persons" : "contribution.fixed",
                        fixed.firstPersonCents(),
                        fixed.furtherPersonCents());
            }
            case Basis.IncomeShare share -> {
                telling.say(
                        "contribution.kind contribution.permille contribution.least contribution.most",
                        "contribution.incomeShare",
                        BigDecimal.valueOf(share.permille(), 1),
                        share.leastCents(),
                        share.mostCents());
                rounding(share.rounding(), telling);
            }
            case Basis.Grid grid -> grid(grid, telling);
        }
    }

    private static void grid(Basis.Grid grid, Telling telling) {
        boolean quotient = grid.measure() == Contribution.Measure.QUOTIENT;
        telling.say("contribution.kind", quotient ? "contribution.grid.quotient" : "contribution.grid.income");
        Contribution.Parts parts = grid.parts();
        if (!quotient) {
            telling.say("contribution.furtherPersonPercent", "contribution.parts", parts.furtherPersonPercent());
        }
        if (parts.childUnderYears() > 0) {
            telling.say(
                    "contribution.childPercent contribution.childUnder",
                    "contribution.parts.child",
                    parts.childUnderYears(),
                    parts.childPercent());
        }
        for (Contribution.Bracket bracket : grid.brackets()) {
            telling.say(
                    "contribution.brackets", "contribution.bracket", bracket.incomeFromCents(), bracket.amountCents());
        }
        rounding(grid.rounding(), telling);
        telling.say("contribution.least contribution.most", "contribution.bounds", grid.leastCents(), grid.mostCents());
    }

    private static void rounding(Contribution.RoundTo rounding, Telling telling) {
        if (!rounding.equals(Contribution.RoundTo.CENT)) {
            telling.say(
                    "contribution.rounding",
                    "contribution.rounding." + rounding.way().name().toLowerCase(Locale.ROOT),
                    rounding.cents());
        }
    }

    private static void modulators(Contribution contribution, Telling telling) {
        for (Contribution.Modulator modulator : contribution.modulators()) {
            String direction = modulator.changeCents() < 0 || modulator.changePercent() < 0 ? "less" : "more";
            if (modulator.changePercent() != 0) {
                telling.say(
                        "contribution.modulators",
                        "contribution.modulator.percent." + direction,
                        modulator.name(),
                        Math.abs(modulator.changePercent()),
                        modulator.id());
            } else {
                telling.say(
                        "contribution.modulators",
                        "contribution.modulator." + direction,
                        modulator.name(),
                        Math.abs(modulator.changeCents()),
                        modulator.id());
            }
        }
    }
}

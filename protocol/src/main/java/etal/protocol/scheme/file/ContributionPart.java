package etal.protocol.scheme.file;

import etal.protocol.reading.Section;
import etal.protocol.scheme.Contribution;
import etal.protocol.scheme.Contribution.Basis;
import java.util.List;
import java.util.Optional;

/** Reads the section {@code contribution}. Immutable. */
record ContributionPart(Amounts amounts) {
    private static final List<String> KINDS = List.of("none", "free", "fixed", "incomeShare", "grid");
    private static final int HOURS_MAX = 200;

    /** A fund that asks for nothing. */
    static final Contribution NONE = new Contribution(new Basis.None(), Optional.empty(), -1, false, 0, 0);

    Contribution read(Section section) {
        Basis basis = basis(section);
        Optional<Contribution.Hours> hours =
                section.has("hours") ? Optional.of(hours(section.section("hours"))) : Optional.empty();
        long supportersCents = section.has("supporters") ? supporters(section.section("supporters")) : -1;
        Contribution read = new Contribution(
                basis,
                hours,
                supportersCents,
                Amounts.flag(section, "overContribution"),
                Amounts.whole(section, "budgetPercent", 0, Amounts.PERCENT_MAX, 0),
                amounts.of(section, "expectedMean", 0));
        section.close();
        return read;
    }

    private Basis basis(Section section) {
        return switch (section.word("kind", KINDS)) {
            case "free" ->
                new Basis.Free(
                        amounts.of(section, "least"),
                        amounts.of(section, "leastFurtherPerson", 0),
                        amounts.of(section, "most"));
            case "fixed" ->
                new Basis.Fixed(amounts.of(section, "firstPerson"), amounts.of(section, "furtherPerson", 0));
            case "incomeShare" ->
                new Basis.IncomeShare(
                        (int) section.whole("permille", 1, 1_000),
                        amounts.of(section, "least"),
                        amounts.of(section, "most"));
            case "grid" ->
                new Basis.Grid(
                        (int) section.whole("furtherPersonPercent", 0, Amounts.PERCENT_MAX),
                        section.sections(
                                "brackets",
                                1,
                                50,
                                bracket -> new Contribution.Bracket(
                                        amounts.of(bracket, "incomeFrom"), amounts.of(bracket, "amount"))),
                        section.has("modulators") ? section.sections("modulators", 0, 20, this::modulator) : List.of(),
                        amounts.of(section, "least"),
                        amounts.of(section, "most"));
            default -> new Basis.None();
        };
    }

    private Contribution.Modulator modulator(Section section) {
        return new Contribution.Modulator(
                Amounts.id(section, "id"), Amounts.name(section), amounts.signed(section, "change"));
    }

    private Contribution.Hours hours(Section section) {
        Contribution.Hours read =
                new Contribution.Hours(amounts.of(section, "value"), (int) section.whole("most", 1, HOURS_MAX));
        section.close();
        return read;
    }

    private long supporters(Section section) {
        long leastCents = amounts.of(section, "least");
        section.close();
        return leastCents;
    }

    /** What does not fit together, each part being well-formed. */
    static void check(Section section, Contribution contribution) {
        switch (contribution.basis()) {
            case Basis.Grid grid -> {
                checkBrackets(section, grid.brackets());
                checkBounds(section, grid.leastCents(), grid.mostCents());
                if (Checks.twice(grid.modulators(), Contribution.Modulator::id)) {
                    section.refuse("modulators", "an id twice", "each id once");
                }
            }
            case Basis.Free free -> checkBounds(section, free.leastCents(), free.mostCents());
            case Basis.IncomeShare share -> checkBounds(section, share.leastCents(), share.mostCents());
            default -> {}
        }
    }

    private static void checkBounds(Section section, long leastCents, long mostCents) {
        if (leastCents > mostCents) {
            section.refuse("least", "more than most", "at most contribution.most");
        }
    }

    private static void checkBrackets(Section section, List<Contribution.Bracket> brackets) {
        for (int index = 0; index < brackets.size(); index++) {
            long from = brackets.get(index).incomeFromCents();
            boolean rising =
                    index == 0 ? from == 0 : from > brackets.get(index - 1).incomeFromCents();
            if (!rising) {
                String found = "bracket " + (index + 1) + " out of order";
                section.refuse("brackets", found, "incomeFrom 0 in the first, then rising");
                return;
            }
        }
    }
}

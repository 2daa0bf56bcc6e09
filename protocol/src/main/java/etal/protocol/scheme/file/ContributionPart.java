package etal.protocol.scheme.file;

import etal.protocol.reading.Phrase;
import etal.protocol.reading.Section;
import etal.protocol.scheme.Contribution;
import etal.protocol.scheme.Contribution.Basis;
import etal.protocol.scheme.Household;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the section {@code contribution}. Immutable. */
record ContributionPart(Amounts amounts) {
    private static final List<String> KINDS = List.of("none", "free", "fixed", "incomeShare", "grid");
    private static final int HOURS_MAX = 200;
    private static final long ROUND_TO_MAX_CENTS = 100_000;
    private static final Contribution.Parts NO_PARTS = new Contribution.Parts(0, 0, 0);

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
                new Basis.Fixed(
                        amounts.of(section, "firstPerson"),
                        amounts.of(section, "furtherPerson", 0),
                        modulators(section));
            case "incomeShare" ->
                new Basis.IncomeShare(
                        (int) section.whole("permille", 1, 1_000),
                        amounts.of(section, "least"),
                        amounts.of(section, "most"),
                        rounding(section));
            case "grid" -> grid(section);
            default -> new Basis.None();
        };
    }

    private Basis grid(Section section) {
        boolean quotient = section.has("measure")
                && section.word("measure", List.of("income", "quotient")).equals("quotient");
        String from = quotient ? "quotientFrom" : "incomeFrom";
        return new Basis.Grid(
                quotient ? Contribution.Measure.QUOTIENT : Contribution.Measure.INCOME,
                quotient ? NO_PARTS : parts(section),
                section.sections("brackets", 1, 50, bracket -> bracket(bracket, from)),
                modulators(section),
                rounding(section),
                amounts.of(section, "least"),
                amounts.of(section, "most"));
    }

    private Contribution.Bracket bracket(Section section, String from) {
        String other = from.equals("incomeFrom") ? "quotientFrom" : "incomeFrom";
        if (!section.has(from) && section.has(other)) {
            section.refuse(
                    other,
                    Phrase.of("a bracket of the other measure"),
                    Phrase.of("{0}, or another contribution.measure", from));
            return new Contribution.Bracket(0, amounts.of(section, "amount"));
        }
        return new Contribution.Bracket(amounts.of(section, from), amounts.of(section, "amount"));
    }

    private static Contribution.Parts parts(Section section) {
        int furtherPercent = (int) section.whole("furtherPersonPercent", 0, Amounts.PERCENT_MAX);
        boolean children = section.has("childPercent") | section.has("childUnder");
        return new Contribution.Parts(
                furtherPercent,
                children ? Amounts.percent(section, "childPercent") : furtherPercent,
                children ? (int) section.whole("childUnder", 1, Household.YEARS_MAX) : 0);
    }

    private Contribution.RoundTo rounding(Section contribution) {
        if (!contribution.has("rounding")) {
            return Contribution.RoundTo.CENT;
        }
        Section section = contribution.section("rounding");
        long toCents = section.cents("to", amounts.decimals(), 1, ROUND_TO_MAX_CENTS);
        Contribution.RoundTo.Way way = Contribution.RoundTo.Way.valueOf(
                section.word("way", List.of("down", "nearest", "up")).toUpperCase(Locale.ROOT));
        section.close();
        return new Contribution.RoundTo(toCents, way);
    }

    private List<Contribution.Modulator> modulators(Section section) {
        return section.has("modulators") ? section.sections("modulators", 0, 20, this::modulator) : List.of();
    }

    /** An amount, or a share of what would be paid without modulators. */
    private Contribution.Modulator modulator(Section section) {
        String id = Amounts.id(section, "id");
        String name = Amounts.name(section);
        return section.has("changePercent")
                ? new Contribution.Modulator(
                        id, name, 0, (int) section.whole("changePercent", -Amounts.PERCENT_MAX, Amounts.PERCENT_MAX))
                : new Contribution.Modulator(id, name, amounts.signed(section, "change"));
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
                String from = grid.measure() == Contribution.Measure.QUOTIENT ? "quotientFrom" : "incomeFrom";
                checkBrackets(section, grid.brackets(), from);
                checkBounds(section, grid.leastCents(), grid.mostCents());
                checkModulators(section, grid.modulators());
            }
            case Basis.Fixed fixed -> checkModulators(section, fixed.modulators());
            case Basis.Free free -> checkBounds(section, free.leastCents(), free.mostCents());
            case Basis.IncomeShare share -> checkBounds(section, share.leastCents(), share.mostCents());
            default -> {}
        }
    }

    private static void checkModulators(Section section, List<Contribution.Modulator> modulators) {
        if (Checks.twice(modulators, Contribution.Modulator::id)) {
            section.refuse("modulators", "an id twice", "each id once");
        }
    }

    private static void checkBounds(Section section, long leastCents, long mostCents) {
        if (leastCents > mostCents) {
            section.refuse("least", "more than most", "at most contribution.most");
        }
    }

    private static void checkBrackets(Section section, List<Contribution.Bracket> brackets, String name) {
        for (int index = 0; index < brackets.size(); index++) {
            long from = brackets.get(index).incomeFromCents();
            boolean rising =
                    index == 0 ? from == 0 : from > brackets.get(index - 1).incomeFromCents();
            if (!rising) {
                Phrase found = Phrase.of("bracket {0} out of order", index + 1);
                section.refuse("brackets", found, Phrase.of("{0} 0 in the first, then rising", name));
                return;
            }
        }
    }
}

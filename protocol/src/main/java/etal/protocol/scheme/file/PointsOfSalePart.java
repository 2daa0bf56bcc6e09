package etal.protocol.scheme.file;

import etal.protocol.reading.Phrase;
import etal.protocol.reading.Section;
import etal.protocol.scheme.PointsOfSale;
import etal.protocol.scheme.PointsOfSale.Criteria;
import etal.protocol.scheme.PointsOfSale.Grid;
import etal.protocol.scheme.PointsOfSale.KindRate;
import etal.protocol.scheme.PointsOfSale.Registered;
import etal.protocol.scheme.PointsOfSale.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads {@code convention.pointsOfSale}: the word {@code enrolled}, a list of numbers, or a mapping with a register of
 * points of sale and the rules for them. Stateless.
 */
final class PointsOfSalePart {
    private static final String FIELD = "pointsOfSale";
    private static final Pattern ENROLLED = Pattern.compile("enrolled");
    private static final int POINTS_MAX = 1_000;
    private static final int CRITERIA_MAX = 50;

    private PointsOfSalePart() {}

    static PointsOfSale read(Section convention) {
        if (convention.isList(FIELD)) {
            List<Registered> listed = convention.wholes(FIELD, POINTS_MAX, 1, Amounts.NUMBER_MAX).stream()
                    .map(id -> new Registered(id, "", Amounts.PERCENT_MAX, List.of(), new TreeMap<>()))
                    .toList();
            return new PointsOfSale(listed, 0, List.of(), Optional.empty(), Optional.empty(), List.of(), false);
        }
        if (convention.isScalar(FIELD)) {
            convention.text(FIELD, ENROLLED, "enrolled, a list of numbers, or a mapping with register");
            return PointsOfSale.ENROLLED;
        }
        return mapping(convention.section(FIELD));
    }

    private static PointsOfSale mapping(Section section) {
        Optional<Criteria> criteria =
                section.has("criteria") ? Optional.of(criteria(section.section("criteria"))) : Optional.empty();
        Optional<Grid> grid = section.has("grid") ? Optional.of(grid(section.section("grid"))) : Optional.empty();
        PointsOfSale read = new PointsOfSale(
                section.has("register")
                        ? section.sections("register", 0, POINTS_MAX, point -> registered(point, criteria, grid))
                        : List.of(),
                Amounts.percent(section, "others"),
                section.has("kinds")
                        ? section.sections(
                                "kinds",
                                1,
                                20,
                                kind -> new KindRate(Amounts.id(kind, "kind"), Amounts.percent(kind, "coverage")))
                        : List.of(),
                criteria,
                grid,
                section.has("simplified")
                        ? section.texts("simplified", 1, 20, Amounts.ID, Amounts.ID_ALLOWED)
                        : List.of(),
                Amounts.flag(section, "chosen"));
        section.close();
        return read;
    }

    private static Registered registered(Section section, Optional<Criteria> criteria, Optional<Grid> grid) {
        List<String> meets = List.of();
        if (criteria.isPresent() && section.has("meets")) {
            meets = section.words("meets", 0, criteria.get().names());
        }
        SortedMap<String, Integer> scores = new TreeMap<>();
        if (grid.isPresent() && section.has("scores")) {
            scores = scores(section.section("scores"), grid.get());
        }
        // The name is for those who read the file; nothing is reckoned with it.
        if (section.has("name")) {
            Amounts.name(section);
        }
        return new Registered(
                section.whole("id", 1, Amounts.NUMBER_MAX),
                section.has("kind") ? Amounts.id(section, "kind") : "",
                Amounts.whole(section, "coverage", 0, Amounts.PERCENT_MAX, Amounts.PERCENT_MAX),
                meets,
                scores);
    }

    private static SortedMap<String, Integer> scores(Section section, Grid grid) {
        SortedMap<String, Integer> scores = new TreeMap<>();
        for (Grid.Category category : grid.categories()) {
            for (String criterion : category.criteria()) {
                if (section.has(criterion)) {
                    scores.put(criterion, (int) section.whole(criterion, 0, grid.scoreMost()));
                }
            }
        }
        section.close();
        return scores;
    }

    private static Criteria criteria(Section section) {
        Criteria read = new Criteria(
                section.texts("names", 1, CRITERIA_MAX, Amounts.ID, Amounts.ID_ALLOWED),
                steps(section, "met", CRITERIA_MAX));
        section.close();
        return read;
    }

    private static Grid grid(Section section) {
        Grid read = new Grid(
                (int) section.whole("scoreMost", 1, 100),
                section.sections(
                        "categories",
                        1,
                        20,
                        category -> new Grid.Category(
                                Amounts.id(category, "id"),
                                Amounts.name(category),
                                category.texts("criteria", 1, CRITERIA_MAX, Amounts.ID, Amounts.ID_ALLOWED))),
                steps(section, "percent", Amounts.PERCENT_MAX),
                Amounts.whole(section, "categoryLeast", 0, Amounts.PERCENT_MAX, 0));
        List<String> criteria = new ArrayList<>();
        read.categories().forEach(category -> criteria.addAll(category.criteria()));
        if (Checks.twice(criteria, name -> name)) {
            section.refuse("categories", "a criterion twice", "each criterion in one category");
        }
        section.close();
        return read;
    }

    private static List<Step> steps(Section section, String from, int most) {
        List<Step> steps = section.sections(
                "steps", 1, 20, step -> new Step((int) step.whole(from, 0, most), Amounts.percent(step, "coverage")));
        for (int at = 1; at < steps.size(); at++) {
            if (steps.get(at).from() <= steps.get(at - 1).from()) {
                section.refuse("steps", Phrase.of("step {0} out of order", at + 1), Phrase.of("{0} that rises", from));
                break;
            }
        }
        return steps;
    }

    /** What does not fit together, each part being well-formed. */
    static void check(Section convention, PointsOfSale points) {
        if (Checks.twice(points.register(), Registered::id)) {
            convention.refuse(FIELD, "a number twice in register", "each point of sale once");
        }
        if (Checks.twice(points.kinds(), KindRate::kind)) {
            convention.refuse(FIELD, "a kind twice in kinds", "each kind once");
        }
    }
}

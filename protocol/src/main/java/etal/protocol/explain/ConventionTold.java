package etal.protocol.explain;

import etal.protocol.Said;
import etal.protocol.scheme.Convention;
import etal.protocol.scheme.PointsOfSale;
import etal.protocol.scheme.Scheme;
import java.util.List;

/** What the card pays for, and where. Stateless. */
final class ConventionTold {
    private static final int ALL_PERCENT = 100;
    private static final String POINTS = "convention.pointsOfSale";

    private ConventionTold() {}

    static Paragraph of(Scheme scheme) {
        Telling telling = new Telling(scheme);
        Convention convention = scheme.convention();
        points(convention.pointsOfSale(), telling);
        telling.say("-", "convention.list");
        for (Convention.Family family : convention.families()) {
            String key = key("convention.family", family.coveragePercent());
            telling.say("convention.families", key, family.family(), family.coveragePercent());
        }
        if (convention.otherFamiliesPercent() < ALL_PERCENT) {
            String key = key("convention.others", convention.otherFamiliesPercent());
            telling.say("convention.otherFamilies", key, "", convention.otherFamiliesPercent());
        }
        convention.labels().ifPresent(labels -> {
            for (Convention.Labels.Rate rate : labels.rates()) {
                telling.say("convention.labels", "convention.label", rate.label(), rate.coveragePercent());
            }
            telling.say("convention.labels", "convention.label.without", labels.withoutPercent());
        });
        telling.say("-", "convention.lowest");
        return telling.under("convention");
    }

    /** Nothing and everything are said otherwise than a part. */
    private static String key(String key, int percent) {
        return switch (percent) {
            case 0 -> key + ".never";
            case ALL_PERCENT -> key + ".wholly";
            default -> key;
        };
    }

    private static void points(PointsOfSale points, Telling telling) {
        if (points.equals(PointsOfSale.ENROLLED)) {
            telling.say(POINTS, "points.enrolled");
            return;
        }
        telling.say(
                POINTS + ".others",
                key("points.others", points.unregisteredPercent()),
                "",
                points.unregisteredPercent());
        for (PointsOfSale.KindRate kind : points.kinds()) {
            telling.say(POINTS + ".kinds", "points.kind", kind.kind(), kind.coveragePercent());
        }
        points.criteria().ifPresent(criteria -> {
            telling.say(POINTS + ".criteria.names", "points.criteria", criteria.names());
            for (PointsOfSale.Step step : criteria.steps()) {
                telling.say(POINTS + ".criteria.steps", "points.criteria.step", step.from(), step.coveragePercent());
            }
        });
        points.grid().ifPresent(grid -> grid(grid, telling));
        if (!points.simplifiedKinds().isEmpty()) {
            telling.say(POINTS + ".simplified", "points.simplified", points.simplifiedKinds());
        }
        if (points.chosenOnly()) {
            telling.say(POINTS + ".chosen", "points.chosen");
        }
        points.register().forEach(point -> registered(point, points, telling));
    }

    private static void grid(PointsOfSale.Grid grid, Telling telling) {
        telling.say(POINTS + ".grid.scoreMost", "points.grid", grid.scoreMost());
        for (PointsOfSale.Grid.Category category : grid.categories()) {
            telling.say(
                    POINTS + ".grid.categories",
                    "points.grid.category",
                    category.name(),
                    category.criteria(),
                    category.id());
        }
        for (PointsOfSale.Step step : grid.steps()) {
            telling.say(POINTS + ".grid.steps", "points.grid.step", step.from(), step.coveragePercent());
        }
        if (grid.categoryLeastPercent() > 0) {
            telling.say(POINTS + ".grid.categoryLeast", "points.grid.least", grid.categoryLeastPercent());
        }
    }

    private static void registered(PointsOfSale.Registered point, PointsOfSale points, Telling telling) {
        String field = POINTS + ".register";
        String number = String.valueOf(point.id());
        int percent = points.coveragePercent(point.id());
        if (point.kind().isEmpty()) {
            telling.say(field, "points.point", number, percent);
        } else {
            telling.say(field, "points.point.kind", number, percent, point.kind());
        }
        if (point.coveragePercent() < ALL_PERCENT) {
            telling.say(field, "points.point.most", number, point.coveragePercent());
        }
        if (!point.meets().isEmpty()) {
            telling.say(field, "points.point.meets", number, point.meets());
        }
        if (!point.scores().isEmpty()) {
            List<Said> scores = point.scores().entrySet().stream()
                    .map(score -> Said.of("explain.points.point.score", score.getKey(), score.getValue()))
                    .toList();
            telling.say(field, "points.point.scores", number, scores);
        }
    }
}

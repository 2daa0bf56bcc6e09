package etal.protocol.scheme;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the card pays, and how much of a covered line. Immutable.
 *
 * @param register the points of sale the fund knows, with what it has found about them
 * @param unregisteredPercent the rate of those not in the register
 * @param kinds rates by kind; a kind not named has 100 %
 * @param criteria rates by the number of criteria met, if the scheme counts them
 * @param grid rates by a grid of scores, if the scheme has one
 * @param simplifiedKinds kinds that need neither criteria nor grid
 * @param chosenOnly whether each card pays only at the one its household has chosen
 */
public record PointsOfSale(
        List<Registered> register,
        int unregisteredPercent,
        List<KindRate> kinds,
        Optional<Criteria> criteria,
        Optional<Grid> grid,
        List<String> simplifiedKinds,
        boolean chosenOnly) {
    /** Every one that the fund has enrolled, at the full rate. */
    public static final PointsOfSale ENROLLED =
            new PointsOfSale(List.of(), 100, List.of(), Optional.empty(), Optional.empty(), List.of(), false);

    /** Takes its own copies of the lists. */
    public PointsOfSale {
        register = List.copyOf(register);
        kinds = List.copyOf(kinds);
        simplifiedKinds = List.copyOf(simplifiedKinds);
    }

    /**
     * What the fund knows of a point of sale.
     *
     * @param id its number in the fund
     * @param kind such as {@code producteur}, empty if none is said
     * @param coveragePercent its own ceiling
     * @param meets the criteria it meets
     * @param scores its points by criterion of the grid
     */
    public record Registered(
            long id, String kind, int coveragePercent, List<String> meets, SortedMap<String, Integer> scores) {
        /** Takes its own copies. */
        public Registered {
            meets = List.copyOf(meets);
            scores = Collections.unmodifiableSortedMap(new TreeMap<>(scores));
        }
    }

    /** The rate of a kind of point of sale. */
    public record KindRate(String kind, int coveragePercent) {}

    /** The highest step reached holds; below the first there is nothing. */
    public record Step(int from, int coveragePercent) {
        static int percent(List<Step> steps, long reached) {
            int percent = 0;
            for (Step step : steps) {
                if (reached >= step.from()) {
                    percent = step.coveragePercent();
                }
            }
            return percent;
        }
    }

    /** So many of these criteria met give so much: {@code from} of a step counts criteria. */
    public record Criteria(List<String> names, List<Step> steps) {
        /** Takes its own copies. */
        public Criteria {
            names = List.copyOf(names);
            steps = List.copyOf(steps);
        }
    }

    /**
     * Categories of criteria, each scored from 0 to {@code scoreMost}: {@code from} of a step is a percentage of all
     * points there are.
     *
     * @param scoreMost the most points of a criterion
     * @param categoryLeastPercent each category must reach this share of its own points, or nothing is covered
     */
    public record Grid(int scoreMost, List<Category> categories, List<Step> steps, int categoryLeastPercent) {
        /** Takes its own copies. */
        public Grid {
            categories = List.copyOf(categories);
            steps = List.copyOf(steps);
        }

        /** A category and its criteria. */
        public record Category(String id, String name, List<String> criteria) {
            /** Takes its own copy. */
            public Category {
                criteria = List.copyOf(criteria);
            }
        }

        int percent(Map<String, Integer> scores) {
            long points = 0;
            long most = 0;
            for (Category category : categories) {
                long reached = category.criteria().stream()
                        .mapToLong(name -> scores.getOrDefault(name, 0))
                        .sum();
                long possible = (long) scoreMost * category.criteria().size();
                if (reached * 100 < categoryLeastPercent * possible) {
                    return 0;
                }
                points += reached;
                most += possible;
            }
            return Step.percent(steps, points * 100 / most);
        }
    }

    /** The kind of a point of sale, empty if the fund has said none. */
    public String kind(long pointOfSale) {
        return find(pointOfSale).map(Registered::kind).orElse("");
    }

    /** What share of a covered line the card pays there, 0 (not at all) to 100. */
    public int coveragePercent(long pointOfSale) {
        Optional<Registered> known = find(pointOfSale);
        if (known.isEmpty()) {
            return unregisteredPercent;
        }
        Registered point = known.get();
        int percent = Math.min(point.coveragePercent(), kindPercent(point.kind()));
        if (simplifiedKinds.contains(point.kind())) {
            return percent;
        }
        if (criteria.isPresent()) {
            long met = criteria.get().names().stream()
                    .filter(point.meets()::contains)
                    .count();
            percent = Math.min(percent, Step.percent(criteria.get().steps(), met));
        }
        return grid.isPresent() ? Math.min(percent, grid.get().percent(point.scores())) : percent;
    }

    private int kindPercent(String kind) {
        return kinds.stream()
                .filter(rate -> rate.kind().equals(kind))
                .findFirst()
                .map(KindRate::coveragePercent)
                .orElse(100);
    }

    private Optional<Registered> find(long pointOfSale) {
        return register.stream().filter(point -> point.id() == pointOfSale).findFirst();
    }
}

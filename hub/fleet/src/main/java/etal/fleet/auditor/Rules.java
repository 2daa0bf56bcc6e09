package etal.fleet.auditor;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A fund's rules as plain words and numbers, as the auditor is told them: no class of the programs is in it. Immutable.
 *
 * @param saleMostCents what the fund pays of one sale at most
 * @param loadCapCents what a card holds at most
 * @param allocationFirst whether the allocation is spent before the bonus
 */
public record Rules(
        Places places,
        Goods goods,
        Optional<Bonus> bonus,
        long saleMostCents,
        long loadCapCents,
        boolean allocationFirst) {
    /**
     * Where the fund pays.
     *
     * @param elsewherePercent at a point of sale that is not in the register
     * @param kinds the rate of each kind of point of sale
     * @param unmeasuredKinds kinds that neither criteria nor grid are asked of
     * @param chosenOnly whether a household pays only where it has chosen to
     */
    public record Places(
            List<Point> register,
            int elsewherePercent,
            Map<String, Integer> kinds,
            Optional<Criteria> criteria,
            Optional<Grid> grid,
            List<String> unmeasuredKinds,
            boolean chosenOnly) {}

    /** A point of sale of the register: what it meets, and its scores by criterion. */
    public record Point(long id, String kind, int percent, List<String> meets, Map<String, Integer> scores) {}

    /** From so many on, so much. */
    public record Step(int from, int percent) {}

    /** Criteria that are met or not, counted. */
    public record Criteria(List<String> names, List<Step> steps) {}

    /** Criteria with scores, by category. */
    public record Grid(int scoreMost, List<List<String>> categories, List<Step> steps, int categoryLeastPercent) {}

    /**
     * What the fund pays for.
     *
     * @param families the rate of each family; of all others {@code otherFamiliesPercent}
     * @param labels the rate of each label, if labels are asked for; without any of them {@code withoutLabelPercent}
     */
    public record Goods(
            Map<String, Integer> families,
            int otherFamiliesPercent,
            Optional<Map<String, Integer>> labels,
            int withoutLabelPercent) {}

    /** What is given on top, for which labels, families and places; where a list is empty, for all. */
    public record Bonus(
            int percent,
            boolean onAllocationOnly,
            List<String> labels,
            List<String> families,
            List<String> kinds,
            List<Long> ids) {}
}

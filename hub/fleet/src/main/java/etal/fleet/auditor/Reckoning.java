package etal.fleet.auditor;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a purchase costs whom under a fund's rules, worked out from the words of the scheme alone, with decimal numbers and
 * without anything of what the programs reckon with. Stateless.
 */
public final class Reckoning {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Reckoning() {}

    /** A line, at the price asked. */
    public record Line(String family, List<String> labels, long priceCents, int listedPercent) {}

    /** What a card holds. */
    public record Purses(long allocation, long bonus, long earnable) {}

    /** Who bears what. */
    public record Shares(long covered, long fromAllocation, long fromBonus, long earned) {
        /** What the card pays. */
        public long card() {
            return fromAllocation + fromBonus;
        }
    }

    /** Reckons a purchase at a point of sale by a card whose household has chosen {@code chosen} (0: none). */
    public static Shares of(Rules rules, long pointOfSale, long chosen, List<Line> lines, Purses purses) {
        List<Rules.Point> entered = rules.places().register().stream()
                .filter(point -> point.id() == pointOfSale)
                .toList();
        boolean shut = rules.places().chosenOnly() && chosen != pointOfSale;
        long all = 0;
        long eligible = 0;
        for (Line line : lines) {
            long covered = shut ? 0 : cents(line.priceCents(), rate(rules, line, entered));
            all += covered;
            if (rules.bonus().isPresent() && earns(rules.bonus().get(), line, pointOfSale, entered)) {
                eligible += covered;
            }
        }
        long most = Math.min(all, rules.saleMostCents());
        long fromAllocation = 0;
        long fromBonus = 0;
        if (rules.allocationFirst()) {
            fromAllocation = Math.min(most, purses.allocation());
            fromBonus = Math.min(most - fromAllocation, purses.bonus());
        } else {
            fromBonus = Math.min(most, purses.bonus());
            fromAllocation = Math.min(most - fromBonus, purses.allocation());
        }
        long earned = eligible == 0 ? 0 : earned(rules, purses, fromAllocation, fromBonus, eligible, all);
        return new Shares(most, fromAllocation, fromBonus, earned);
    }

    private static long earned(
            Rules rules, Purses purses, long fromAllocation, long fromBonus, long eligible, long all) {
        Rules.Bonus bonus = rules.bonus().orElseThrow();
        long paid = bonus.onAllocationOnly() ? fromAllocation : fromAllocation + fromBonus;
        BigDecimal share = BigDecimal.valueOf(paid)
                .multiply(BigDecimal.valueOf(eligible))
                .multiply(BigDecimal.valueOf(bonus.percent()));
        long earned = share.divide(BigDecimal.valueOf(all).multiply(HUNDRED), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
        long held = purses.allocation() + purses.bonus() - fromAllocation - fromBonus;
        long room = Math.max(0, rules.loadCapCents() - held);
        return Math.min(earned, Math.min(room, purses.earnable()));
    }

    private static long cents(long priceCents, int percent) {
        return BigDecimal.valueOf(priceCents)
                .multiply(BigDecimal.valueOf(percent))
                .divide(HUNDRED, 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    /** The lowest of all the rates that somebody has voted for this line here. */
    private static int rate(Rules rules, Line line, List<Rules.Point> entered) {
        List<Integer> rates = new ArrayList<>();
        rates.add(line.listedPercent());
        rates.add(rules.goods()
                .families()
                .getOrDefault(line.family(), rules.goods().otherFamiliesPercent()));
        rules.goods().labels().ifPresent(labels -> {
            int best = -1;
            for (String label : line.labels()) {
                best = Math.max(best, labels.getOrDefault(label, -1));
            }
            rates.add(best < 0 ? rules.goods().withoutLabelPercent() : best);
        });
        if (entered.isEmpty()) {
            rates.add(rules.places().elsewherePercent());
        } else {
            place(rules.places(), entered.getFirst(), rates);
        }
        return rates.stream().min(Integer::compare).orElseThrow();
    }

    private static void place(Rules.Places points, Rules.Point point, List<Integer> rates) {
        rates.add(point.percent());
        Integer kind = points.kinds().get(point.kind());
        if (kind != null) {
            rates.add(kind);
        }
        if (points.unmeasuredKinds().contains(point.kind())) {
            return;
        }
        points.criteria().ifPresent(criteria -> {
            int met = 0;
            for (String name : criteria.names()) {
                met += point.meets().contains(name) ? 1 : 0;
            }
            rates.add(step(criteria.steps(), BigDecimal.valueOf(met)));
        });
        points.grid().ifPresent(grid -> rates.add(graded(grid, point)));
    }

    private static int graded(Rules.Grid grid, Rules.Point point) {
        long reached = 0;
        long possible = 0;
        for (List<String> category : grid.categories()) {
            long own = 0;
            for (String criterion : category) {
                Integer score = point.scores().get(criterion);
                own += score == null ? 0 : score;
            }
            long top = (long) grid.scoreMost() * category.size();
            if (percent(own, top).compareTo(BigDecimal.valueOf(grid.categoryLeastPercent())) < 0) {
                return 0;
            }
            reached += own;
            possible += top;
        }
        return step(grid.steps(), percent(reached, possible));
    }

    private static BigDecimal percent(long part, long whole) {
        return BigDecimal.valueOf(part).multiply(HUNDRED).divide(BigDecimal.valueOf(whole), 12, RoundingMode.DOWN);
    }

    private static int step(List<Rules.Step> steps, BigDecimal reached) {
        int found = 0;
        for (Rules.Step step : steps) {
            if (reached.compareTo(BigDecimal.valueOf(step.from())) >= 0) {
                found = step.percent();
            }
        }
        return found;
    }

    private static boolean earns(Rules.Bonus bonus, Line line, long pointOfSale, List<Rules.Point> entered) {
        boolean anywhere = bonus.kinds().isEmpty() && bonus.ids().isEmpty();
        boolean kind =
                !entered.isEmpty() && bonus.kinds().contains(entered.getFirst().kind());
        boolean here = anywhere || kind || bonus.ids().contains(pointOfSale);
        boolean family = bonus.families().isEmpty() || bonus.families().contains(line.family());
        boolean labelled = bonus.labels().isEmpty();
        for (String label : bonus.labels()) {
            labelled |= line.labels().contains(label);
        }
        return here && family && labelled;
    }
}

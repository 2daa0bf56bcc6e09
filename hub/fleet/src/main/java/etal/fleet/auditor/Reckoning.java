package etal.fleet.auditor;

import etal.protocol.scheme.Bonus;
import etal.protocol.scheme.CardRules;
import etal.protocol.scheme.Convention;
import etal.protocol.scheme.PointsOfSale;
import etal.protocol.scheme.Scheme;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a purchase costs whom under a fund's rules, worked out from the words of the scheme alone, with decimal numbers: the
 * records of the scheme are read, and none of the methods that the programs reckon with. Stateless.
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
    public static Shares of(Scheme scheme, long pointOfSale, long chosen, List<Line> lines, Purses purses) {
        List<PointsOfSale.Registered> entered = scheme.convention().pointsOfSale().register().stream()
                .filter(point -> point.id() == pointOfSale)
                .toList();
        boolean shut = scheme.convention().pointsOfSale().chosenOnly() && chosen != pointOfSale;
        long all = 0;
        long eligible = 0;
        for (Line line : lines) {
            long covered = shut ? 0 : cents(line.priceCents(), rate(scheme.convention(), line, entered));
            all += covered;
            if (scheme.bonus().isPresent() && earns(scheme.bonus().get(), line, pointOfSale, entered)) {
                eligible += covered;
            }
        }
        long most = Math.min(all, scheme.card().saleMostCents());
        long fromAllocation = 0;
        long fromBonus = 0;
        for (CardRules.Purse purse : scheme.card().spendingOrder()) {
            long open = most - fromAllocation - fromBonus;
            if (purse == CardRules.Purse.ALLOCATION) {
                fromAllocation = Math.min(open, purses.allocation());
            } else {
                fromBonus = Math.min(open, purses.bonus());
            }
        }
        long earned = eligible == 0 ? 0 : earned(scheme, purses, fromAllocation, fromBonus, eligible, all);
        return new Shares(most, fromAllocation, fromBonus, earned);
    }

    private static long earned(
            Scheme scheme, Purses purses, long fromAllocation, long fromBonus, long eligible, long all) {
        Bonus bonus = scheme.bonus().orElseThrow();
        long paid = bonus.onAllocationOnly() ? fromAllocation : fromAllocation + fromBonus;
        BigDecimal share = BigDecimal.valueOf(paid)
                .multiply(BigDecimal.valueOf(eligible))
                .multiply(BigDecimal.valueOf(bonus.percent()));
        long earned = share.divide(BigDecimal.valueOf(all).multiply(HUNDRED), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
        long held = purses.allocation() + purses.bonus() - fromAllocation - fromBonus;
        long room = Math.max(0, scheme.card().loadCapCents() - held);
        return Math.min(earned, Math.min(room, purses.earnable()));
    }

    private static long cents(long priceCents, int percent) {
        return BigDecimal.valueOf(priceCents)
                .multiply(BigDecimal.valueOf(percent))
                .divide(HUNDRED, 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    /** The lowest of all the rates that somebody has voted for this line here. */
    private static int rate(Convention convention, Line line, List<PointsOfSale.Registered> entered) {
        List<Integer> rates = new ArrayList<>();
        rates.add(line.listedPercent());
        rates.add(family(convention, line.family()));
        if (convention.labels().isPresent()) {
            int best = -1;
            for (Convention.Labels.Rate rate : convention.labels().get().rates()) {
                best = line.labels().contains(rate.label()) ? Math.max(best, rate.coveragePercent()) : best;
            }
            rates.add(best < 0 ? convention.labels().get().withoutPercent() : best);
        }
        if (entered.isEmpty()) {
            rates.add(convention.pointsOfSale().unregisteredPercent());
        } else {
            place(convention.pointsOfSale(), entered.getFirst(), rates);
        }
        return rates.stream().min(Integer::compare).orElseThrow();
    }

    private static int family(Convention convention, String family) {
        int found = convention.otherFamiliesPercent();
        for (Convention.Family named : convention.families()) {
            found = named.family().equals(family) ? named.coveragePercent() : found;
        }
        return found;
    }

    private static void place(PointsOfSale points, PointsOfSale.Registered point, List<Integer> rates) {
        rates.add(point.coveragePercent());
        for (PointsOfSale.KindRate kind : points.kinds()) {
            if (kind.kind().equals(point.kind())) {
                rates.add(kind.coveragePercent());
            }
        }
        if (points.simplifiedKinds().contains(point.kind())) {
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

    private static int graded(PointsOfSale.Grid grid, PointsOfSale.Registered point) {
        long reached = 0;
        long possible = 0;
        for (PointsOfSale.Grid.Category category : grid.categories()) {
            long own = 0;
            for (String criterion : category.criteria()) {
                Integer score = point.scores().get(criterion);
                own += score == null ? 0 : score;
            }
            long top = (long) grid.scoreMost() * category.criteria().size();
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

    private static int step(List<PointsOfSale.Step> steps, BigDecimal reached) {
        int found = 0;
        for (PointsOfSale.Step step : steps) {
            if (reached.compareTo(BigDecimal.valueOf(step.from())) >= 0) {
                found = step.coveragePercent();
            }
        }
        return found;
    }

    private static boolean earns(Bonus bonus, Line line, long pointOfSale, List<PointsOfSale.Registered> entered) {
        boolean anywhere =
                bonus.places().kinds().isEmpty() && bonus.places().ids().isEmpty();
        boolean kind = !entered.isEmpty()
                && bonus.places().kinds().contains(entered.getFirst().kind());
        boolean here = anywhere || kind || bonus.places().ids().contains(pointOfSale);
        boolean family = bonus.families().isEmpty() || bonus.families().contains(line.family());
        boolean labelled = bonus.labels().isEmpty();
        for (String label : bonus.labels()) {
            labelled |= line.labels().contains(label);
        }
        return here && family && labelled;
    }
}

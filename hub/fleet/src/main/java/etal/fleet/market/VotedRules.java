package etal.fleet.market;

import etal.fleet.auditor.ExpectedDay;
import etal.fleet.auditor.Rules;
import etal.fleet.auditor.cards.Wish;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.Product;
import etal.protocol.scheme.Bonus;
import etal.protocol.scheme.CardRules;
import etal.protocol.scheme.Convention;
import etal.protocol.scheme.PointsOfSale;
import etal.protocol.scheme.Scheme;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A scheme and a product list as plain words and numbers, for the auditor, who knows none of our classes. Stateless. */
public final class VotedRules {
    private VotedRules() {}

    /** The words of the scheme; none of its methods that reckon is asked. */
    public static Rules of(Scheme scheme) {
        return new Rules(
                places(scheme.convention().pointsOfSale()),
                goods(scheme.convention()),
                scheme.bonus().map(VotedRules::bonus),
                scheme.card().saleMostCents(),
                scheme.card().loadCapCents(),
                scheme.card().spendingOrder().getFirst() == CardRules.Purse.ALLOCATION);
    }

    private static Rules.Places places(PointsOfSale points) {
        var kinds = new LinkedHashMap<String, Integer>();
        points.kinds().forEach(kind -> kinds.put(kind.kind(), kind.coveragePercent()));
        return new Rules.Places(
                points.register().stream()
                        .map(each -> new Rules.Point(
                                each.id(), each.kind(), each.coveragePercent(), each.meets(), each.scores()))
                        .toList(),
                points.unregisteredPercent(),
                kinds,
                points.criteria().map(criteria -> new Rules.Criteria(criteria.names(), steps(criteria.steps()))),
                points.grid()
                        .map(grid -> new Rules.Grid(
                                grid.scoreMost(),
                                grid.categories().stream()
                                        .map(PointsOfSale.Grid.Category::criteria)
                                        .toList(),
                                steps(grid.steps()),
                                grid.categoryLeastPercent())),
                points.simplifiedKinds(),
                points.chosenOnly());
    }

    private static List<Rules.Step> steps(List<PointsOfSale.Step> steps) {
        return steps.stream()
                .map(step -> new Rules.Step(step.from(), step.coveragePercent()))
                .toList();
    }

    private static Rules.Goods goods(Convention convention) {
        var families = new LinkedHashMap<String, Integer>();
        convention.families().forEach(family -> families.put(family.family(), family.coveragePercent()));
        return new Rules.Goods(
                families,
                convention.otherFamiliesPercent(),
                convention.labels().map(labels -> {
                    Map<String, Integer> rates = new LinkedHashMap<>();
                    labels.rates().forEach(rate -> rates.put(rate.label(), rate.coveragePercent()));
                    return rates;
                }),
                convention.labels().map(Convention.Labels::withoutPercent).orElse(0));
    }

    private static Rules.Bonus bonus(Bonus bonus) {
        return new Rules.Bonus(
                bonus.percent(),
                bonus.onAllocationOnly(),
                bonus.labels(),
                bonus.families(),
                bonus.places().kinds(),
                bonus.places().ids());
    }

    /** What a list says of each product that the fund pays something of, in percent. */
    public static Map<String, Integer> percents(Catalogue catalogue) {
        var percents = new LinkedHashMap<String, Integer>();
        for (Product product : catalogue.products()) {
            if (product.coveragePercent() > 0) {
                percents.put(product.id(), product.coveragePercent());
            }
        }
        return percents;
    }

    /** So much of a product, as somebody wants it. */
    public static Wish.Good good(Product product, long quantity) {
        return new Wish.Good(product.id(), product.family(), product.labels(), product.unitPriceCents() * quantity);
    }

    /** The goods of a product list, by their ids. */
    public static Map<String, ExpectedDay.Goods> goods(Catalogue catalogue) {
        var goods = new LinkedHashMap<String, ExpectedDay.Goods>();
        catalogue
                .products()
                .forEach(product -> goods.put(
                        product.id(),
                        new ExpectedDay.Goods(product.family(), product.unitPriceCents(), product.coveragePercent())));
        return goods;
    }
}

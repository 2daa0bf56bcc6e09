package etal.protocol.split;

import etal.protocol.card.Balances;
import etal.protocol.scheme.Bonus;
import etal.protocol.scheme.CardRules;
import etal.protocol.scheme.CardRules.CarryOver;
import etal.protocol.scheme.CardRules.Purse;
import etal.protocol.scheme.Convention;
import etal.protocol.scheme.PointsOfSale;
import etal.protocol.scheme.PointsOfSale.Criteria;
import etal.protocol.scheme.PointsOfSale.Grid;
import etal.protocol.scheme.PointsOfSale.KindRate;
import etal.protocol.scheme.PointsOfSale.Registered;
import etal.protocol.scheme.PointsOfSale.Step;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.Schemes;
import etal.protocol.scheme.Tariffs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Schemes as no fund has voted them yet: any combination of all rules that the split knows, each within its bounds. */
final class RandomSchemes {
    static final List<String> FAMILIES = List.of("legumes", "pain", "alcool", "laitier", "inconnu");
    static final List<String> LABELS = List.of("base", "bio", "durable", "local");
    static final List<String> PRODUCTS = List.of("p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7");
    static final int POINTS = 6;
    private static final List<String> KINDS = List.of("producteur", "epicerie", "marche");
    private static final List<String> CRITERIA = List.of("c1", "c2", "c3", "c4", "c5");
    private static final Scheme BASE = Schemes.dieulefit();

    private final SplittableRandom random;

    private RandomSchemes(SplittableRandom random) {
        this.random = random;
    }

    static Scheme next(SplittableRandom random) {
        return new RandomSchemes(random).scheme();
    }

    private Scheme scheme() {
        return new Scheme(
                BASE.id(),
                BASE.fund(),
                BASE.name(),
                BASE.version(),
                BASE.holdsFrom(),
                BASE.zone(),
                BASE.unit(),
                BASE.parity(),
                BASE.allocation(),
                BASE.contribution(),
                BASE.commitment(),
                convention(),
                maybe(this::bonus),
                maybe(this::tariffs),
                card(),
                BASE.admission(),
                BASE.funding(),
                List.of());
    }

    private Convention convention() {
        List<Convention.Family> families = some(FAMILIES).stream()
                .map(family -> new Convention.Family(family, percent()))
                .toList();
        return new Convention(pointsOfSale(), families, percent(), maybe(this::labels));
    }

    private Convention.Labels labels() {
        return new Convention.Labels(
                some(LABELS).stream()
                        .map(label -> new Convention.Labels.Rate(label, percent()))
                        .toList(),
                percent());
    }

    private PointsOfSale pointsOfSale() {
        if (random.nextInt(3) == 0) {
            return PointsOfSale.ENROLLED;
        }
        Optional<Criteria> criteria = maybe(() -> new Criteria(CRITERIA, steps(CRITERIA.size())));
        Optional<Grid> grid = maybe(this::grid);
        List<KindRate> kinds =
                some(KINDS).stream().map(kind -> new KindRate(kind, percent())).toList();
        List<Registered> register = IntStream.rangeClosed(1, random.nextInt(POINTS))
                .mapToObj(this::registered)
                .toList();
        return new PointsOfSale(register, percent(), kinds, criteria, grid, some(KINDS), random.nextInt(4) == 0);
    }

    private Registered registered(int id) {
        TreeMap<String, Integer> scores = new TreeMap<>();
        some(CRITERIA).forEach(name -> scores.put(name, random.nextInt(4)));
        String kind = random.nextBoolean() ? KINDS.get(random.nextInt(KINDS.size())) : "";
        return new Registered(id, kind, percent(), some(CRITERIA), scores);
    }

    private Grid grid() {
        return new Grid(
                3,
                List.of(
                        new Grid.Category("a", "A", List.of("c1", "c2")),
                        new Grid.Category("b", "B", List.of("c3", "c4", "c5"))),
                steps(100),
                random.nextInt(60));
    }

    private List<Step> steps(int most) {
        int first = random.nextInt(most + 1);
        return first == most
                ? List.of(new Step(first, percent()))
                : List.of(new Step(first, percent()), new Step(first + 1 + random.nextInt(most - first), percent()));
    }

    private Bonus bonus() {
        return new Bonus(
                1 + random.nextInt(100),
                some(LABELS),
                some(FAMILIES),
                random.nextInt(3) > 0
                        ? Bonus.Places.ALL
                        : new Bonus.Places(some(KINDS), List.of((long) random.nextInt(1, POINTS))),
                random.nextBoolean() ? Bonus.NO_CAP : amount(),
                random.nextBoolean() ? Bonus.NO_CAP : amount(),
                random.nextBoolean(),
                "");
    }

    private Tariffs tariffs() {
        Tariffs.Difference difference = random.nextBoolean() ? Tariffs.Difference.FUND : Tariffs.Difference.SHOP;
        if (random.nextInt(3) == 0) {
            int most = 100 + random.nextInt(401);
            return new Tariffs(List.of(), true, percent(), most, difference, amount(), List.of());
        }
        List<Tariffs.FixedPrice> fixed = random.nextBoolean()
                ? List.of()
                : some(PRODUCTS).stream()
                        .map(product -> new Tariffs.FixedPrice("accessible", product, amount()))
                        .toList();
        return new Tariffs(
                List.of(
                        choice("accessible", random.nextInt(101)),
                        choice("juste", 100),
                        choice("solidaire", 100 + random.nextInt(401))),
                false,
                0,
                0,
                difference,
                amount(),
                fixed);
    }

    private static Tariffs.Choice choice(String id, int percent) {
        return new Tariffs.Choice(id, id, percent, "", false);
    }

    private CardRules card() {
        List<Purse> order = switch (random.nextInt(4)) {
            case 0 -> List.of(Purse.ALLOCATION);
            case 1 -> List.of(Purse.BONUS, Purse.ALLOCATION);
            default -> List.of(Purse.ALLOCATION, Purse.BONUS);
        };
        return new CardRules(
                amount(), order, CarryOver.ALL, 0, 1, random.nextBoolean() ? Balances.PURSE_MAX : amount(), 366);
    }

    private int percent() {
        return switch (random.nextInt(4)) {
            case 0 -> 100;
            case 1 -> 0;
            default -> random.nextInt(101);
        };
    }

    private long amount() {
        return random.nextLong(1L << random.nextInt(1, 32));
    }

    private <T> Optional<T> maybe(Supplier<T> made) {
        return random.nextBoolean() ? Optional.of(made.get()) : Optional.empty();
    }

    private <T> List<T> some(List<T> all) {
        List<T> some = new ArrayList<>(all);
        some.removeIf(one -> random.nextBoolean());
        return some;
    }
}

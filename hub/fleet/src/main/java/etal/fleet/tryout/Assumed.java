package etal.fleet.tryout;

import etal.fleet.market.Receipt;
import etal.protocol.Said;
import etal.protocol.card.Balances;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.scheme.Contribution;
import etal.protocol.scheme.Household;
import etal.protocol.scheme.PointsOfSale;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.Tariffs;
import etal.protocol.split.Basket;
import etal.protocol.split.BasketLine;
import etal.protocol.split.Wish;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is assumed where nobody says it: who the members are, and whose receipt was whose. The same for everybody, without
 * chance, and told to whoever tries a scheme. Stateless.
 */
public final class Assumed {
    /** So many receipts a household and month. */
    public static final int RECEIPTS_A_HOUSEHOLD = 10;

    /** Receipts are spread over the first days of a month, as many as every month has. */
    private static final int DAYS = 28;

    /** A yearly income where the contribution is reckoned from one, in whole units: near the French median of a person. */
    private static final long YEARLY_INCOME_UNITS = 22_000;

    /** A family quotient where the contribution is reckoned from one, in whole units. */
    private static final long QUOTIENT_UNITS = 900;

    private static final List<List<Integer>> AGES =
            List.of(List.of(40), List.of(42, 40), List.of(38, 36, 8), List.of(45, 43, 15, 5));

    private Assumed() {}

    /** Households of one to four persons in turn, as many as the receipts keep busy. */
    public static List<Buyer> buyers(Scheme scheme, int receipts) {
        int count = Math.max(1, (receipts + RECEIPTS_A_HOUSEHOLD - 1) / RECEIPTS_A_HOUSEHOLD);
        List<Buyer> buyers = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            Household household = new Household(AGES.get(at % AGES.size()), List.of());
            buyers.add(new Buyer(
                    String.valueOf(at + 1), household, contributionCents(scheme, household), place(scheme, at)));
        }
        return buyers;
    }

    /** The households that receipts name, of one to four persons in turn; each has chosen where it buys first. */
    public static List<Buyer> buyersOf(Scheme scheme, List<Purchase> purchases) {
        Map<String, Long> places = new LinkedHashMap<>();
        purchases.forEach(purchase -> places.putIfAbsent(purchase.household(), purchase.pointOfSale()));
        List<Buyer> buyers = new ArrayList<>();
        places.forEach((number, place) -> {
            Household household = new Household(AGES.get(buyers.size() % AGES.size()), List.of());
            buyers.add(new Buyer(number, household, contributionCents(scheme, household), place));
        });
        return buyers;
    }

    /** What a household pays: the mean that the scheme expects, within what it may pay, or the least. */
    public static long contributionCents(Scheme scheme, Household household) {
        long unitCents = cents(scheme, 1);
        boolean quotient = scheme.contribution().basis() instanceof Contribution.Basis.Grid grid
                && grid.measure() == Contribution.Measure.QUOTIENT;
        long incomeCents = unitCents * (quotient ? QUOTIENT_UNITS : YEARLY_INCOME_UNITS);
        Contribution.Range range = scheme.contribution().range(household, incomeCents, Balances.PURSE_MAX);
        return Math.max(range.leastCents(), Math.min(scheme.contribution().expectedMeanCents(), range.mostCents()));
    }

    private static long cents(Scheme scheme, long units) {
        long cents = units;
        for (int at = 0; at < scheme.unit().decimals(); at++) {
            cents *= 10;
        }
        return cents;
    }

    /** Plain receipts: households, points of sale of the register and prices to choose from take turns. */
    public static List<Purchase> purchases(
            Scheme scheme, Catalogue catalogue, List<Receipt> receipts, List<Buyer> buyers) {
        List<Purchase> purchases = new ArrayList<>();
        for (int at = 0; at < receipts.size(); at++) {
            Receipt receipt = receipts.get(at);
            Buyer buyer = buyers.get(at % buyers.size());
            List<BasketLine> lines = receipt.items().stream()
                    .map(item -> BasketLine.of(catalogue.find(item).orElseThrow(), 1))
                    .toList();
            purchases.add(new Purchase(
                    receipt.line(),
                    1 + (int) ((long) at * DAYS / receipts.size()),
                    buyer.number(),
                    buyer.chosenPointOfSale() > 0 ? buyer.chosenPointOfSale() : place(scheme, at),
                    new Basket(lines),
                    wish(scheme, at)));
        }
        return purchases;
    }

    private static long place(Scheme scheme, int turn) {
        List<PointsOfSale.Registered> register =
                scheme.convention().pointsOfSale().register();
        return register.isEmpty() ? 1 : register.get(turn % register.size()).id();
    }

    private static Wish wish(Scheme scheme, int turn) {
        List<Tariffs.Choice> choices = scheme.tariffs().map(Tariffs::choices).orElse(List.of());
        return choices.isEmpty()
                ? Wish.FAIR
                : new Wish.Choice(choices.get(turn % choices.size()).id());
    }

    /** That no line sold bears a label which the scheme asks for: its product list is missing, most likely. */
    public static Optional<Said> missingLabels(Scheme scheme, List<Trial.Sale> sales) {
        List<String> asked = new ArrayList<>();
        scheme.bonus().ifPresent(bonus -> asked.addAll(bonus.labels()));
        scheme.convention().labels().ifPresent(labels -> labels.rates().forEach(rate -> asked.add(rate.label())));
        boolean borne = sales.stream()
                .flatMap(sale -> sale.asked().lines().stream())
                .anyMatch(line -> line.labels().stream().anyMatch(asked::contains));
        return asked.isEmpty() || borne ? Optional.empty() : Optional.of(Said.of("try.labels", asked));
    }

    /** What was assumed, to be said. */
    public static List<Said> told(Scheme scheme, boolean membersGiven, boolean plainReceipts, int households) {
        List<Said> told = new ArrayList<>();
        if (!membersGiven) {
            told.add(Said.of("try.assumed.members", households));
            told.add(Said.of("try.assumed.income", cents(scheme, YEARLY_INCOME_UNITS), cents(scheme, QUOTIENT_UNITS)));
        }
        if (plainReceipts) {
            told.add(Said.of("try.assumed.receipts"));
        }
        told.add(Said.of("try.assumed.cards"));
        return told;
    }
}

package etal.fleet.world.calm;

import etal.fleet.market.Visit.Purchase;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.Product;
import etal.protocol.scheme.Scheme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What each of the eight stalls has on its table, of the catalogue that ships. Immutable. */
public final class Assortment {
    /** By the stall's number, from 1; in the order of the table. */
    private static final List<List<String>> TABLES = List.of(
            List.of(
                    "carottes",
                    "poireaux",
                    "pommes de terre",
                    "salade",
                    "radis",
                    "epinards",
                    "oignons",
                    "courge",
                    "pommes",
                    "poires",
                    "noix",
                    "citrons",
                    "cabas",
                    "plant de tomate"),
            List.of("pommes", "poires", "jus de pomme", "compote", "cidre"),
            List.of("picodon", "buche", "faisselle", "yaourt", "savon"),
            List.of("oeufs six", "oeufs douze", "poule", "pates"),
            List.of("miel lavande", "miel garrigue", "pain d'epices", "bougie", "propolis"),
            List.of("merguez", "gigot", "saucisson", "laine"),
            List.of("pain bis", "pain epeautre", "brioche", "farine", "lentilles", "pois chiches", "cafe", "chocolat"),
            List.of("noix", "confiture", "peches", "huile de noix", "sirop", "tisane", "vin de noix"));

    private final Catalogue catalogue;
    private final Scheme scheme;

    /** Of that catalogue, under these rules. */
    public Assortment(Catalogue catalogue, Scheme scheme) {
        this.catalogue = catalogue;
        this.scheme = scheme;
    }

    /** Ids of what a stall sells. */
    public static List<String> of(int stall) {
        return TABLES.get(stall - 1);
    }

    /** What a stall sells. */
    List<Product> products(int stall) {
        return of(stall).stream()
                .map(id -> catalogue
                        .find(id)
                        .orElseThrow(() -> new IllegalStateException(id + " is missing from the catalogue")))
                .toList();
    }

    /** Whether the fund pays for any of it. */
    boolean conventioned(List<Purchase> purchases) {
        return purchases.stream()
                .anyMatch(purchase -> covered(catalogue.find(purchase.product()).orElseThrow()) > 0);
    }

    private int covered(Product product) {
        return scheme.convention().coveragePercent(product.family(), List.of(), product.coveragePercent(), 1);
    }

    /**
     * What somebody buys at a stall who wants to spend a card down: the dearest first, all of it paid by the fund.
     *
     * @param cents what is on the card
     * @param leaveCents what is left on it at least
     */
    public List<Purchase> spending(int stall, long cents, long leaveCents) {
        List<Product> dearestFirst = products(stall).stream()
                .filter(product -> covered(product) == 100)
                .sorted(Comparator.comparingLong(Product::unitPriceCents).reversed())
                .toList();
        var purchases = new ArrayList<Purchase>();
        long left = cents;
        for (Product product : dearestFirst) {
            long quantity = Math.max(0, left - leaveCents) / product.unitPriceCents();
            if (quantity > 0) {
                purchases.add(new Purchase(product.id(), quantity));
                left -= quantity * product.unitPriceCents();
            }
        }
        return List.copyOf(purchases);
    }
}

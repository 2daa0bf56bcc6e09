package etal.terminal.basket;

import etal.protocol.Said;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.Product;
import etal.protocol.scheme.Scheme;
import etal.protocol.split.Asked;
import etal.protocol.split.Basket;
import etal.protocol.split.BasketLine;
import etal.protocol.split.Envelope;
import etal.protocol.split.Prices;
import etal.protocol.split.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prices what is wished by the catalogue. Stateless. */
public final class Pricing {
    private Pricing() {}

    /** Prices each line and the whole, or says what cannot be. */
    public static Priced price(List<Wanted> wanted, Catalogue catalogue) {
        if (wanted.isEmpty() || wanted.size() > Split.LINES_MAX) {
            return new Priced.Refused(Said.of("basket-size", Split.LINES_MAX));
        }
        List<BasketLine> lines = new ArrayList<>();
        long totalCents = 0;
        for (Wanted line : wanted) {
            Optional<Product> product = catalogue.find(line.product());
            if (product.isEmpty()) {
                return new Priced.Refused(Said.of("unknown-product", line.product()));
            }
            if (line.quantity() < 1 || line.quantity() > BasketLine.QUANTITY_MAX) {
                return new Priced.Refused(Said.of("quantity", line.product(), BasketLine.QUANTITY_MAX));
            }
            long pieces = product.get().byWeight() ? 1 : line.quantity();
            if (product.get().unitPriceCents() * pieces > Split.LINE_MAX_CENTS) {
                return new Priced.Refused(Said.of("basket-too-dear"));
            }
            BasketLine priced = BasketLine.of(product.get(), line.quantity());
            totalCents += priced.priceCents();
            if (totalCents > Split.LINE_MAX_CENTS) {
                return new Priced.Refused(Said.of("basket-too-dear"));
            }
            lines.add(priced);
        }
        return new Priced.Fine(new Basket(lines));
    }

    /**
     * A basket with one more of a product, or one less, at the fair price. What was rung up before keeps its price, also when the list has
     * changed since; one more is priced as the list says now, and its whole line with it.
     */
    public static Priced again(Basket basket, String product, boolean more, Catalogue catalogue) {
        List<BasketLine> lines = new ArrayList<>(basket.lines().stream()
                .map(line -> line.atFairPrice(line.quantity()))
                .toList());
        Optional<BasketLine> before =
                lines.stream().filter(line -> line.productId().equals(product)).findFirst();
        long quantity = before.map(BasketLine::quantity).orElse(0L) + (more ? 1 : -1);
        int place = before.map(lines::indexOf).orElse(lines.size());
        before.ifPresent(lines::remove);
        if (more) {
            Priced priced = price(List.of(new Wanted(product, quantity)), catalogue);
            if (!(priced instanceof Priced.Fine fine)) {
                return priced;
            }
            lines.addAll(place, fine.basket().lines());
        } else if (quantity > 0) {
            lines.add(place, before.orElseThrow().atFairPrice(quantity));
        }
        if (lines.size() > Split.LINES_MAX) {
            return new Priced.Refused(Said.of("basket-size", Split.LINES_MAX));
        }
        Basket after = new Basket(lines);
        return after.totalCents() > Split.LINE_MAX_CENTS
                ? new Priced.Refused(Said.of("basket-too-dear"))
                : new Priced.Fine(covered(after, catalogue));
    }

    /**
     * The same goods at the same prices, covered as the product list says now; what stands no longer in the list the fund
     * does not pay for.
     */
    public static Basket covered(Basket basket, Catalogue catalogue) {
        return new Basket(
                basket.lines().stream()
                        .map(line -> Goods.covered(line, catalogue))
                        .toList(),
                basket.tariff());
    }

    /** A basket at the prices asked under these terms, or why they cannot be. */
    public static Priced ask(Basket basket, Scheme scheme, Terms terms, Envelope envelope) {
        return switch (Prices.ask(basket, scheme, terms.wish(), terms.discountCents(), envelope)) {
            case Asked.At at -> new Priced.Fine(at.basket());
            case Asked.NoSuchChoice none -> new Priced.Refused(Said.of("no-such-tariff", none.id()));
            case Asked.NoFreePrice none -> new Priced.Refused(Said.of("no-free-price"));
            case Asked.OutsideFreePrice outside ->
                new Priced.Refused(Said.of("outside-free-price", outside.leastCents(), outside.mostCents()));
            case Asked.DiscountTooHigh high -> new Priced.Refused(Said.of("discount-too-high", high.mostCents()));
            case Asked.TooDear dear -> new Priced.Refused(Said.of("basket-too-dear"));
        };
    }

    /** A basket priced anew under other rules, another envelope or with other goods: if its terms no longer can be, fair. */
    public static Basket askAgain(Basket basket, Scheme scheme, Terms terms, Envelope envelope) {
        return switch (ask(basket, scheme, terms, envelope)) {
            case Priced.Fine fine -> fine.basket();
            case Priced.Refused refused ->
                ask(basket, scheme, Terms.PLAIN, envelope) instanceof Priced.Fine fair ? fair.basket() : basket;
        };
    }

    /** What came of it. */
    public sealed interface Priced {
        /** As it can be sold. */
        record Fine(Basket basket) implements Priced {}

        /** What is wrong with it. */
        record Refused(Said why) implements Priced {}
    }
}

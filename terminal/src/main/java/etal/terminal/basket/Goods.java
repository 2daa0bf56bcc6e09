package etal.terminal.basket;

import etal.protocol.Said;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.Product;
import etal.protocol.split.Basket;
import etal.protocol.split.BasketLine;
import etal.protocol.split.Split;
import etal.terminal.basket.Pricing.Priced;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The goods of a basket after a change, at the fair price. A pure function of basket, change and product list; whatever
 * cannot be is refused by a sentence. Stateless.
 */
public final class Goods {
    /** What the id of a line begins with that is an amount of a family. */
    private static final String FREE = "free:";
    /** An article that the list does not know. */
    private static final String ARTICLE = "article:";
    /** A product of the list at another price than the list's; its id follows. */
    private static final String PRICED = "priced:";

    private Goods() {}

    /** The goods after the change. They may be none at all: then the basket is given up. */
    public static Priced after(Basket before, Change change, Catalogue catalogue) {
        return switch (change) {
            case Change.One one -> one(before, one, catalogue);
            case Change.Weighed weighed -> weighed(before, weighed, catalogue);
            case Change.Free free -> free(before, free, catalogue);
            case Change.Article article -> article(before, article, catalogue);
            case Change.Quantity quantity -> quantity(before, quantity, catalogue);
            case Change.Price price -> price(before, price, catalogue);
        };
    }

    /** Covered as the product list says now; what stands in it in no way the fund does not pay for. */
    static BasketLine covered(BasketLine line, Catalogue catalogue) {
        String id = line.productId();
        Optional<Product> product = catalogue.find(id.startsWith(PRICED) ? id.substring(PRICED.length()) : id);
        if (product.isPresent()) {
            return line.covering(
                    product.get().family(),
                    product.get().coveragePercent(),
                    product.get().labels());
        }
        boolean byFamily = id.startsWith(FREE) || id.startsWith(ARTICLE);
        return line.covering(line.family(), byFamily ? coveragePercent(line.family(), catalogue) : 0, List.of());
    }

    /** How much of an amount of a family is covered: as of the least covered of its products, 0 if the list has none. */
    public static int coveragePercent(String family, Catalogue catalogue) {
        return catalogue.products().stream()
                .filter(product -> product.family().equals(family))
                .mapToInt(Product::coveragePercent)
                .min()
                .orElse(0);
    }

    /** The VAT rate of a family: that of most of its products, of two the higher one. */
    public static Optional<Integer> vatPermille(String family, Catalogue catalogue) {
        Map<Integer, Integer> count = new LinkedHashMap<>();
        catalogue.products().stream()
                .filter(product -> product.family().equals(family))
                .forEach(product -> count.merge(product.vatPermille(), 1, Integer::sum));
        return count.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
    }

    private static Priced one(Basket before, Change.One one, Catalogue catalogue) {
        boolean weighed =
                catalogue.find(one.product()).filter(Product::byWeight).isPresent();
        return weighed && one.more()
                ? refused("weigh-first")
                : Pricing.again(before, one.product(), one.more(), catalogue);
    }

    private static Priced weighed(Basket before, Change.Weighed weighed, Catalogue catalogue) {
        Optional<Product> product = catalogue.find(weighed.product());
        if (product.isEmpty()) {
            return refused("unknown-product", weighed.product());
        }
        if (!product.get().byWeight()) {
            return refused("not-weighed", product.get().name());
        }
        return quantityFits(weighed.grams())
                ? with(before, BasketLine.of(product.get(), weighed.grams()), catalogue)
                : refused("weight", BasketLine.QUANTITY_MAX / 1_000);
    }

    private static Priced free(Basket before, Change.Free free, Catalogue catalogue) {
        Optional<Integer> vatPermille = vatPermille(free.family(), catalogue);
        if (vatPermille.isEmpty()) {
            return refused("unknown-family");
        }
        return amountFits(free.amountCents())
                ? with(
                        before,
                        new BasketLine(
                                FREE + free.family(),
                                free.name(),
                                free.family(),
                                1,
                                free.amountCents(),
                                vatPermille.get(),
                                0),
                        catalogue)
                : refused("amount", Product.PRICE_MAX_CENTS);
    }

    private static Priced article(Basket before, Change.Article article, Catalogue catalogue) {
        if (!Product.isText(article.name(), Product.NAME_LENGTH_MAX)
                || !Product.isText(article.family(), Product.FAMILY_LENGTH_MAX)) {
            return refused("article-name", Product.NAME_LENGTH_MAX, Product.FAMILY_LENGTH_MAX);
        }
        if (article.vatPermille() < 0 || article.vatPermille() > Product.VAT_MAX_PERMILLE) {
            return refused("article-vat");
        }
        if (!amountFits(article.priceCents()) || !quantityFits(article.quantity())) {
            return refused("amount", Product.PRICE_MAX_CENTS);
        }
        long cents = article.priceCents() * article.quantity();
        return cents > Split.LINE_MAX_CENTS
                ? refused("basket-too-dear")
                : with(
                        before,
                        new BasketLine(
                                ARTICLE + article.name(),
                                article.name(),
                                article.family(),
                                article.quantity(),
                                cents,
                                article.vatPermille(),
                                0),
                        catalogue);
    }

    private static Priced quantity(Basket before, Change.Quantity wanted, Catalogue catalogue) {
        if (wanted.line() < 0 || wanted.line() >= before.lines().size()) {
            return refused("no-such-line");
        }
        List<BasketLine> lines = fair(before);
        if (wanted.quantity() == 0) {
            lines.remove(wanted.line());
            return priced(lines, catalogue);
        }
        BasketLine line = lines.get(wanted.line());
        if (!quantityFits(wanted.quantity())) {
            return line.weighed()
                    ? refused("weight", BasketLine.QUANTITY_MAX / 1_000)
                    : refused("quantity", line.name(), BasketLine.QUANTITY_MAX);
        }
        if (!line.weighed() && line.fairCents() / line.quantity() * wanted.quantity() > Split.LINE_MAX_CENTS) {
            return refused("basket-too-dear");
        }
        lines.set(wanted.line(), line.atFairPrice(wanted.quantity()));
        return priced(lines, catalogue);
    }

    private static Priced price(Basket before, Change.Price wanted, Catalogue catalogue) {
        if (wanted.line() < 0 || wanted.line() >= before.lines().size()) {
            return refused("no-such-line");
        }
        BasketLine line = fair(before).get(wanted.line());
        if (!amountFits(wanted.priceCents())) {
            return refused("amount", Product.PRICE_MAX_CENTS);
        }
        long cents = line.weighed()
                ? BasketLine.weighedCents(wanted.priceCents(), line.quantity())
                : wanted.priceCents() * line.quantity();
        if (cents > Split.LINE_MAX_CENTS) {
            return refused("basket-too-dear");
        }
        List<BasketLine> lines = fair(before);
        lines.set(wanted.line(), priced(line, cents, line.weighed() ? wanted.priceCents() : 0, catalogue));
        return priced(lines, catalogue);
    }

    private static BasketLine priced(BasketLine line, long cents, long perKiloCents, Catalogue catalogue) {
        boolean listed = catalogue.find(line.productId()).isPresent();
        return new BasketLine(
                listed ? PRICED + line.productId() : line.productId(),
                line.name(),
                line.family(),
                line.quantity(),
                cents,
                line.vatPermille(),
                line.coveragePercent(),
                line.labels(),
                cents,
                0,
                perKiloCents);
    }

    private static Priced with(Basket before, BasketLine line, Catalogue catalogue) {
        List<BasketLine> lines = fair(before);
        lines.add(line);
        return priced(lines, catalogue);
    }

    private static List<BasketLine> fair(Basket basket) {
        return new ArrayList<>(basket.lines().stream()
                .map(line -> line.atFairPrice(line.quantity()))
                .toList());
    }

    private static Priced priced(List<BasketLine> lines, Catalogue catalogue) {
        if (lines.size() > Split.LINES_MAX) {
            return refused("basket-size", Split.LINES_MAX);
        }
        Basket basket = new Basket(lines);
        return basket.totalCents() > Split.LINE_MAX_CENTS
                ? refused("basket-too-dear")
                : new Priced.Fine(Pricing.covered(basket, catalogue));
    }

    private static boolean amountFits(long cents) {
        return cents >= 1 && cents <= Product.PRICE_MAX_CENTS;
    }

    private static boolean quantityFits(long quantity) {
        return quantity >= 1 && quantity <= BasketLine.QUANTITY_MAX;
    }

    private static Priced refused(String key, Object... args) {
        return new Priced.Refused(Said.of(key, args));
    }
}

package etal.protocol.split;

import etal.protocol.catalogue.Label;
import etal.protocol.catalogue.Product;
import etal.protocol.ledger.FundedLine;
import etal.protocol.money.Rounding;
import java.util.Comparator;
import java.util.List;

/**
 * One line of a basket. Immutable.
 *
 * @param productId as in the catalogue
 * @param name for people
 * @param family of goods
 * @param quantity in units or grams, 1 to {@link #QUANTITY_MAX}
 * @param priceCents what the buyer is asked for the whole line, with VAT, 0 to {@link Split#LINE_MAX_CENTS}
 * @param vatPermille VAT rate, 0 to 1000
 * @param coveragePercent what the product list lets the fund cover, 0 to 100
 * @param labels what the goods bear, sorted, each once
 * @param fairCents what the line costs before any choice of the buyer's and any discount
 * @param discountCents its part of the seller's discount, already taken off the price asked
 * @param perKiloCents the price of a kilogram where the quantity is in grams; 0 where it is in units
 */
public record BasketLine(
        String productId,
        String name,
        String family,
        long quantity,
        long priceCents,
        int vatPermille,
        int coveragePercent,
        List<String> labels,
        long fairCents,
        long discountCents,
        long perKiloCents) {
    /** The largest quantity: a ton in grams. */
    public static final long QUANTITY_MAX = 1_000_000;

    private static final long GRAMS_PER_KILO = 1_000;

    /**
     * The one order in which lines are shared among: by what they are at the fair price, never by when they were rung
     * up. Lines that are equal in all of it can change places unseen.
     */
    public static final Comparator<BasketLine> CANONICAL = Comparator.comparing(BasketLine::productId)
            .thenComparing(BasketLine::family)
            .thenComparing(BasketLine::name)
            .thenComparingLong(BasketLine::quantity)
            .thenComparingLong(BasketLine::fairCents)
            .thenComparingInt(BasketLine::vatPermille)
            .thenComparingInt(BasketLine::coveragePercent)
            .thenComparing(line -> String.join(" ", line.labels()));

    /** @throws IllegalArgumentException if a number is outside its bounds */
    public BasketLine {
        requireWithin(quantity, 1, QUANTITY_MAX, "quantity");
        requireWithin(priceCents, 0, Split.LINE_MAX_CENTS, "price");
        requireWithin(vatPermille, 0, Product.VAT_MAX_PERMILLE, "VAT");
        requireWithin(coveragePercent, 0, 100, "coverage");
        requireWithin(fairCents, 0, Split.LINE_MAX_CENTS, "fair price");
        requireWithin(discountCents, 0, Split.LINE_MAX_CENTS, "discount");
        requireWithin(perKiloCents, 0, Product.PRICE_MAX_CENTS, "price of a kilogram");
        labels = Label.sorted(labels);
    }

    /** A line in units. */
    public BasketLine(
            String productId,
            String name,
            String family,
            long quantity,
            long priceCents,
            int vatPermille,
            int coveragePercent,
            List<String> labels,
            long fairCents,
            long discountCents) {
        this(
                productId,
                name,
                family,
                quantity,
                priceCents,
                vatPermille,
                coveragePercent,
                labels,
                fairCents,
                discountCents,
                0);
    }

    /** A line at the fair price. */
    public BasketLine(
            String productId,
            String name,
            String family,
            long quantity,
            long priceCents,
            int vatPermille,
            int coveragePercent,
            List<String> labels) {
        this(productId, name, family, quantity, priceCents, vatPermille, coveragePercent, labels, priceCents, 0);
    }

    /** A line at the fair price, without labels. */
    public BasketLine(
            String productId,
            String name,
            String family,
            long quantity,
            long priceCents,
            int vatPermille,
            int coveragePercent) {
        this(productId, name, family, quantity, priceCents, vatPermille, coveragePercent, List.of());
    }

    /** So much of a product at its price in the catalogue: units, or grams where it is weighed. */
    public static BasketLine of(Product product, long quantity) {
        requireWithin(quantity, 1, QUANTITY_MAX, "quantity");
        long unitCents = product.unitPriceCents();
        long cents = product.byWeight() ? weighedCents(unitCents, quantity) : Math.multiplyExact(unitCents, quantity);
        return new BasketLine(
                product.id(),
                product.name(),
                product.family(),
                quantity,
                cents,
                product.vatPermille(),
                product.coveragePercent(),
                product.labels(),
                cents,
                0,
                product.byWeight() ? unitCents : 0);
    }

    /** What so many grams cost at a price a kilogram, rounded half to even. */
    public static long weighedCents(long perKiloCents, long grams) {
        return Rounding.shareHalfEven(perKiloCents, List.of(grams), List.of(GRAMS_PER_KILO));
    }

    /** Whether the quantity is in grams. */
    public boolean weighed() {
        return perKiloCents > 0;
    }

    /** So much of the same at the fair price a unit that this line was rung up at, without choice or discount. */
    public BasketLine atFairPrice(long many) {
        long other = weighed() ? weighedCents(perKiloCents, many) : fairCents / quantity * many;
        long cents = many == quantity ? fairCents : other;
        return new BasketLine(
                productId, name, family, many, cents, vatPermille, coveragePercent, labels, cents, 0, perKiloCents);
    }

    /** The same goods at the same prices, covered otherwise. */
    public BasketLine covering(String asFamily, int percent, List<String> bearing) {
        return new BasketLine(
                productId,
                name,
                asFamily,
                quantity,
                priceCents,
                vatPermille,
                percent,
                bearing,
                fairCents,
                discountCents,
                perKiloCents);
    }

    /** This line, asked at that price. */
    BasketLine asked(long askedCents, long lessCents) {
        return new BasketLine(
                productId,
                name,
                family,
                quantity,
                askedCents - lessCents,
                vatPermille,
                coveragePercent,
                labels,
                fairCents,
                lessCents,
                perKiloCents);
    }

    /** Whether the fund may pay for it, by the product list. */
    public boolean conventioned() {
        return coveragePercent > 0;
    }

    /** What the fund gets to see of it: the family, not the name. */
    public FundedLine fundedLine() {
        return new FundedLine(family, quantity, priceCents, vatPermille, coveragePercent, labels);
    }

    private static void requireWithin(long value, long min, long max, String what) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("basket line " + what + ": " + min + " to " + max);
        }
    }
}

package etal.protocol.split;

import etal.protocol.catalogue.Product;
import etal.protocol.ledger.FundedLine;

/**
 * One line of a basket. Immutable.
 *
 * @param productId as in the catalogue
 * @param name for people
 * @param family of goods
 * @param quantity in units or grams, 1 to {@link #QUANTITY_MAX}
 * @param priceCents of the whole line, with VAT, 0 to {@link Split#LINE_MAX_CENTS}
 * @param vatPermille VAT rate, 0 to 1000
 * @param coveragePercent what the product list lets the fund cover, 0 to 100
 */
public record BasketLine(
        String productId,
        String name,
        String family,
        long quantity,
        long priceCents,
        int vatPermille,
        int coveragePercent) {
    /** The largest quantity: a ton in grams. */
    public static final long QUANTITY_MAX = 1_000_000;

    /** @throws IllegalArgumentException if a number is outside its bounds */
    public BasketLine {
        requireWithin(quantity, 1, QUANTITY_MAX, "quantity");
        requireWithin(priceCents, 0, Split.LINE_MAX_CENTS, "price");
        requireWithin(vatPermille, 0, Product.VAT_MAX_PERMILLE, "VAT");
        requireWithin(coveragePercent, 0, 100, "coverage");
    }

    /** So many units of a product at its price in the catalogue. */
    public static BasketLine of(Product product, long quantity) {
        requireWithin(quantity, 1, QUANTITY_MAX, "quantity");
        return new BasketLine(
                product.id(),
                product.name(),
                product.family(),
                quantity,
                Math.multiplyExact(product.unitPriceCents(), quantity),
                product.vatPermille(),
                product.coveragePercent());
    }

    /** Whether the fund may pay for it, by the product list. */
    public boolean conventioned() {
        return coveragePercent > 0;
    }

    /** What the fund gets to see of it: the family, not the name. */
    public FundedLine fundedLine() {
        return new FundedLine(family, quantity, priceCents, vatPermille, coveragePercent);
    }

    private static void requireWithin(long value, long min, long max, String what) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("basket line " + what + ": " + min + " to " + max);
        }
    }
}

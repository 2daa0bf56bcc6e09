package etal.terminal.basket;

import etal.protocol.split.Basket;
import etal.protocol.split.BasketLine;
import java.util.ArrayList;
import java.util.List;

/**
 * A line as the screen wishes it.
 *
 * @param product id of the catalogue
 * @param quantity units, at least 1
 */
public record Wanted(String product, long quantity) {
    /** The lines of a basket with one more of a product, or one less; a line of which nothing is left is gone. */
    public static List<Wanted> again(Basket basket, String product, boolean more) {
        List<Wanted> wanted = new ArrayList<>();
        boolean found = false;
        for (BasketLine line : basket.lines()) {
            boolean same = line.productId().equals(product);
            found |= same;
            long quantity = line.quantity() + (same ? more ? 1 : -1 : 0);
            if (quantity > 0) {
                wanted.add(new Wanted(line.productId(), quantity));
            }
        }
        if (more && !found) {
            wanted.add(new Wanted(product, 1));
        }
        return wanted;
    }
}

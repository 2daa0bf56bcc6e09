package etal.terminal.basket;

import etal.protocol.Said;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.Product;
import etal.protocol.split.Basket;
import etal.protocol.split.BasketLine;
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
            totalCents += product.get().unitPriceCents() * line.quantity();
            if (totalCents > Split.LINE_MAX_CENTS) {
                return new Priced.Refused(Said.of("basket-too-dear"));
            }
            lines.add(BasketLine.of(product.get(), line.quantity()));
        }
        return new Priced.Fine(new Basket(lines));
    }

    /** What came of it. */
    public sealed interface Priced {
        /** As it can be sold. */
        record Fine(Basket basket) implements Priced {}

        /** What is wrong with it. */
        record Refused(Said why) implements Priced {}
    }
}

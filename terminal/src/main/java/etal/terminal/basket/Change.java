package etal.terminal.basket;

/** What a seller does to the goods of a basket. Lines are named by their place, from 0. */
public sealed interface Change {
    /** Whether a basket can begin with it. */
    default boolean begins() {
        return true;
    }

    /**
     * One more of a product sold by the piece, or one less.
     *
     * @param product id of the catalogue
     * @param more one more, or else one less
     */
    record One(String product, boolean more) implements Change {
        @Override
        public boolean begins() {
            return more;
        }
    }

    /** So many grams of a product sold by weight, on a line of their own. */
    record Weighed(String product, long grams) implements Change {}

    /**
     * An amount of a family of goods, without saying which: covered as the least covered of its products.
     *
     * @param name of the family as people read it
     */
    record Free(String family, String name, long amountCents) implements Change {}

    /**
     * An article that the list does not know. Of a family that it knows it is covered as an amount of it; of any other not at
     * all, until the fund has taken it into the list.
     *
     * @param priceCents of one, or of all of it
     * @param vatPermille VAT rate
     */
    record Article(String name, String family, long quantity, long priceCents, int vatPermille) implements Change {}

    /** Another quantity of a line, in units or grams; 0 takes it out. */
    record Quantity(int line, long quantity) implements Change {
        @Override
        public boolean begins() {
            return false;
        }
    }

    /** Another price for a line, a unit or a kilogram. */
    record Price(int line, long priceCents) implements Change {
        @Override
        public boolean begins() {
            return false;
        }
    }
}

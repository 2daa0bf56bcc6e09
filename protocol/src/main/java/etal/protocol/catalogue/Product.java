package etal.protocol.catalogue;

import java.util.List;

/**
 * One line of the product list. Immutable.
 *
 * @param id unique in the list, 1 to 80 characters
 * @param name for people, 1 to 80 characters
 * @param family of goods, 1 to 40 characters
 * @param unitPriceCents with VAT, 1 to {@link #PRICE_MAX_CENTS}
 * @param vatPermille VAT rate, 55 for 5.5 %, 0 to 1000
 * @param coveragePercent how much the fund may cover, 0 to 100
 * @param labels what it bears, sorted, each once, at most {@link Label#LABELS_MAX}
 * @param byWeight whether the unit is a kilogram, so that a stall weighs it; else a piece
 */
public record Product(
        String id,
        String name,
        String family,
        long unitPriceCents,
        int vatPermille,
        int coveragePercent,
        List<String> labels,
        boolean byWeight) {
    /** Longest id and name, in characters. */
    public static final int NAME_LENGTH_MAX = 80;

    /** Longest family, in characters. */
    public static final int FAMILY_LENGTH_MAX = 40;

    /** The highest unit price. */
    public static final long PRICE_MAX_CENTS = 1_000_000;

    /** The highest VAT rate. */
    public static final int VAT_MAX_PERMILLE = 1_000;

    /** @throws IllegalArgumentException if a component is outside its bounds */
    public Product {
        requireText(id, NAME_LENGTH_MAX, "id");
        requireText(name, NAME_LENGTH_MAX, "name");
        requireText(family, FAMILY_LENGTH_MAX, "family");
        requireWithin(unitPriceCents, 1, PRICE_MAX_CENTS, "unit price");
        requireWithin(vatPermille, 0, VAT_MAX_PERMILLE, "VAT");
        requireWithin(coveragePercent, 0, 100, "coverage");
        labels = Label.sorted(labels);
        if (labels.size() > Label.LABELS_MAX || !labels.stream().allMatch(Label::isLabel)) {
            throw new IllegalArgumentException("product labels: at most " + Label.LABELS_MAX + " small words");
        }
    }

    /** A product sold by the piece. */
    public Product(
            String id,
            String name,
            String family,
            long unitPriceCents,
            int vatPermille,
            int coveragePercent,
            List<String> labels) {
        this(id, name, family, unitPriceCents, vatPermille, coveragePercent, labels, false);
    }

    /** A product without labels, sold by the piece. */
    public Product(String id, String name, String family, long unitPriceCents, int vatPermille, int coveragePercent) {
        this(id, name, family, unitPriceCents, vatPermille, coveragePercent, List.of());
    }

    /** Whether a text may be a name here: not blank, no control characters, not too long. */
    public static boolean isText(String text, int lengthMax) {
        return !text.isBlank()
                && text.length() <= lengthMax
                && text.chars().noneMatch(Character::isISOControl)
                && text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
    }

    private static void requireText(String text, int lengthMax, String what) {
        if (!isText(text, lengthMax)) {
            throw new IllegalArgumentException("product " + what + ": 1 to " + lengthMax + " visible characters");
        }
    }

    private static void requireWithin(long value, long min, long max, String what) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("product " + what + ": " + min + " to " + max);
        }
    }
}

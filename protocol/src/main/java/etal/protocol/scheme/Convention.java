package etal.protocol.scheme;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the citizens have agreed the fund pays for, and where. Immutable.
 *
 * <p>Two votes meet here: the scheme gives each family of goods a ceiling, the product list says how much of a
 * product is covered. The lower one holds, so that no product list can let the card pay for what a family excludes.
 *
 * @param pointsOfSale where
 * @param families the ceilings by family, in the file's order
 * @param otherFamiliesPercent the ceiling of every family not named
 */
public record Convention(PointsOfSale pointsOfSale, List<Family> families, int otherFamiliesPercent) {
    /** Takes its own copy of the list. */
    public Convention {
        families = List.copyOf(families);
    }

    /**
     * A family's ceiling.
     *
     * @param family as in the product list, as {@code legumes}
     * @param coveragePercent 0 (never) to 100
     */
    public record Family(String family, int coveragePercent) {}

    /** At which points of sale the card pays. */
    public sealed interface PointsOfSale {
        /** Every one that the fund has enrolled. */
        record Enrolled() implements PointsOfSale {}

        /** Only these. */
        record Listed(SortedSet<Long> ids) implements PointsOfSale {
            /** Takes its own copy of the set. */
            public Listed {
                ids = Collections.unmodifiableSortedSet(new TreeSet<>(ids));
            }
        }

        /** Whether the card pays at this point of sale. */
        default boolean contains(long pointOfSale) {
            return switch (this) {
                case Enrolled enrolled -> true;
                case Listed listed -> listed.ids().contains(pointOfSale);
            };
        }
    }

    /**
     * How much of a product the fund covers.
     *
     * @param family the product's family
     * @param productPercent what the product list says, 0 to 100
     * @return the lower of that and the family's ceiling
     */
    public int coveragePercent(String family, int productPercent) {
        return Math.min(productPercent, ceilingPercent(family));
    }

    private int ceilingPercent(String family) {
        for (Family named : families) {
            if (named.family().equals(family)) {
                return named.coveragePercent();
            }
        }
        return otherFamiliesPercent;
    }
}

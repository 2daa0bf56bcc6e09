package etal.protocol.scheme;

import java.util.List;
import java.util.Optional;

/**
 * What the citizens have agreed the fund pays for, and where. Immutable.
 *
 * <p>Several votes meet here: the product list says how much of a product is covered, the scheme gives each family of
 * goods a ceiling, may ask for labels, and may give points of sale different rates. The lowest one holds, so that no
 * list can let the card pay for what another vote excludes.
 *
 * @param pointsOfSale where, and at which rate
 * @param families the ceilings by family, in the file's order
 * @param otherFamiliesPercent the ceiling of every family not named
 * @param labels what labels a product must bear, if the scheme asks
 */
public record Convention(
        PointsOfSale pointsOfSale, List<Family> families, int otherFamiliesPercent, Optional<Labels> labels) {
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

    /**
     * What labels open; the list of basic products is the label its lines bear.
     *
     * @param rates the highest of those a line bears holds
     * @param withoutPercent for lines that bear none of them
     */
    public record Labels(List<Rate> rates, int withoutPercent) {
        /** Takes its own copy of the list. */
        public Labels {
            rates = List.copyOf(rates);
        }

        /** What a label opens. */
        public record Rate(String label, int coveragePercent) {}

        int percent(List<String> borne) {
            return rates.stream()
                    .filter(rate -> borne.contains(rate.label()))
                    .mapToInt(Rate::coveragePercent)
                    .max()
                    .orElse(withoutPercent);
        }
    }

    /**
     * How much of a line the fund covers somewhere.
     *
     * @param family the product's family
     * @param lineLabels the labels it bears
     * @param productPercent what the product list says, 0 to 100
     * @param pointOfSale where it is sold
     * @return the lowest of all rates
     */
    public int coveragePercent(String family, List<String> lineLabels, int productPercent, long pointOfSale) {
        int goods = Math.min(productPercent, ceilingPercent(family));
        int labelled = labels.map(asked -> asked.percent(lineLabels)).orElse(100);
        return Math.min(Math.min(goods, labelled), pointsOfSale.coveragePercent(pointOfSale));
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

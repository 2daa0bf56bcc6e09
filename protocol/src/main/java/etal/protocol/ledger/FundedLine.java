package etal.protocol.ledger;

import etal.protocol.catalogue.Label;
import java.util.List;

/**
 * A line of a basket that the fund may pay for: a family of goods, never the name of one. Immutable.
 *
 * @param family the family of goods
 * @param quantity in units or grams
 * @param priceCents what the buyer is asked for the line, with VAT, in the unit's smallest part
 * @param vatPermille VAT rate
 * @param coveragePercent what share the fund covers, 1 to 100
 * @param labels what the goods bear, sorted, each once: what a scheme's bonus and label rules are replayed with
 */
public record FundedLine(
        String family, long quantity, long priceCents, int vatPermille, int coveragePercent, List<String> labels) {
    /** Puts the labels in order. */
    public FundedLine {
        labels = Label.sorted(labels);
    }

    /** A line without labels. */
    public FundedLine(String family, long quantity, long priceCents, int vatPermille, int coveragePercent) {
        this(family, quantity, priceCents, vatPermille, coveragePercent, List.of());
    }
}

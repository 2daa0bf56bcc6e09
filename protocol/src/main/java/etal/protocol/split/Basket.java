package etal.protocol.split;

import etal.protocol.ledger.FundedLine;
import java.util.List;

/**
 * What a member buys in one go. Immutable.
 *
 * @param lines as rung up, at most {@link Split#LINES_MAX}
 */
public record Basket(List<BasketLine> lines) {
    /** @throws IllegalArgumentException if there are too many lines */
    public Basket {
        lines = List.copyOf(lines);
        if (lines.size() > Split.LINES_MAX) {
            throw new IllegalArgumentException("more than " + Split.LINES_MAX + " lines");
        }
    }

    /** What all of it costs. */
    public long totalCents() {
        return lines.stream().mapToLong(BasketLine::priceCents).sum();
    }

    /** The full price of the lines that the fund may pay for, wholly or in part. */
    public long conventionedCents() {
        return lines.stream()
                .filter(BasketLine::conventioned)
                .mapToLong(BasketLine::priceCents)
                .sum();
    }

    /** The full price of the other lines. */
    public long otherCents() {
        return totalCents() - conventionedCents();
    }

    /** The lines that the fund may pay for, in the basket's order; no others go into the ledger. */
    public List<FundedLine> fundedLines() {
        return lines.stream()
                .filter(BasketLine::conventioned)
                .map(BasketLine::fundedLine)
                .toList();
    }
}

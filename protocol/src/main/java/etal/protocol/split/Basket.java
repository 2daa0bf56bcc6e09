package etal.protocol.split;

import etal.protocol.ledger.FundedLine;
import java.util.List;
import java.util.Optional;

/**
 * What a member buys in one go, at the prices asked. Immutable.
 *
 * @param lines as rung up, at most {@link Split#LINES_MAX}
 * @param tariff the price chosen, if one was
 */
public record Basket(List<BasketLine> lines, Optional<TariffSide> tariff) {
    /** @throws IllegalArgumentException if there are too many lines */
    public Basket {
        lines = List.copyOf(lines);
        if (lines.size() > Split.LINES_MAX) {
            throw new IllegalArgumentException("more than " + Split.LINES_MAX + " lines");
        }
    }

    /** A basket at the fair price. */
    public Basket(List<BasketLine> lines) {
        this(lines, Optional.empty());
    }

    /** What all of it costs the buyer. */
    public long totalCents() {
        return lines.stream().mapToLong(BasketLine::priceCents).sum();
    }

    /** What all of it costs before any choice of the buyer's and any discount. */
    public long fairCents() {
        return lines.stream().mapToLong(BasketLine::fairCents).sum();
    }

    /** The seller's discount. */
    public long discountCents() {
        return lines.stream().mapToLong(BasketLine::discountCents).sum();
    }

    /** The full price asked for the lines that the fund may pay for, wholly or in part. */
    public long conventionedCents() {
        return lines.stream()
                .filter(BasketLine::conventioned)
                .mapToLong(BasketLine::priceCents)
                .sum();
    }

    /** The full price asked for the other lines. */
    public long otherCents() {
        return totalCents() - conventionedCents();
    }

    /**
     * What the seller earns by a line, and owes VAT on: where the pooled fund bears or gets the difference, the fair
     * price less the discount, whoever pays it; otherwise what the buyer is asked.
     */
    public long turnoverCents(BasketLine line) {
        boolean byFund = tariff.map(TariffSide::fundCents).orElse(0L) != 0;
        return byFund ? line.fairCents() - line.discountCents() : line.priceCents();
    }

    /** What the seller earns by all of it. */
    public long turnoverCents() {
        return lines.stream().mapToLong(this::turnoverCents).sum();
    }

    /** The lines that the fund may pay for, in the basket's order; no others go into the ledger. */
    public List<FundedLine> fundedLines() {
        return lines.stream()
                .filter(BasketLine::conventioned)
                .map(BasketLine::fundedLine)
                .toList();
    }
}

package etal.terminal.receipt;

import etal.protocol.split.Basket;
import etal.protocol.split.BasketLine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Prices with VAT taken apart, one row a rate. Stateless. */
final class VatTable {
    private static final int PERMILLE = 1000;

    private VatTable() {}

    /**
     * One rate's row.
     *
     * @param withCents what the seller earns, whoever pays it
     * @param vatCents the VAT in it, rounded half even on the rate's sum; {@code withCents - vatCents} is the rest
     */
    record Row(int permille, long withCents, long vatCents) {
        long withoutCents() {
            return withCents - vatCents;
        }
    }

    /** The rows, by ascending rate. */
    static List<Row> of(Basket basket) {
        Map<Integer, Long> sums = new TreeMap<>();
        for (BasketLine line : basket.lines()) {
            sums.merge(line.vatPermille(), basket.turnoverCents(line), Math::addExact);
        }
        List<Row> rows = new ArrayList<>();
        sums.forEach((permille, cents) -> rows.add(new Row(permille, cents, vatCents(cents, permille))));
        return rows;
    }

    private static long vatCents(long withCents, int permille) {
        return BigDecimal.valueOf(Math.multiplyExact(withCents, (long) permille))
                .divide(BigDecimal.valueOf(PERMILLE + (long) permille), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }
}

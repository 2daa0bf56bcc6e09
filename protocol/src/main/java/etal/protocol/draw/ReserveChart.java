package etal.protocol.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * A reserve month by month as bars of a terminal's characters. Stateless.
 *
 * <p>A bar is as long as its share of the largest amount shown, rounded down, so that no bar says more than there is; a
 * reserve below zero has a bar of another character. The floor is a stroke through each line.
 */
public final class ReserveChart {
    private static final int WIDTH = 50;
    private static final char ABOVE = '█';
    private static final char BELOW_ZERO = '▒';
    private static final char FLOOR = '┊';

    private ReserveChart() {}

    /**
     * The lines of the chart.
     *
     * @param amount says an amount, as {@code 12,50 €}
     */
    public static List<String> of(Projection projection, LongFunction<String> amount) {
        List<Projection.Month> months = projection.months();
        long floorCents = projection.reserve().floorCents();
        long mostCents = months.stream()
                .mapToLong(month -> Math.abs(month.reserveCents()))
                .reduce(Math.max(1, floorCents), Math::max);
        int amountWidth = months.stream()
                .mapToInt(month -> amount.apply(month.reserveCents()).length())
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        for (Projection.Month month : months) {
            String said = amount.apply(month.reserveCents());
            lines.add(month.month() + "  " + " ".repeat(amountWidth - said.length()) + said + "  "
                    + bar(month.reserveCents(), floorCents, mostCents));
        }
        return lines;
    }

    private static String bar(long cents, long floorCents, long mostCents) {
        int length = cells(Math.abs(cents), mostCents);
        int floorAt = cells(floorCents, mostCents);
        StringBuilder bar = new StringBuilder();
        for (int at = 0; at <= Math.max(length - 1, floorAt); at++) {
            boolean filled = at < length;
            bar.append(at == floorAt ? FLOOR : !filled ? ' ' : cents < 0 ? BELOW_ZERO : ABOVE);
        }
        return bar.toString();
    }

    private static int cells(long cents, long mostCents) {
        return (int) (cents * WIDTH / mostCents);
    }
}

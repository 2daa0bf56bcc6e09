package etal.terminal.screen.day;

import java.util.List;

/**
 * A day as it stands, and the closings there are. All texts are in the reader's language. Immutable.
 *
 * @param word what came of the last touch; empty for nothing
 * @param rows of the day that is open
 * @param vat of the same day, by rate
 * @param last sales, newest first
 * @param past closings, newest first
 * @param stick whether entries are carried to the hub on a stick
 */
public record DayView(String word, List<Row> rows, List<Row> vat, List<Sold> last, List<Past> past, boolean stick) {
    /** One figure. */
    public record Row(String label, String value, boolean strong) {}

    /**
     * One sale.
     *
     * @param key of its basket
     * @param state empty, or that it was cancelled
     */
    public record Sold(String key, String label, String amount, String card, String state) {}

    /** One closing. */
    public record Past(
            long entry, String term, String name, String sales, String card, String sold, String perpetual) {}
}

package etal.fleet.auditor.granted;

/**
 * What the fund grants a card each month, as it was voted: plain numbers. Immutable.
 *
 * @param keepCents what may stay of the month before
 * @param catchUpMonths how many skipped months come along
 */
public record Grant(
        long amountCents, long earnableCents, long keepCents, int firstPeriod, int lastPeriod, int catchUpMonths) {
    /** How many months a card of month {@code loadedBefore} (0: none) is owed at {@code period}. */
    public int monthsOwed(int loadedBefore, int period) {
        int months = 0;
        for (int month = period; month > loadedBefore && month >= firstPeriod && months <= catchUpMonths; month--) {
            months++;
        }
        return period > lastPeriod ? 0 : months;
    }
}

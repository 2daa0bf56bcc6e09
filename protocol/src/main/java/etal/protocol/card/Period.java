package etal.protocol.card;

import java.time.LocalDate;
import java.time.YearMonth;

/** The months of a fund, counted in 16 bits as the card counts them: January 2020 is 0, April 2025 is 63. */
public final class Period {
    /** The last month a card can name. */
    public static final int MAX = 0xFFFF;

    private static final int FIRST_YEAR = 2020;

    private Period() {}

    /**
     * The period of a month.
     *
     * @throws IllegalArgumentException before 2020, beyond {@link #MAX}, or if the month is not 1 to 12
     */
    public static int of(int year, int month) {
        long period = (year - (long) FIRST_YEAR) * 12 + (month - 1);
        if (month < 1 || month > 12 || period < 0 || period > MAX) {
            throw new IllegalArgumentException("no period for " + year + "-" + month);
        }
        return (int) period;
    }

    /** The period of a day's month; see {@link #of(int, int)}. */
    public static int of(LocalDate day) {
        return of(day.getYear(), day.getMonthValue());
    }

    /**
     * The month of a period.
     *
     * @throws IllegalArgumentException if it is not 0 to {@link #MAX}
     */
    public static YearMonth yearMonth(int period) {
        if (period < 0 || period > MAX) {
            throw new IllegalArgumentException("no such period: " + period);
        }
        return YearMonth.of(FIRST_YEAR + period / 12, period % 12 + 1);
    }
}
